import type { Fields } from '../model/fields.ts';
import { type Field, fieldId } from '../model/fields.ts';
import type { Withheld } from '../model/grant.ts';
import type { MachineState, Observed } from '../model/machine.ts';
import type { Blocker, FieldLimit } from '../model/plan.ts';
import { sizeText } from '../model/size-text.ts';
import type { SnapshotOffer } from '../model/snapshot.ts';
import type { PlannedChange } from './changes.ts';
import { toPrintable } from './printable.ts';

export type BlockersInput = {
  readonly desired: Fields;
  readonly applied: MachineState | null;
  readonly observed: Observed;
  readonly planned: readonly PlannedChange[];
  readonly withheld: readonly Withheld[];
  readonly limit: (field: Field) => FieldLimit | undefined;
};

const positionText = ({ source }: Field): string =>
  source === undefined ? '' : `${source.file}:${source.line}:${source.column}: `;

const unsupported = ({ desired, limit }: BlockersInput): readonly Blocker[] =>
  [...desired].flatMap(([id, field]) => {
    const limited = limit(field);
    if (limited?.kind !== 'unsupported') return [];
    const text = toPrintable(`${positionText(field)}${id} ${limited.text}`);
    const hint = `Take ${toPrintable(id)} out of the manifest.`;
    return [{ code: 'unsupported-field', field: id, text, hint }];
  });

const unknownPower = ({ observed }: BlockersInput): readonly Blocker[] =>
  observed.power === 'unknown'
    ? [
        {
          code: 'unknown-observation',
          text: `whether the machine runs could not be found out: ${toPrintable(observed.powerReason ?? 'the probe failed')}`,
          hint: 'Look at it again: agentvm plan --refresh; check this host: agentvm doctor',
        },
      ]
    : [];

const otherDriver = ({ planned }: BlockersInput): readonly Blocker[] =>
  planned.flatMap(({ change }) =>
    change.path === 'driver' && change.action === 'change' && change.movement !== 'adopted'
      ? [
          {
            code: 'unsupported-field',
            field: change.field,
            text: `the machine was made by the ${change.before} driver, and another cannot take it over`,
            hint: 'Remove the machine, then make it anew: agentvm rm, then agentvm apply',
          },
        ]
      : [],
  );

const PROTECT = fieldId('lifecycle.protect');

const isProtected = ({ desired, applied }: BlockersInput): boolean =>
  desired.get(PROTECT)?.value === true || applied?.fields[PROTECT]?.value === true;

const recreations = (input: BlockersInput): readonly Blocker[] => {
  const { planned, observed } = input;
  const changes = planned.map(({ change }) => change).filter(({ strategy }) => strategy === 'recreate');
  const [first] = changes;
  if (first === undefined) return [];
  const unseen = changes.find(({ field }) => observed.fields[field]?.kind === 'unknown');
  return [
    ...(isProtected(input)
      ? [
          {
            code: 'protected' as const,
            field: first.field,
            text: `${first.field} needs a new root disk, and lifecycle.protect forbids it`,
            hint: `Write \`protect: false\` under \`lifecycle\` and apply that first, with ${first.field} as it was.`,
          },
        ]
      : []),
    ...(unseen === undefined
      ? []
      : [
          {
            code: 'unknown-observation' as const,
            field: unseen.field,
            text: `${unseen.field} needs a new root disk, but what is there now could not be looked at`,
            hint: 'Look at it again: agentvm plan --refresh',
          },
        ]),
  ];
};

const unfinishedDelete = ({ applied }: BlockersInput): readonly Blocker[] =>
  applied?.phase === 'deleting'
    ? [
        {
          code: 'unfinished-delete',
          text: 'the machine is being removed, and that was not finished',
          hint: 'Finish it: agentvm rm',
        },
      ]
    : [];

const IMAGE = fieldId('base.image');

/** Everything else that is withheld a machine can be without. */
const withheldImage = ({ desired, withheld }: BlockersInput): readonly Blocker[] =>
  withheld.flatMap(({ grant, fields, text }) =>
    fields.includes(IMAGE) && !desired.has(IMAGE)
      ? [
          {
            code: 'grant-missing',
            field: IMAGE,
            text: toPrintable(text),
            hint: `Grant it: agentvm apply --grant '${toPrintable(grant)}'`,
          },
        ]
      : [],
  );
/** A snapshot that grows until the host's disk is full would stop the machine in the middle of its work. */
export const noRoom = (snapshot: SnapshotOffer | undefined): readonly Blocker[] => {
  if (snapshot === undefined || snapshot.takenAt !== undefined) return [];
  const { sizeBytes, freeBytes, maxBytes } = snapshot;
  if (Math.min(sizeBytes, maxBytes) <= freeBytes) return [];
  return [
    {
      code: 'no-room',
      text: `the snapshot that comes first may grow to ${sizeText(Math.min(sizeBytes, maxBytes))}, and ${sizeText(freeBytes)} are free`,
      hint: 'Free some space (agentvm snapshot list shows what older ones take), or go without one: snapshots: {keep: 0}',
    },
  ];
};

/** What keeps a plan from being carried out. */
export const blockersOf = (input: BlockersInput): readonly Blocker[] => [
  ...unfinishedDelete(input),
  ...unknownPower(input),
  ...unsupported(input),
  ...withheldImage(input),
  ...otherDriver(input),
  ...recreations(input),
];
