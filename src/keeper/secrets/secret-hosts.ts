import { isPatternFault, namesHost, parseHostPattern } from '../../lib/host-pattern.ts';
import type { SecretSpec } from '../../model/network.ts';

/** Whether requests to a host, a name in its canonical form, may carry a secret. */
export const isForHost = (secret: SecretSpec, host: string): boolean =>
  secret.hosts.some((text) => {
    const pattern = parseHostPattern(text);
    return !isPatternFault(pattern) && namesHost(pattern, host);
  });
