import { AgentvmError, ExitCode } from '../model/errors.ts';

/** Which machines a command means: those of what -f names, else of the nearest agentvm.yaml upwards; all, or the named one. */
export type Selection = { readonly file?: string; readonly machine?: string };

type Named = { readonly name: string };

export const namesOf = (machines: readonly Named[]): string => machines.map(({ name }) => name).join(', ');

/** What a command for one machine says when it could be meant for several. */
export const unnamedError = (as: 'declared' | 'made', machines: readonly Named[]): AgentvmError =>
  new AgentvmError({
    code: 'MACHINE_UNNAMED',
    exitCode: ExitCode.usage,
    message: `${machines.length} machines are ${as} here: ${namesOf(machines)}`,
    hint: `Say which one: --machine ${machines[0]?.name}`,
  });
