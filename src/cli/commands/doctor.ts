import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import { composeDriver } from '../compose.ts';

const SYMBOLS = { ok: 'ok     ', warning: 'warning', missing: 'missing' } as const;

/** Looks whether this host has what machines need. Exit 8 when something is missing that a person must mend. */
export const doctor = async (context: Context, options: { readonly json?: boolean }): Promise<number> => {
  const driver = await composeDriver('qemu');
  const checks = await driver.checkHost(context);
  const missing = checks.filter((check) => check.status === 'missing').length;
  if (options.json) {
    context.io.stdout(
      `${JSON.stringify({ kind: 'doctor', version: 1, driver: driver.name, checks }, null, 2)}\n`,
    );
  } else {
    const width = Math.max(...checks.map((check) => check.name.length));
    for (const check of checks) {
      context.io.stdout(`${SYMBOLS[check.status]}  ${check.name.padEnd(width)}  ${check.found}\n`);
      if (check.mend !== undefined) context.io.stdout(`${' '.repeat(width + 11)}→ ${check.mend}\n`);
    }
    context.io.stdout(
      missing === 0 ? '\nThis host can run machines.\n' : `\n${missing} missing: see the arrows.\n`,
    );
  }
  return missing === 0 ? ExitCode.done : ExitCode.stalled;
};
