import { networkOf } from '../../engine/network-spec.ts';
import type { Context } from '../../lib/context.ts';
import {
  type HostPattern,
  hostPatternText,
  isPatternFault,
  parseHostPattern,
} from '../../lib/host-pattern.ts';
import { addEntries } from '../../manifest/add-entries.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { EgressList } from '../../model/field-values.ts';
import type { Json } from '../../model/json.ts';
import type { Desired, MachineState } from '../../model/machine.ts';
import { denies, furtherReach } from '../../policy/egress/reach.ts';
import { digestKey } from '../../state/digest-key.ts';
import { printable } from '../../ui/printable.ts';
import { composePorts } from '../compose.ts';
import { durationMs } from '../duration.ts';
import { loadManifest } from '../manifest.ts';
import { editManifest, isEditAccepted, writeEdit } from '../manifest-edit.ts';
import type { Selection } from '../selection.ts';
import { findMachineOf } from '../target.ts';

export type NetworkAllowOptions = Selection & {
  readonly host: string;
  /** For how long; into the manifest where absent. */
  readonly for?: string;
  readonly write?: boolean;
};

/** Nobody remembers a hole for longer. */
const LONGEST_MS = 30 * 24 * 60 * 60 * 1000;

const MS_PER_SECOND = 1000;

/** @throws AgentvmError HOST_INVALID (exit 3). */
const parseEntry = (text: string): HostPattern => {
  const pattern = parseHostPattern(text);
  if (!isPatternFault(pattern)) return pattern;
  throw new AgentvmError({
    code: 'HOST_INVALID',
    exitCode: ExitCode.usage,
    message: `'${printable(text)}' ${pattern.why}`,
    hint: pattern.hint,
  });
};

const openError = (name: string): AgentvmError =>
  new AgentvmError({
    code: 'NETWORK_OPEN',
    exitCode: ExitCode.usage,
    message: `'${name}' reaches whatever this host reaches: its network.egress is open`,
    hint: 'Write network.egress: public, or a list, to hold it.',
  });

/** @throws AgentvmError NETWORK_DENIED (exit 3) where a deny stands in the way, which no allow lifts. */
const refuseDenied = (denied: readonly string[], entry: string): void => {
  const deny = denied.find((one) => denies(one, entry));
  if (deny === undefined) return;
  throw new AgentvmError({
    code: 'NETWORK_DENIED',
    exitCode: ExitCode.usage,
    message: `network.egress.deny names ${deny}, which goes before what is allowed`,
    hint: 'Take it out of the manifest, then run agentvm apply.',
  });
};

const allowForTime = async (
  context: Context,
  state: MachineState,
  entry: string,
  time: string,
): Promise<number> => {
  const lastsMs = await durationMs(time);
  if (lastsMs > LONGEST_MS) {
    throw new AgentvmError({
      code: 'DURATION_INVALID',
      exitCode: ExitCode.usage,
      message: `'${time}' is longer than 30 days`,
      hint: 'Without --for it is written into the manifest.',
    });
  }
  const { egress } = networkOf({ ...state, digestKey: await digestKey(context.paths) });
  if (egress.mode === 'open') throw openError(state.name);
  refuseDenied(egress.deny, entry);
  const endMs = context.clock.now().getTime() + lastsMs;
  const until = new Date(Math.ceil(endMs / MS_PER_SECOND) * MS_PER_SECOND).toISOString();
  const { allowForAWhile } = await import('../../engine/temporary-rules.ts');
  await allowForAWhile(context, composePorts(), state, { entry, until }, 'agentvm network allow');
  context.io.stdout(`'${state.name}' reaches ${entry} until ${until}.\n`);
  return ExitCode.done;
};

/** What stands in the manifest, where it is one of its lists. */
const listOf = (value: Json | undefined): EgressList | undefined =>
  value !== null && typeof value === 'object' ? (value as unknown as EgressList) : undefined;

const publicError = (desired: Desired, { ports }: HostPattern, entry: string): AgentvmError => {
  const port = ports?.[0] === ports?.[1] ? ports?.[0] : undefined;
  const byPort =
    port === undefined ? '' : `add ${port} to network.ports for that port of every public host; or `;
  return new AgentvmError({
    code: 'NETWORK_PUBLIC',
    exitCode: ExitCode.usage,
    message: `'${desired.name}' reaches every public host, to which no entry can be added`,
    hint: `For a while: agentvm network allow ${entry} --for 1h. For good: ${byPort}write network.egress as a list of all that it needs.`,
  });
};

const allowInManifest = async (
  context: Context,
  pattern: HostPattern,
  entry: string,
  options: NetworkAllowOptions,
): Promise<number> => {
  const desired = await loadManifest(context, options);
  const value = desired.fields.get('network.egress')?.value;
  const done = (text: string): number => {
    context.io.stdout(text);
    return ExitCode.done;
  };
  if (value === 'open') throw openError(desired.name);
  if (value === 'public') {
    const further = furtherReach({ allow: [entry], deny: [] });
    if (further.length === 0)
      return done(`The manifest allows ${entry} already: network.egress is public.\n`);
    throw publicError(desired, pattern, entry);
  }
  const list = listOf(value);
  refuseDenied(list?.deny ?? [], entry);
  if (list?.allow.includes(entry)) return done(`The manifest allows ${entry} already.\n`);
  const edit = editManifest(
    desired.manifestPath,
    (text) => addEntries(text, desired.name, ['network', 'egress', 'allow'], [entry]),
    `Add to network.egress.allow yourself: ${entry}`,
  );
  context.io.stdout(printable(edit.diff));
  if (!(await isEditAccepted(context, edit, options))) {
    return done(`Nothing was written.\nRun: agentvm network allow ${entry} --write\n`);
  }
  await writeEdit(edit);
  return done(`Written to ${edit.path}.\nRun: agentvm apply\n`);
};

/** Lets the guest reach a host: for a while at once, or for good by a line of the manifest, shown as a diff to accept. */
export const networkAllow = async (context: Context, options: NetworkAllowOptions): Promise<number> => {
  const pattern = parseEntry(options.host);
  const entry = hostPatternText(pattern);
  if (options.for === undefined) return allowInManifest(context, pattern, entry, options);
  const { state } = await findMachineOf(context, options);
  return allowForTime(context, state, entry, options.for);
};
