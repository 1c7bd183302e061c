import { join } from 'node:path';
import { isPatternFault, parseHostPattern } from '../lib/host-pattern.ts';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineId } from '../model/machine.ts';
import type { TemporaryRule } from '../model/network.ts';

/** `network-rules.json` beside `machine.json`: what its guest may reach for a while. */
type NetworkRules = { readonly format: 1; readonly rules: readonly TemporaryRule[] };

const FORMAT = 1;

const rulesPath = (paths: Paths, id: MachineId): string => join(machineDir(paths, id), 'network-rules.json');

const isRule = (value: unknown): value is TemporaryRule => {
  const { entry, until } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof entry === 'string' &&
    !isPatternFault(parseHostPattern(entry)) &&
    typeof until === 'string' &&
    !Number.isNaN(Date.parse(until))
  );
};

const isRules = (value: unknown): value is NetworkRules => {
  const { format, rules } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return format === FORMAT && Array.isArray(rules) && rules.every(isRule);
};

/**
 * The rules that hold now beside the manifest's, the next to end first.
 * @throws AgentvmError NETWORK_RULES_CORRUPT (exit 8).
 */
export const readNetworkRules = async (
  paths: Paths,
  id: MachineId,
  now: Date,
): Promise<readonly TemporaryRule[]> => {
  const path = rulesPath(paths, id);
  const document = await readJsonFile<unknown>(path).catch((error: unknown) => {
    if (error instanceof SyntaxError) return null;
    throw error;
  });
  if (document === undefined) return [];
  if (!isRules(document)) {
    throw new AgentvmError({
      code: 'NETWORK_RULES_CORRUPT',
      exitCode: ExitCode.stalled,
      message: `${path} does not hold rules of a network`,
      hint: `Delete it (rm ${path}); what was allowed for a while is refused then.`,
    });
  }
  return document.rules
    .filter(({ until }) => Date.parse(until) > now.getTime())
    .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
};

/** Replaces them. The caller holds the machine's lock. */
export const writeNetworkRules = (
  paths: Paths,
  id: MachineId,
  rules: readonly TemporaryRule[],
): Promise<void> => {
  const document: NetworkRules = { format: FORMAT, rules };
  return writeJsonFile(rulesPath(paths, id), document);
};
