import { prepare } from '../../engine/prepare.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Desired, MachineState } from '../../model/machine.ts';
import type { Pin, UpgradeDocument, Upgrades } from '../../model/upgrade.ts';
import { requiredApproval, YES_ALLOWS } from '../../reconcile/approval.ts';
import { isAtMost } from '../../reconcile/strategies.ts';
import { printable } from '../../ui/printable.ts';
import type { ApprovalOptions } from '../approval.ts';
import { composePorts } from '../compose.ts';
import { loadManifest } from '../manifest.ts';
import type { Selection } from '../selection.ts';
import { applyDesired, declinedText } from './apply.ts';

export type UpgradeOptions = Selection &
  ApprovalOptions & {
    readonly json?: boolean;
    readonly dryRun?: boolean;
    /** Pins to move: `claude`, `image`, or a field such as `resources.memory`; all where empty. */
    readonly names: readonly string[];
  };

/** The names by which a person means a pin. */
const namesOf = ({ field, path, kind }: Pin): readonly string[] => [
  field,
  ...(path === 'base.image' ? ['image'] : []),
  ...(kind === 'version' ? [field.slice('agents['.length, field.indexOf(']'))] : []),
];

const machineMissing = (name: string): AgentvmError =>
  new AgentvmError({
    code: 'NO_MACHINE',
    exitCode: ExitCode.usage,
    message: `Nothing is pinned for '${name}', since there is no machine of it`,
    hint: 'Make it with `agentvm apply`; it gets the newest of everything.',
  });

const stateOf = async (context: Context, desired: Desired): Promise<MachineState> => {
  const { findMachine } = await import('../../state/inventory.ts');
  const match = await findMachine(context.paths, desired.project, desired.name);
  if (match.kind === 'none' || match.state.phase !== 'ready') throw machineMissing(desired.name);
  return match.state;
};

/** @throws AgentvmError PIN_UNKNOWN (exit 3) for a name that no pin has. */
const chosenPins = (pins: readonly Pin[], names: readonly string[]): readonly Pin[] => {
  const unknown = names.filter((name) => !pins.some((pin) => namesOf(pin).includes(name)));
  if (unknown.length > 0) {
    throw new AgentvmError({
      code: 'PIN_UNKNOWN',
      exitCode: ExitCode.usage,
      message: `Nothing is pinned by the name ${unknown.map((name) => `'${printable(name)}'`).join(', ')}`,
      hint:
        pins.length === 0
          ? 'Nothing is pinned: the manifest names exact versions.'
          : `Pinned are: ${pins.map(({ field }) => field).join(', ')}`,
    });
  }
  return names.length === 0 ? pins : pins.filter((pin) => namesOf(pin).some((name) => names.includes(name)));
};

const upgradesOf = (pins: readonly Pin[]): Upgrades =>
  new Map(
    pins
      .filter(({ isNewest, problem }) => !isNewest && problem === undefined)
      .map(({ field, newest = null }): [string, Json] => [field, newest]),
  );

const documentOf = async (
  context: Context,
  desired: Desired,
  state: MachineState,
  pins: readonly Pin[],
  upgrades: Upgrades,
): Promise<UpgradeDocument> => {
  const { plan } = await prepare(context, composePorts(), desired, { deep: true, upgrades });
  if (plan.steps.some(({ action }) => action.kind === 'machine.create')) throw machineMissing(desired.name);
  return {
    kind: 'upgrade',
    version: 1,
    machine: { id: state.id, name: state.name },
    pins: pins.map((pin) => {
      const change = upgrades.has(pin.field)
        ? plan.changes.find(({ field }) => field === pin.field)
        : undefined;
      return { ...pin, ...(change === undefined ? {} : { strategy: change.strategy }) };
    }),
    plan,
  };
};

/** The command that moves what was shown. */
const nextCommand = ({ plan }: UpgradeDocument, names: readonly string[]): string => {
  const needs = requiredApproval(plan);
  const allow = needs === 'none' || isAtMost(needs, YES_ALLOWS) ? '' : ` --allow ${needs}`;
  return ['agentvm upgrade', ...names].join(' ') + allow;
};

/** What could not be looked up is still to be done. */
const refuseUnknown = (pins: readonly Pin[]): void => {
  const unknown = pins.filter(({ problem }) => problem !== undefined);
  if (unknown.length === 0) return;
  throw new AgentvmError({
    code: 'PIN_NOT_LOOKED_UP',
    exitCode: ExitCode.stalled,
    message: `the newest of ${unknown.map(({ field }) => field).join(', ')} could not be looked up; it stays as it is`,
    details: unknown.map(({ field, problem }) => `${field}: ${problem}`),
    hint: 'See that the network and the registry answer (npm ping), then run the same command again.',
  });
};

/** Shows what was resolved at the last apply beside what it would be resolved to today, and moves it there. */
export const upgrade = async (context: Context, options: UpgradeOptions): Promise<number> => {
  const { names, dryRun = false, json = false } = options;
  const desired = await loadManifest(context, options);
  const state = await stateOf(context, desired);
  const { listPins } = await import('../../engine/pins.ts');
  const all = await context.progress.task('look up the newest of what is pinned', () =>
    listPins(context, composePorts(), desired, state),
  );
  const pins = chosenPins(all, names);
  const upgrades = upgradesOf(pins);
  const document = await documentOf(context, desired, state, names.length === 0 ? all : pins, upgrades);
  const { upgradeText } = await import('../../reconcile/upgrade-text.ts');
  const text = upgradeText(document);
  const command = nextCommand(document, names);
  if (dryRun) {
    const run = upgrades.size === 0 ? '' : `Run: ${command}\n`;
    context.io.stdout(json ? `${JSON.stringify(document, null, 2)}\n` : `${text}${run}`);
    refuseUnknown(pins);
    return ExitCode.done;
  }
  if (upgrades.size > 0) {
    context.io.stderr(text);
    const request = { ...options, command: ['agentvm upgrade', ...names].join(' '), upgrades };
    const { outcome } = await applyDesired(context, desired, request, request.command);
    if (outcome === 'declined') {
      context.io.stderr(declinedText);
      return ExitCode.approvalMissing;
    }
  }
  if (!json)
    context.io.stdout(upgrades.size === 0 ? text : `${desired.name}: ${movedText(upgrades)} moved.\n`);
  refuseUnknown(pins);
  return ExitCode.done;
};

const movedText = ({ size }: Upgrades): string => `${size} ${size === 1 ? 'pin' : 'pins'}`;
