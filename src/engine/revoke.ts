import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { FieldId } from '../model/fields.ts';
import type { ApprovedGrant, Grant } from '../model/grant.ts';
import type { AppliedField, MachineState } from '../model/machine.ts';
import { isLasting, missingGrants, neededGrants, withoutGrants } from '../policy/grants.ts';
import { writeGrants } from '../state/grants.ts';
import { writeState } from '../state/store.ts';
import { ensureGrants, placesOf } from './grants.ts';
import { withMachine } from './lifecycle.ts';
import { mountShareId } from './machine-spec.ts';
import { applyPatch } from './patch.ts';
import type { Ports } from './ports.ts';
import { type Session, stepRun } from './session.ts';

/** Revokes everything, also what cannot be read. */
export const ALL_GRANTS = 'all';

export type Revoked = {
  readonly state: MachineState;
  /** Ids of the grants that are gone. */
  readonly ids: readonly string[];
  /** Fields that were taken from the machine with them. */
  readonly fields: readonly FieldId[];
  /** What a person should know, for example that the guest did not free a place. */
  readonly notes: readonly string[];
};

const unknownError = (
  state: MachineState,
  unknown: readonly string[],
  known: readonly string[],
): AgentvmError =>
  new AgentvmError({
    code: 'GRANT_UNKNOWN',
    exitCode: ExitCode.usage,
    message: `'${state.name}' has no grant ${unknown.map((id) => `'${id}'`).join(', ')}`,
    hint: known.length === 0 ? 'Nothing of this host is granted to it.' : `It has: ${known.join(', ')}`,
  });

/** Applied fields that no grant covers, with the ids of what they need. */
const uncovered = async (state: MachineState, approved: readonly ApprovedGrant[]) => {
  const applied = Object.values(state.fields).filter((field) => !isLasting(field));
  const places = await placesOf(state.project.realPath, applied);
  return missingGrants(neededGrants(applied, places), approved);
};

/** Frees the places of mounts in the guest. It may refuse, or not answer: on the host they are gone already. */
const freePlaces = async (
  session: Session,
  state: MachineState,
  gone: readonly AppliedField[],
): Promise<readonly string[]> => {
  const { guest } = await stepRun(session, state, { kind: 'protect.set' }, {}, undefined);
  const notes: string[] = [];
  for (const { key = '' } of gone.filter(({ path }) => path === 'mounts[]')) {
    await guest
      .unmountShare({ id: mountShareId(key), guestPath: key, mode: 'ro' })
      .catch((error: unknown) => {
        if (!(error instanceof AgentvmError)) throw error;
        notes.push(`The guest did not free ${key}; nothing of the host stands there any more.`);
      });
  }
  return notes;
};

const OPEN_UNTIL_RESTART =
  'The guest keeps the open network that it was started with; to end that now: agentvm restart';

/** What a machine has without some grants: fields without what they opened, null for those that are gone. */
const withoutOpened = (
  state: MachineState,
  gone: readonly Grant[],
): Readonly<Record<FieldId, AppliedField | null>> =>
  Object.fromEntries(
    [...new Set(gone.flatMap((grant) => grant.fields))].map((id) => {
      const field = state.fields[id];
      const own = gone.filter((grant) => grant.fields.includes(id));
      const value = field === undefined ? undefined : withoutGrants(field, own);
      return [id, field === undefined || value === undefined ? null : { ...field, value }];
    }),
  );

/** Takes from a machine what grants had opened: at once where it runs, and from what its next start reads. */
const takeAway = async (
  session: Session,
  state: MachineState,
  grants: readonly Grant[],
): Promise<Pick<Revoked, 'state' | 'notes'>> => {
  const { context } = session;
  const patch = withoutOpened(state, grants);
  const ids = Object.keys(patch).filter((id) => patch[id] === null);
  const fields = applyPatch(state.fields, patch);
  if (state.driverState === null) {
    return { state: await writeState(context.paths, { ...state, fields }), notes: [] };
  }
  const run = await stepRun(session, state, { kind: 'protect.set' }, patch, undefined);
  const { power } = await run.driver.inspect(context, run.ref, { refresh: true });
  const isUp = power === 'running' || power === 'paused';
  const driverState = isUp
    ? await run.driver.updateLive(context, run.ref, await run.spec())
    : state.driverState;
  const next = await writeState(context.paths, { ...state, fields, driverState });
  const gone = ids.flatMap((id) => state.fields[id] ?? []);
  const wasOpen =
    isUp && state.fields['network.egress']?.value === 'open' && patch['network.egress'] !== undefined;
  const notes = wasOpen ? [OPEN_UNTIL_RESTART] : [];
  return {
    state: next,
    notes: [...notes, ...(power === 'running' ? await freePlaces(session, next, gone) : [])],
  };
};

/**
 * Takes back what was granted to a machine, and from the machine what it had by it: first the word, then the export or
 * the listener on the host, then the place in the guest, whose help is not needed. May be run again after it was cut off.
 * @throws AgentvmError GRANT_UNKNOWN (exit 3) naming the known, LOCKED (exit 5).
 */
export const revokeGrants = (
  context: Context,
  ports: Ports,
  machine: Pick<MachineState, 'id' | 'name'>,
  ids: readonly string[],
  command: string,
): Promise<Revoked> =>
  withMachine(context, ports, machine, command, async (session, state) => {
    const isAll = ids.includes(ALL_GRANTS);
    const before = await ensureGrants(context, state).catch((error: unknown) => {
      if (!isAll || !(error instanceof AgentvmError)) throw error;
      return [];
    });
    const known = [...before, ...(await uncovered(state, before))].map(({ id }) => id);
    const unknown = isAll ? [] : ids.filter((id) => !known.includes(id));
    if (unknown.length > 0) throw unknownError(state, unknown, known);
    const revoked = isAll ? known : ids;
    const left = before.filter(({ id }) => !revoked.includes(id));
    await writeGrants(context.paths, state.id, left);
    const gone = await uncovered(state, left);
    const fields = [...new Set(gone.flatMap((grant) => grant.fields))];
    if (fields.length === 0) return { state, ids: revoked, fields, notes: [] };
    return { ...(await takeAway(session, state, gone)), ids: revoked, fields };
  });
