import { askKeeper } from '../../keeper/client.ts';
import type { Launch, MachineFiles } from '../../keeper/protocol-files.ts';
import type { Context } from '../../lib/context.ts';
import { readJsonFile } from '../../lib/json-file.ts';
import { AgentvmError } from '../../model/errors.ts';

/**
 * Hands the keeper of a running machine the values of its secrets that come from the environment and are set in this
 * command's. They go over the keeper's own socket, and stay in its memory.
 */
export const handOverSecrets = async (context: Context, files: MachineFiles): Promise<void> => {
  const launch = await readJsonFile<Launch>(files.launch);
  const values: Record<string, string> = {};
  for (const { source } of launch?.network?.secrets ?? []) {
    const value = source.from === 'env' ? context.env[source.variable] : undefined;
    if (source.from === 'env' && value) values[source.variable] = value;
  }
  if (Object.keys(values).length === 0) return;
  try {
    await askKeeper(context, files.keeperSocket, { op: 'secrets', values });
  } catch (error) {
    // A keeper that ends just now loses nothing: the next command hands them to the next one.
    if (!(error instanceof AgentvmError)) throw error;
  }
};
