import { afterAll, beforeAll, expect, test } from 'vitest';
import { isNightly, proofSize } from '../support/proof-size.ts';
import { attack, KILLS } from './attack.ts';
import { type CrashScript, crashScript } from './crash-script.ts';
import { SCENARIOS } from './scenarios.ts';

let script: CrashScript;
const total = { tried: 0, converged: 0 };
beforeAll(async () => {
  script = await crashScript();
});
afterAll(async () => {
  await script.remove();
  console.log(`crash: ${total.tried} points tried, ${total.converged} converged`);
});

/** What a kind of step does is the same in every scenario; at night it is tried in each nevertheless. */
const seen = new Set<string>();
const EVERY = { once: 1, twice: proofSize(4, 1), 'once and back': 1 };

const cases = KILLS.flatMap((kills) =>
  SCENARIOS.map((scenario) => ({ scenario, kills, name: scenario.name })),
);

test.each(cases)('$name, killed $kills', async ({ scenario, kills, name }) => {
  const { tried, failures } = await attack(script, scenario, {
    every: EVERY[kills],
    kills,
    ...(isNightly ? {} : { seen }),
  });
  const converged = tried - failures.length;
  total.tried += tried;
  total.converged += converged;
  console.log(`crash: ${name}, killed ${kills}: ${tried} points tried, ${converged} converged`);
  expect(failures).toEqual([]);
});
