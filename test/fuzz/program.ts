/**
 * Gives damaged input to one target: `ROOT TARGET RUNS LIMIT_MS SEED`. Writes a dot before each input, so that whoever
 * watches sees it hang, and at last a line of JSON with what was measured.
 */
import { writeSync } from 'node:fs';
import fc from 'fast-check';
import { TARGETS } from './targets.ts';

/** Diagnostics of ours; what else has a code was made up by the other side. */
const nameOf = (end: string): string => (/^(taken|answered|[A-Z_]{4,}|[a-z-]+)$/.test(end) ? end : 'other');

/** Waits where whoever watches does not read as fast as this writes. */
const say = (text: string): void => {
  for (;;) {
    try {
      writeSync(1, text);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
};

const [root = '', name = '', runs = '0', limitMs = '0', seed = '0'] = process.argv.slice(2);
const make = TARGETS[name];
if (make === undefined) throw new Error(`no target '${name}'`);
const { inputs, use } = await make(root);

let slowestMs = 0;
const ends: Record<string, number> = {};
const result = await fc.check(
  fc.asyncProperty(inputs, async (input) => {
    say('.');
    // Time of ours, which another process on the host does not lengthen.
    const before = process.cpuUsage();
    const end = nameOf(await use(input));
    const { user, system } = process.cpuUsage(before);
    slowestMs = Math.max(slowestMs, (user + system) / 1000);
    ends[end] = (ends[end] ?? 0) + 1;
  }),
  {
    numRuns: Number(runs),
    interruptAfterTimeLimit: Number(limitMs),
    seed: Number(seed),
    endOnFailure: true,
  },
);
const failure =
  result.failed && !result.interrupted
    ? {
        counterexample: fc.stringify(result.counterexample).slice(0, 3000),
        error: String((result.errorInstance as Error)?.stack),
      }
    : null;
const maxRssMiB = Math.round(process.resourceUsage().maxRSS / 1024);
say(`\n${JSON.stringify({ runs: result.numRuns, slowestMs, maxRssMiB, ends, failure })}\n`);
process.exit(0);
