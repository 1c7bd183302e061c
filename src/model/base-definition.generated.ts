/* Generated from schemas/base.v1.json by `npm run generate`; change the schema instead. */

/**
 * What every machine has, besides the files in manifests/base/rootfs.
 */
export interface BaseDefinition {
  apiVersion: 'agentvm/base/v1';
  /**
   * Packages of the distribution.
   */
  packages: string[];
  /**
   * Range of Node's versions, resolved when a layer is built.
   */
  node: string;
  /**
   * Range of npm's versions, resolved when a layer is built.
   */
  npm: string;
  /**
   * Patterns of paths that are not unpacked from packages (dpkg's path-exclude).
   */
  exclude: string[];
  /**
   * Patterns of excluded paths that are unpacked all the same (dpkg's path-include).
   */
  include: string[];
}
