import { resolve } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { sshArguments } from '../../model/ssh-options.ts';
import { connect, findMachineOf, guestFolder } from '../target.ts';

export type CopyOptions = {
  readonly file?: string;
  readonly source: string;
  readonly destination: string;
  readonly recursive?: boolean;
};

/** Copies between host and machine with scp over the open connection. A path in the machine is written `:PATH`. */
export const copy = async (context: Context, options: CopyOptions): Promise<number> => {
  const sides = [options.source, options.destination];
  if (sides.filter((side) => side.startsWith(':')).length !== 1) {
    throw new AgentvmError({
      code: 'USAGE',
      exitCode: ExitCode.usage,
      message: 'One of the two paths must be in the machine, written with a colon before it',
      hint: 'For example: agentvm cp notes.txt :/tmp/ or agentvm cp :/var/log/dpkg.log .',
    });
  }
  const machine = await findMachineOf(context, options.file);
  const target = await connect(context, machine);
  const folder = await guestFolder(context, machine.state);
  const place = (side: string): string =>
    side.startsWith(':') ? `${target.host}:${resolve(folder, side.slice(1))}` : resolve(context.cwd, side);
  await context.exec(
    'scp',
    [
      ...sshArguments(target),
      '-o',
      'ControlMaster=no',
      ...(options.recursive ? ['-r'] : []),
      '-p',
      '--',
      place(options.source),
      place(options.destination),
    ],
    { signal: context.signal, hint: 'Install the OpenSSH client: `sudo apt-get install openssh-client`.' },
  );
  return ExitCode.done;
};
