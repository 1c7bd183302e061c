import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { MachineState } from '../../model/machine.ts';
import type { MachineTrust, TrustDocument } from '../../model/trust.ts';
import { readAllStates } from '../../state/store.ts';
import { printable } from '../../ui/printable.ts';
import { composePorts } from '../compose.ts';
import type { Selection } from '../selection.ts';
import { tableText } from '../table.ts';
import { findMachineOf, findMachinesOf } from '../target.ts';

export type TrustOptions = Selection & {
  readonly json?: boolean;
  /** Ids to revoke. */
  readonly revoke?: readonly string[];
};

type Broken = TrustDocument['broken'][number];

const asBroken = (id: string, error: AgentvmError): Broken => ({
  id,
  message: error.message,
  hint: error.hint ?? '',
});

const trustOfAll = async (context: Context, states: readonly MachineState[]) => {
  const { trustOf } = await import('../../engine/trust.ts');
  const machines: MachineTrust[] = [];
  const broken: Broken[] = [];
  for (const state of states) {
    try {
      machines.push(await trustOf(context, state));
    } catch (error) {
      if (!(error instanceof AgentvmError)) throw error;
      broken.push(asBroken(state.id, error));
    }
  }
  return { machines, broken };
};

const textOf = async (machines: readonly MachineTrust[]): Promise<string> => {
  const rows = machines.flatMap(({ name, grants }) =>
    grants.map(({ id, text, at, word, fields }) => [
      name,
      printable(id),
      printable(text),
      `${at.slice(0, 16).replace('T', ' ')} by ${word}`,
      fields.length === 0 ? 'not in use' : printable(fields.join(' ')),
    ]),
  );
  return rows.length === 0
    ? 'Nothing of this host is granted to any machine.\n'
    : tableText(['MACHINE', 'GRANT', 'WHAT', 'SINCE (UTC)', 'USED BY'], rows);
};

const show = async (context: Context, document: TrustDocument, json: boolean): Promise<number> => {
  if (json) {
    context.io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    return ExitCode.done;
  }
  context.io.stdout(await textOf(document.machines));
  for (const { message, hint } of document.broken) context.io.stderr(`agentvm: ${message}\n  → ${hint}\n`);
  return ExitCode.done;
};

/** Takes grants of the project's machine back, and from the machine what it had by them. */
const revoke = async (context: Context, ids: readonly string[], options: TrustOptions): Promise<number> => {
  const { revokeGrants } = await import('../../engine/revoke.ts');
  const { state: found } = await findMachineOf(context, options);
  const revoked = await revokeGrants(context, composePorts(), found, ids, 'agentvm trust');
  for (const note of revoked.notes) context.io.stderr(`${printable(note)}\n`);
  if (options.json) {
    const trust = await trustOfAll(context, [revoked.state]);
    return show(context, { kind: 'trust', version: 1, ...trust }, true);
  }
  const taken =
    revoked.fields.length === 0 ? '' : `, and took from it ${printable(revoked.fields.join(', '))}`;
  context.io.stdout(
    revoked.ids.length === 0
      ? `Nothing was granted to '${found.name}'.\n`
      : `Revoked ${printable(revoked.ids.join(', '))} of '${found.name}'${taken}.\n`,
  );
  if (revoked.fields.length > 0) {
    context.io.stderr(`While ${found.manifestPath} asks for it, each apply asks you again.\n`);
  }
  return ExitCode.done;
};

/** Shows what of this host was granted to which machine, or takes it back. */
export const trust = async (context: Context, options: TrustOptions): Promise<number> => {
  if (options.revoke !== undefined) return revoke(context, options.revoke, options);
  if (options.file !== undefined || options.machine !== undefined) {
    const chosen = await trustOfAll(context, await findMachinesOf(context, options));
    return show(context, { kind: 'trust', version: 1, ...chosen }, options.json ?? false);
  }
  const stored = await readAllStates(context.paths);
  const found = await trustOfAll(context, stored.machines);
  const unreadable = stored.broken.map(({ id, error }) => asBroken(id, error));
  return show(
    context,
    { kind: 'trust', version: 1, machines: found.machines, broken: [...unreadable, ...found.broken] },
    options.json ?? false,
  );
};
