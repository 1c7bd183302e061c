import { hostPatternText, isPatternFault, parseHostPattern } from '../lib/host-pattern.ts';
import type { SecretValue } from '../model/field-values.ts';
import type { AppliedFields } from '../model/machine.ts';
import type { EgressSpec } from '../model/network.ts';
import { coversReach, denies } from '../policy/egress/reach.ts';
import { fieldsOfPath, present } from './machine-spec.ts';
import { egressOf } from './network-spec.ts';

const withoutPort = (entry: string): string => {
  const pattern = parseHostPattern(entry);
  return isPatternFault(pattern) ? entry : hostPatternText({ host: pattern.host });
};

/** Whether a host, or one of those below `*.`, can be reached at any port. */
const isReached = ({ mode, allow, deny }: EgressSpec, host: string): boolean => {
  if (deny.some((entry) => denies(entry, host))) return false;
  if (mode !== 'allow') return mode !== 'none';
  return allow.map(withoutPort).some((entry) => coversReach(entry, host) || coversReach(host, entry));
};

/**
 * What keeps secrets from being of use, as far as it can be told without reading one: hosts that the rules do not let
 * through, and variables that are not set where a machine is about to be started.
 * @param env the environment of a command that starts the machine; undefined where it runs already.
 */
export const secretNotes = (
  fields: AppliedFields,
  env: Readonly<Record<string, string | undefined>> | undefined,
): readonly string[] => {
  const egress = egressOf(fields);
  return fieldsOfPath(present(fields), 'secrets[]').flatMap(({ key, value }) => {
    const { hosts, source } = value as unknown as SecretValue;
    const lost = hosts.filter((host) => !isReached(egress, host));
    return [
      ...(lost.length === 0
        ? []
        : [`${key} goes to ${lost.join(', ')}, which network.egress does not let the guest reach.`]),
      ...(env === undefined || source.from !== 'env' || env[source.variable]
        ? []
        : [
            `${key} comes from the variable ${source.variable}, which is not set here: until a command of the machine runs where it is, requests that carry it are refused.`,
          ]),
    ];
  });
};
