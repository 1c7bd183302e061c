import type { Context } from '../../lib/context.ts';
import type { DriftDocument, DriftsDocument } from '../../model/drift.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Desired } from '../../model/machine.ts';
import { composePorts } from '../compose.ts';
import { loadManifests } from '../manifest.ts';
import type { Selection } from '../selection.ts';
import { paintFor } from '../show-plan.ts';
import { findMachinesOf } from '../target.ts';

export type DriftOptions = Selection & {
  readonly deep?: boolean;
  readonly json?: boolean;
  readonly exitCode?: boolean;
};

/** What was applied is looked at also while its manifest is being edited. */
const readableManifests = async (context: Context, selection: Selection): Promise<readonly Desired[]> => {
  try {
    return (await loadManifests(context, selection.file === undefined ? {} : { file: selection.file }))
      .desired;
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    context.io.stderr(
      'agentvm: the manifest cannot be read (see `agentvm validate`); edits are not told apart\n',
    );
    return [];
  }
};

/** Shows in what the machines are no longer as they were last applied. Looks into guests only when told to. */
export const drift = async (context: Context, options: DriftOptions): Promise<number> => {
  const isDeep = options.deep ?? false;
  const states = await findMachinesOf(context, options);
  const manifests = await readableManifests(context, options);
  const [{ observe }, { driftOf }] = await Promise.all([
    import('../../engine/observe.ts'),
    import('../../reconcile/drift.ts'),
  ]);
  const ports = composePorts();
  const reports = await Promise.all(
    states.map(async (state): Promise<DriftDocument> => {
      const desired = manifests.find((one) => one.name === state.name);
      const observed = await observe(context, ports, state, desired, { deep: isDeep });
      return driftOf({ state, observed, desired, isDeep });
    }),
  );
  if (options.json) {
    context.io.stdout(`${JSON.stringify(documentOf(reports), null, 2)}\n`);
  } else {
    for (const [index, report] of reports.entries()) {
      context.io.stdout(`${index === 0 ? '' : '\n'}${await textOf(context, report)}`);
    }
  }
  return options.exitCode ? exitCodeOf(reports) : ExitCode.done;
};

const documentOf = (reports: readonly DriftDocument[]): DriftDocument | DriftsDocument => {
  const [report, ...others] = reports;
  return report !== undefined && others.length === 0
    ? report
    : { kind: 'drifts', version: 1, machines: reports };
};

const textOf = async (context: Context, report: DriftDocument): Promise<string> => {
  const { driftText } = await import('../../reconcile/drift-text.ts');
  const paint = paintFor(context, context.io.isTerminal.stdout);
  return driftText(report, {
    now: context.clock.now().toISOString(),
    ...(paint === undefined ? {} : { paint }),
  });
};

/** What was to be looked at and could not is no proof that all is well. */
const isBlind = ({ facets, isDeep, machine }: DriftDocument): boolean =>
  machine.power === 'unknown' ||
  (isDeep && machine.power === 'running' && facets.some(({ look }) => look.kind === 'unknown'));

const exitCodeOf = (reports: readonly DriftDocument[]): number => {
  if (reports.some(({ drifted }) => drifted > 0)) return ExitCode.changes;
  return reports.some(isBlind) ? ExitCode.stalled : ExitCode.done;
};
