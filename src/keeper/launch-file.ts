import { readJsonFile } from '../lib/json-file.ts';
import { AgentvmError } from '../model/errors.ts';
import type { Launch, MachineFiles } from './protocol-files.ts';

/** What the driver told the keeper to run. @throws AgentvmError LAUNCH_MISSING. */
export const readLaunch = async (files: MachineFiles): Promise<Launch> => {
  const launch = await readJsonFile<Launch>(files.launch);
  if (launch?.format === 1) return launch;
  throw new AgentvmError({
    code: 'LAUNCH_MISSING',
    message: `There is no launch.json of this version in ${files.dir}`,
    hint: 'Run `agentvm apply`.',
  });
};

export const noMachineError = (): AgentvmError =>
  new AgentvmError({
    code: 'NOT_RUNNING',
    message: 'The machine does not run',
    hint: 'Start it with `agentvm start`.',
  });
