import { type Field, fieldId } from '../model/fields.ts';
import type { PlannedChange } from './changes.ts';
import { causeOf, type DraftStep, draftStep, idsOf } from './draft-step.ts';
import type { Work } from './field-policies.ts';
import type { Flow, StepsInput } from './flow.ts';
import { isMendedAlive, keptText } from './kept-changes.ts';

const keysOf = (planned: readonly PlannedChange[]): readonly string[] =>
  planned.flatMap(({ change }) => change.key ?? []);

const isNewRoot = (flow: Flow): boolean => flow.root === 'create' || flow.root === 'replace';

/** A title is one line; a plan shows every name anyway. */
const MAX_NAMES_IN_TITLE = 6;

const namesText = (names: readonly string[]): string =>
  names.length > MAX_NAMES_IN_TITLE ? `${names.length} packages` : names.join(', ');

const envSteps = (own: readonly PlannedChange[], input: StepsInput, flow: Flow): readonly DraftStep[] => {
  const cause = own.length > 0 ? causeOf(own) : isNewRoot(flow) ? flow.cause : undefined;
  if (cause === undefined) return [];
  const all = [...input.desired].flatMap(([id, { path }]) =>
    path === 'env[]' || path === 'secrets[]' ? [id] : [],
  );
  const records = isNewRoot(flow) ? [...new Set([...idsOf(own), ...all])].sort() : idsOf(own);
  return [draftStep({ kind: 'env.write' }, 'write the environment of sessions', { ...cause, records })];
};

const packageSteps = (own: readonly PlannedChange[], flow: Flow): readonly DraftStep[] => {
  if (own.length === 0 || isNewRoot(flow)) return [];
  const install = keysOf(own.filter(({ change }) => change.action !== 'remove'));
  const remove = keysOf(own.filter(({ change }) => change.action === 'remove'));
  const parts = [
    ...(install.length > 0 ? [`install ${namesText(install)}`] : []),
    ...(remove.length > 0 ? [`remove ${namesText(remove)}`] : []),
  ];
  return [
    draftStep({ kind: 'packages.change', install, remove }, parts.join('; '), {
      ...causeOf(own),
      records: idsOf(own),
    }),
  ];
};

/** One step for each thing that is to be there: each changed one, or with a new root disk every one. */
const eachWanted = (
  own: readonly PlannedChange[],
  input: StepsInput,
  flow: Flow,
  path: Field['path'],
  make: (key: string, cause: ReturnType<typeof causeOf>) => DraftStep,
): readonly DraftStep[] =>
  [...input.desired.values()]
    .filter((field) => field.path === path)
    .sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
    .flatMap(({ key }) => {
      if (key === undefined) return [];
      const id = fieldId(path, key);
      const changed = own.filter(({ change }) => change.field === id);
      if (changed.length > 0) return [make(key, causeOf(changed))];
      return isNewRoot(flow) && flow.cause !== undefined ? [make(key, { ...flow.cause, fields: [] })] : [];
    });

/** The exact version where one is pinned or an upgrade takes it, else what the manifest says. */
const versionOf = (input: StepsInput, name: string): string => {
  const id = fieldId('agents[].version', name);
  const wanted = input.desired.get(id)?.value;
  const applied = input.applied[id];
  const upgrade = input.upgrades.get(id);
  if (upgrade !== undefined) return String(upgrade);
  return applied?.resolved !== undefined && applied.value === wanted
    ? String(applied.resolved)
    : String(wanted);
};

const agentSteps = (own: readonly PlannedChange[], input: StepsInput, flow: Flow): readonly DraftStep[] => {
  const removed = isNewRoot(flow) ? [] : own.filter(({ change }) => change.action === 'remove');
  return [
    ...removed.flatMap((one) => {
      const name = one.change.key;
      if (name === undefined) return [];
      const cause = { ...causeOf([one]), records: [one.change.field] };
      return [draftStep({ kind: 'agent.remove', name }, `remove the agent ${name}`, cause)];
    }),
    ...eachWanted(own, input, flow, 'agents[].version', (name, cause) => {
      const version = versionOf(input, name);
      const records = [fieldId('agents[].version', name)];
      return draftStep({ kind: 'agent.install', name, version }, `install the agent ${name} ${version}`, {
        ...cause,
        records,
      });
    }),
  ];
};

/**
 * What agentvm keeps in the guest comes before everything else there, which may need it: sudo, names, the way out. What
 * a restart brings needs no step of its own.
 */
export const mendPhase = ({ planned }: StepsInput): readonly DraftStep[] => {
  const alive = planned.filter((one) => one.work === 'mend' && isMendedAlive(one));
  if (alive.length === 0) return [];
  const names = alive.map(({ change }) => keptText(change));
  const title = names.length > MAX_NAMES_IN_TITLE ? `${names.length} things in the guest` : names.join(', ');
  const things = idsOf(alive);
  return [draftStep({ kind: 'guest.mend', things }, `restore ${title}`, causeOf(alive))];
};

/** The guest's phases: environment, packages, scripts in lexical order one after the other, agents. */
export const guestPhases = (input: StepsInput, flow: Flow): readonly (readonly DraftStep[])[] => {
  const ownOf = (work: Work) => input.planned.filter((one) => one.work === work);
  const scripts = eachWanted(ownOf('script'), input, flow, 'base.scripts[]', (key, cause) =>
    draftStep({ kind: 'script.run', key }, `run ${key}`, {
      ...cause,
      records: [fieldId('base.scripts[]', key)],
    }),
  );
  return [
    envSteps(ownOf('env'), input, flow),
    packageSteps(ownOf('package'), flow),
    ...scripts.map((step) => [step]),
    agentSteps(ownOf('agent'), input, flow),
  ];
};
