import { resolve } from 'node:path';
import { appliedFrom } from '../engine/patch.ts';
import { type Prepared, prepare } from '../engine/prepare.ts';
import type { Context } from '../lib/context.ts';
import { RELEASE } from '../lib/release.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { AppliedFields, Desired } from '../model/machine.ts';
import type { Plan, Strategy } from '../model/plan.ts';
import type { SavedFields, SavedMachine, SavedPlan } from '../model/saved-plan.ts';
import { planDigest, requiredApproval, YES_ALLOWS } from '../reconcile/approval.ts';
import { stalenessOf } from '../reconcile/staleness.ts';
import { isAtMost } from '../reconcile/strategies.ts';
import { digestKey } from '../state/digest-key.ts';
import { readSavedPlan, writeSavedPlan } from '../state/saved-plan.ts';
import { type ApprovalOptions, canAsk } from './approval.ts';
import { composePorts } from './compose.ts';
import { loadManifests } from './manifest.ts';

/** A saved plan with what the manifests say now. */
export type OpenPlan = Pick<SavedPlan, 'allow'> & { readonly machines: readonly OpenMachine[] };
export type OpenMachine = {
  readonly name: string;
  readonly saved: SavedMachine;
  readonly desired: Desired;
};

const savedFields = (fields: AppliedFields): SavedFields =>
  Object.fromEntries(
    Object.entries(fields).map(([id, { path, key, value, resolved }]) => [
      id,
      {
        path,
        ...(key === undefined ? {} : { key }),
        value,
        ...(resolved === undefined ? {} : { resolved }),
      },
    ]),
  );

const toSaved = ({ plan, state }: Prepared, desired: Desired): SavedMachine => ({
  machine: state === null ? null : { id: state.id, lineage: state.lineage, serial: state.serial },
  digest: planDigest(plan),
  project: desired.project,
  desired: savedFields(appliedFrom(desired.fields)),
  applied: state === null ? {} : savedFields(state.fields),
  plan,
});

/**
 * Saves plans in a file of which `agentvm apply FILE` carries out exactly these.
 * @throws AgentvmError FILE_IN_THE_WAY, FOLDER_MISSING (exit 3).
 */
export const savePlan = async (
  context: Context,
  file: string,
  machines: readonly { readonly desired: Desired; readonly prepared: Prepared }[],
  allow: Strategy = YES_ALLOWS,
): Promise<void> => {
  const plan: SavedPlan = {
    kind: 'saved-plan',
    version: 1,
    release: RELEASE,
    savedAt: context.clock.now().toISOString(),
    allow,
    machines: machines.map(({ desired, prepared }) => toSaved(prepared, desired)),
  };
  await writeSavedPlan(resolve(context.cwd, file), plan, await digestKey(context.paths));
};

const stale = (file: string, name: string, details: readonly string[]): AgentvmError =>
  new AgentvmError({
    code: 'SAVED_PLAN_STALE',
    exitCode: ExitCode.stalePlan,
    message: `what ${file} plans for '${name}' no longer holds, and nothing was done`,
    details,
    hint: `Plan again, and look at it: agentvm plan --out ${file}`,
  });

/** What has changed since a plan was saved, in the light of how the machine is now. */
const changesSince = async (
  context: Context,
  { saved, desired }: OpenMachine,
  prepared?: Prepared,
): Promise<readonly string[]> => {
  const { state, plan } = prepared ?? (await prepare(context, composePorts(), desired, { deep: true }));
  const now = { desired: savedFields(appliedFrom(desired.fields)), revision: desired.revision, state, plan };
  return stalenessOf(saved, now, context.paths.home);
};

/** Why a saved plan was not carried out although it held when it was looked at. */
export const staleError = async (
  context: Context,
  file: string,
  machine: OpenMachine,
  plan: Plan,
): Promise<AgentvmError> => {
  const { state } = await prepare(context, composePorts(), machine.desired, { deep: false });
  const now = {
    desired: savedFields(appliedFrom(machine.desired.fields)),
    revision: machine.desired.revision,
  };
  return stale(file, machine.name, stalenessOf(machine.saved, { ...now, state, plan }, context.paths.home));
};

const declaredNow = async (context: Context, file: string, saved: SavedMachine): Promise<Desired> => {
  const { machine, manifest } = saved.plan;
  try {
    const { desired } = await loadManifests(context, { file: manifest.path, machine: machine.name });
    return desired[0];
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    if (error.code === 'MACHINE_UNKNOWN') {
      throw stale(file, machine.name, [`${manifest.path} no longer declares a machine of this name.`]);
    }
    if (error.code !== 'MANIFEST_INVALID') throw error;
    throw stale(file, machine.name, ['The manifest can no longer be taken:', ...error.details]);
  }
};

/**
 * Reads a saved plan and holds it against how things are: all of it can be carried out, or none of it is.
 * @throws AgentvmError NOT_A_SAVED_PLAN (exit 3), SAVED_PLAN_STALE, SAVED_PLAN_ALTERED (exit 6).
 */
export const openSavedPlan = async (context: Context, file: string): Promise<OpenPlan> => {
  const { allow, machines } = await readSavedPlan(resolve(context.cwd, file), await digestKey(context.paths));
  const open: OpenMachine[] = [];
  for (const saved of machines) {
    const { name } = saved.plan.machine;
    const machine = { name, saved, desired: await declaredNow(context, file, saved) };
    const changes = await changesSince(context, machine);
    if (changes.length > 0) throw stale(file, name, changes);
    open.push(machine);
  }
  return { allow, machines: open };
};

/**
 * A saved plan was looked at and is its own approval, up to a restart. What loses the root disk is allowed by name,
 * when it is saved or when it is applied, or by typing the machine's name.
 */
export const approvalOf = (
  context: Context,
  { allow }: Pick<OpenPlan, 'allow'>,
  { saved }: OpenMachine,
  options: ApprovalOptions,
): ApprovalOptions => {
  if (options.allow !== undefined) return { allow: options.allow };
  const needs = requiredApproval(saved.plan);
  const isCovered = needs === 'none' || isAtMost(needs, allow);
  return !isCovered && canAsk(context) ? {} : { allow };
};
