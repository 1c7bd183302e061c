import { runSession } from '../../src/guest/session.ts';
import type { Context } from '../../src/lib/context.ts';
import { exec } from '../../src/lib/exec.ts';
import { foregroundOf } from '../../src/lib/foreground.ts';
import { AgentvmError } from '../../src/model/errors.ts';

// The smallest command line around a session, run as a process of its own: node session-program.js JSON WORD…
const { target, runner, cwd, shell, environment } = JSON.parse(process.argv[2] ?? '{}');
const [program = 'true', ...args] = process.argv.slice(3);
const context = {
  env: process.env,
  exec,
  io: { isTerminal: { stdin: process.stdin.isTTY === true, stdout: process.stdout.isTTY === true } },
} as unknown as Context;

try {
  process.exitCode = await runSession(
    context,
    target,
    { program: shell ? 'login-shell' : [program, ...args], cwd, runner, environment },
    foregroundOf(process),
  );
} catch (error) {
  if (!(error instanceof AgentvmError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
