import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { printable } from '../../ui/printable.ts';
import type { Selection } from '../selection.ts';
import { findMachineOf, refuseSimulated } from '../target.ts';

export type LogsOptions = Selection & { readonly console?: boolean; readonly follow?: boolean };

/** Prints a file from an offset on and returns where it ended. What a guest wrote is made harmless for a terminal. */
const printFrom = async (context: Context, path: string, offset: number): Promise<number> => {
  let end = offset;
  const stream = createReadStream(path, { start: offset, encoding: 'utf8' });
  for await (const chunk of stream) {
    end += Buffer.byteLength(chunk);
    context.io.stdout(printable(String(chunk)));
  }
  return end;
};

/** Shows the keeper's log, or the machine's serial console. */
export const logs = async (context: Context, options: LogsOptions): Promise<number> => {
  const machine = await findMachineOf(context, options);
  const path = options.console ? machine.driver.consoleLog(machine.ref) : join(machine.ref.dir, 'keeper.log');
  const size =
    path === undefined
      ? undefined
      : await stat(path).then(
          (found) => found.size,
          () => undefined,
        );
  if (path === undefined || size === undefined) {
    refuseSimulated(machine, 'keeps no logs');
    throw new AgentvmError({
      code: 'NO_LOG',
      exitCode: ExitCode.usage,
      message: `Machine '${machine.state.name}' has no ${options.console ? 'console' : 'keeper'} log yet`,
      hint: 'Start it with `agentvm start`.',
    });
  }
  let offset = await printFrom(context, path, 0);
  if (!options.follow) return ExitCode.done;
  const { watch } = await import('chokidar');
  const watcher = watch(path, { ignoreInitial: true });
  // Changes come faster than they are printed; each print waits for the one before.
  let printing = Promise.resolve();
  watcher.on('all', () => {
    printing = printing.then(async () => {
      const now = await stat(path).then(
        (found) => found.size,
        () => 0,
      );
      // The log was begun anew, by a restart of the machine.
      if (now < offset) offset = 0;
      if (now > offset) offset = await printFrom(context, path, offset);
    });
  });
  await new Promise((done) => context.signal.addEventListener('abort', done, { once: true }));
  await watcher.close();
  return ExitCode.done;
};
