import type { Plan } from '../model/plan.ts';
import { toPrintable } from './printable.ts';

/** Whether a plan only sets a machine aside. */
export const isDeletion = ({ steps }: Plan): boolean =>
  steps.some(({ action }) => action.kind === 'machine.delete');

/** The plan of a machine that is declared no more, for people. Ends in a newline. */
export const deletionText = ({ machine, manifest, steps }: Plan): string => {
  const file = manifest.path.slice(manifest.path.lastIndexOf('/') + 1);
  const why = steps.map(({ reason }) => reason.text).join(', ');
  return [
    `${toPrintable(machine.name)}  ${machine.driver}, ${machine.power}  from ${toPrintable(file)}`,
    `  - machine  to the trash for 7 days  delete: ${toPrintable(why)}`,
    `Plan: set the machine aside; agentvm restore ${toPrintable(machine.name)} brings it back.`,
    '',
  ].join('\n');
};
