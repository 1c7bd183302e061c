import type { Progress } from '../lib/context.ts';

const UPDATE_EVERY_MS = 10_000;

/** Progress while several machines are at work at once: what a step is at, now and then, as a line of its own. */
export const watchProgress = (nowMs: () => number, tell: (text: string) => void): Progress => ({
  task: async (title, work) => {
    let toldMs = nowMs();
    return work({
      update: (text) => {
        if (nowMs() - toldMs < UPDATE_EVERY_MS) return;
        toldMs = nowMs();
        tell(`${title}: ${text}`);
      },
    });
  },
});
