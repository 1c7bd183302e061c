/* Generated from schemas/grants.v1.json by `npm run generate`; change the schema instead. */

export type GrantScope =
  | {
      kind?: 'folder';
      /**
       * A real path of the host.
       */
      path: string;
      mode: 'ro' | 'rw';
    }
  | {
      kind?: 'port';
      address: string;
      port: number | 'auto';
    }
  | {
      kind?: 'image';
      /**
       * A real path of the host.
       */
      path: string;
    }
  | {
      kind?: 'value';
      field: string;
      value: unknown;
    };
/**
 * How a person gave the word; earlier-apply is what a machine had before grants were kept.
 */
export type Word = 'prompt' | '--grant' | 'earlier-apply';

/**
 * grants.json beside a machine's machine.json: what of the host a person has opened to the machine.
 */
export interface GrantsDocument {
  format: 1;
  /**
   * The machine's UUID.
   */
  machine: string;
  grants: Approved[];
}
export interface Approved {
  /**
   * Names what is opened, for example mounts[/srv/data], mounts[/srv/data:rw] or ports[0.0.0.0:8080:80].
   */
  id: string;
  text: string;
  scope: GrantScope;
  /**
   * When it was granted, in UTC.
   */
  at: string;
  word: Word;
}
