import { type FieldId, fieldId } from '../model/fields.ts';
import type { ImagePin } from '../model/image-pin.ts';
import type { Json } from '../model/json.ts';
import type { StepAction } from '../model/plan.ts';
import { type DraftStep, draftStep, idsOf } from './draft-step.ts';
import { policyOf, type Work } from './field-policies.ts';
import type { Flow, StepsInput } from './flow.ts';
import { isSameValue } from './same-value.ts';
import { isAtMost } from './strategies.ts';
import { diskText, imageText } from './value-text.ts';

/** Read by the machine as it starts, so that a start needs no steps of their own for them. */
const AT_START: readonly Work[] = ['machine', 'port', 'network', 'idle', 'mount', 'workspace', 'protect'];
const IN_NEW_ROOT: readonly Work[] = ['root', 'disk', 'package'];
const IN_OLD_ROOT: readonly Work[] = ['env', 'script', 'agent'];

const recordsOf = ({ planned }: StepsInput, works: readonly Work[]): readonly FieldId[] =>
  idsOf(planned.filter(({ work }) => works.includes(work)));

/**
 * What a start has to know though it is another step's to record: with a secret the machine gets an authority, which
 * its guest trusts from the boot on.
 */
const knownToStart = ({ planned, desired }: StepsInput, { root }: Flow): readonly FieldId[] => {
  const isNewRoot = root === 'create' || root === 'replace';
  const all = isNewRoot ? [...desired].flatMap(([id, { path }]) => (path === 'secrets[]' ? [id] : [])) : [];
  const changed = idsOf(planned.filter(({ change }) => change.path === 'secrets[]'));
  return [...new Set([...all, ...changed])].sort();
};

/** What was done in the old root disk and has to be done again in a new one. */
const undoneBy = ({ applied }: StepsInput): readonly FieldId[] =>
  Object.entries(applied)
    .filter(([, { path }]) => IN_OLD_ROOT.includes(policyOf(path).work))
    .map(([id]) => id)
    .sort();

const desiredValue = ({ desired }: StepsInput, id: FieldId): Json => desired.get(id)?.value ?? null;

const isPin = (value: Json): value is ImagePin =>
  value !== null && typeof value === 'object' && 'digest' in value;

/** What the image was resolved to, as long as the manifest asks for the same one. */
const imagePin = ({ desired, applied, upgrades }: StepsInput): { readonly pin?: ImagePin } => {
  const id = fieldId('base.image');
  const upgrade = upgrades.get(id);
  const was = applied[id];
  const wanted = desired.get(id)?.value;
  if (upgrade !== undefined && isPin(upgrade)) return { pin: upgrade };
  return was?.resolved !== undefined && wanted !== undefined && isSameValue(was.value, wanted)
    ? { pin: was.resolved as ImagePin }
    : {};
};

const desiredPackages = ({ desired }: StepsInput): readonly string[] =>
  [...desired.values()]
    .flatMap(({ path, key }) => (path === 'base.packages[]' && key !== undefined ? [key] : []))
    .sort();

/** The machine's own phases, in order: what brings it to where its disk may change, and what follows. */
export type MachinePhases = {
  /** Its layer, its end. */
  readonly before: readonly (readonly DraftStep[])[];
  /** Its disk, its start. */
  readonly after: readonly (readonly DraftStep[])[];
};

export const machinePhases = (input: StepsInput, flow: Flow): MachinePhases => {
  const { cause } = flow;
  if (cause === undefined) return { before: [], after: [] };
  const forcing =
    flow.root === 'create'
      ? []
      : idsOf(input.planned.filter(({ change }) => isAtMost('restart', change.strategy)));
  const image = desiredValue(input, fieldId('base.image'));
  const pin = imagePin(input);
  const packages = desiredPackages(input);
  const sizeBytes = Number(desiredValue(input, fieldId('resources.disk')));
  const step = (
    action: StepAction,
    title: string,
    records: readonly FieldId[] = [],
    known: readonly FieldId[] = [],
  ): DraftStep =>
    draftStep(action, title, { ...cause, fields: [...new Set([...forcing, ...records, ...known])], records });
  const layer = step(
    { kind: 'layer.ensure', image, ...pin, packages },
    `prepare a layer of ${imageText(image)}`,
  );
  const resume = draftStep({ kind: 'machine.resume' }, 'let the machine run on', {
    strategy: 'live',
    reason: { code: 'machine-paused', text: 'the machine is paused' },
  });
  const newRoot = [
    ...recordsOf(input, IN_NEW_ROOT),
    ...(flow.root === 'create' ? recordsOf(input, ['rename']) : []),
  ];
  const undoes = undoneBy(input);
  const root = {
    create: [
      {
        ...step({ kind: 'machine.create' }, 'create the machine', newRoot),
        ...(undoes.length > 0 ? { undoes } : {}),
      },
    ],
    replace: [
      {
        ...step(
          { kind: 'root.replace', image, ...pin, packages, sizeBytes },
          'put a new root disk in',
          newRoot,
        ),
        ...(undoes.length > 0 ? { undoes } : {}),
      },
    ],
    grow: [
      step(
        { kind: 'disk.grow', sizeBytes },
        `grow the root disk to ${diskText(sizeBytes)}`,
        recordsOf(input, ['disk']),
      ),
    ],
    keep: [],
  }[flow.root];
  return {
    before: [
      flow.root === 'create' || flow.root === 'replace' ? [layer] : [],
      flow.resumes ? [resume] : [],
      flow.stops ? [step({ kind: 'machine.stop' }, 'stop the machine')] : [],
    ],
    after: [
      root,
      flow.starts
        ? [
            step(
              { kind: 'machine.start' },
              'start the machine',
              recordsOf(input, AT_START),
              knownToStart(input, flow),
            ),
          ]
        : [],
    ],
  };
};
