import type { SecretSpec } from '../../model/network.ts';

/** Whether a name is one that a pattern means: itself, or below `*.`. Both in lower case. */
const matches = (pattern: string, name: string): boolean =>
  pattern.startsWith('*.')
    ? name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1
    : pattern === name;

/** Whether requests to a host may carry a secret. */
export const isForHost = (secret: SecretSpec, host: string): boolean =>
  secret.hosts.some((pattern) => matches(pattern, host));
