import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import { sshSettings } from '../../model/ssh-options.ts';
import type { Selection } from '../selection.ts';
import { connect, findMachineOf } from '../target.ts';

/** Prints a Host block through which ssh, scp, rsync and editors reach the machine, over its open connection. */
export const sshConfig = async (context: Context, options: Selection): Promise<number> => {
  const machine = await findMachineOf(context, options);
  const target = await connect(context, machine);
  const settings = [['HostName', target.host], ...sshSettings(target), ['ControlMaster', 'no']];
  context.io.stdout(
    `Host agentvm-${machine.state.name}\n${settings.map(([name, value]) => `  ${name} ${value}\n`).join('')}`,
  );
  return ExitCode.done;
};
