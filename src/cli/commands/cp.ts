import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { isWithin } from '../../lib/is-within.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { sshArguments } from '../../model/ssh-options.ts';
import { connect, findMachineOf, guestFolder } from '../target.ts';

export type CopyOptions = {
  readonly file?: string;
  readonly source: string;
  readonly destination: string;
  readonly recursive?: boolean;
};

/**
 * Refuses a path of this host that leads over a link in a folder that the guest can write to: the guest may have made
 * it to have a file of the host read or written. A destination that is a folder is looked at with the file's name too.
 * @throws AgentvmError LINK_IN_SHARE (exit 3).
 */
const refuseLinks = async (shared: string, path: string): Promise<void> => {
  if (!isWithin(shared, path)) return;
  let place = shared;
  for (const name of relative(shared, path).split(sep)) {
    place = join(place, name);
    const found = await lstat(place).catch(() => undefined);
    if (found?.isSymbolicLink() !== true) continue;
    throw linkError(place);
  }
};

/** The same for everything in a folder that is copied. */
const refuseLinksBelow = async (shared: string, folder: string): Promise<void> => {
  if (!isWithin(shared, folder)) return;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const link = entries.find((entry) => entry.isSymbolicLink());
  if (link !== undefined) throw linkError(join(link.parentPath, link.name));
};

const linkError = (place: string): AgentvmError =>
  new AgentvmError({
    code: 'LINK_IN_SHARE',
    exitCode: ExitCode.usage,
    message: `${place} is a symbolic link in a folder that the guest can write to, and may lead anywhere on this host`,
    hint: 'Name what it leads to, or copy from and to a folder outside the project.',
  });

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
  const machine = await findMachineOf(context, options);
  const target = await connect(context, machine);
  const folder = await guestFolder(context, machine.state);
  const shared = machine.state.project.realPath;
  const hostSide = options.source.startsWith(':') ? options.destination : options.source;
  const hostPath = resolve(await realpath(context.cwd), hostSide);
  const place = (side: string): string =>
    side.startsWith(':') ? `${target.host}:${resolve(folder, side.slice(1))}` : hostPath;
  await refuseLinks(shared, hostPath);
  if (options.source.startsWith(':')) await refuseLinks(shared, join(hostPath, basename(options.source)));
  else if (options.recursive) await refuseLinksBelow(shared, hostPath);
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
