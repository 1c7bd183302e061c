import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planText } from '../../src/reconcile/plan-text.ts';
import { toPrintable } from '../../src/reconcile/printable.ts';
import { diskText, imageText, memoryText } from '../../src/reconcile/value-text.ts';
import {
  BASE,
  edited,
  GIB,
  mount,
  NOW,
  observedOf,
  pkg,
  planOf,
  port,
  script,
  set,
} from '../support/planning.ts';

const everything = edited(
  BASE,
  [pkg('ripgrep'), port('3000', 3000), script('a.sh', 'a'), mount('/x', '/y'), set('resources.memory', 1)],
  ['base.packages[jq]'],
);

test('colours change nothing but colours', () => {
  const made = planOf({ desired: everything, observed: observedOf('paused') });
  const painted = planText(made, { now: NOW, paint: (part, text) => `<${part}>${text}</${part}>` });
  expect(painted).toContain('<+>+</+>');
  expect(painted.replaceAll(/<\/?(?:name|cost|blocked|command|[-+~!])>/g, '')).toBe(
    planText(made, { now: NOW }),
  );
});

test('the age of what was observed', () => {
  const header = (now: string) => planText(planOf(), { now }).split('\n')[0]?.split(', ').at(-1);
  expect(header('2030-01-02T03:04:05.100Z')).toBe('observed 0 s ago');
  expect(header('2030-01-02T03:05:04.000Z')).toBe('observed 59 s ago');
  expect(header('2030-01-02T03:06:04.000Z')).toBe('observed 1 min ago');
  expect(header('2030-01-02T06:04:04.000Z')).toBe('observed 2 h ago');
  expect(header('2030-01-02T03:00:00.000Z')).toBe('observed 0 s ago');
});

test('nothing of a manifest or a guest reaches the terminal as more than text', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1 }), (value, key) => {
      const desired = edited(BASE, [
        set('labels[]', value, key),
        pkg(key),
        script(key, 'a'),
        set('env[]', { digest: 'x' }, key),
        set('agents[].version', value, key),
        mount(value, key),
        set('base.image', { path: value, sha256: 'a' }),
      ]);
      const observed = observedOf('running', {
        'agents[claude].version': { kind: 'known', value },
        'base.packages[git]': { kind: 'unknown', why: value },
      });
      const limit = () => ({ kind: 'unsupported', text: value }) as const;
      for (const made of [planOf({ desired, observed }), planOf({ desired, observed, limit })]) {
        const text = planText(made);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out.
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
        for (const line of text.split('\n'))
          expect(line).toMatch(/^(my-app {2}| {2}|Plan: |Blocked: |Run: |$)/);
        const told = made.steps.map(({ title, reason }) => title + reason.text).join('');
        expect(toPrintable(told)).toBe(told);
      }
    }),
    { numRuns: 300 },
  );
});

test('no digest of an environment variable is shown', () => {
  const digest = 'feedface'.repeat(8);
  const desired = edited(BASE, [set('env[]', { digest }, 'NODE_ENV'), set('env[]', { digest }, 'TOKEN')]);
  expect(planText(planOf({ desired }))).not.toContain('feedface');
});

describe('values', () => {
  test('memory and disks have units', () => {
    expect([8192, 1536, 512].map(memoryText)).toEqual(['8GiB', '1536MiB', '512MiB']);
    expect([40 * GIB, 1.5 * GIB, 1000].map(diskText)).toEqual(['40GiB', '1536MiB', '1000 bytes']);
  });

  test('an image that is a file has the start of its digest', () => {
    expect(imageText({ name: 'debian-12' })).toBe('debian-12');
    expect(imageText({ url: 'https://example.org/a.qcow2', sha256: '0123456789abcdef' })).toBe(
      'https://example.org/a.qcow2 (sha256 0123456789ab…)',
    );
    expect(imageText({ path: '/images/a.qcow2', sha256: 'ffffffffffffffff' })).toBe(
      '/images/a.qcow2 (sha256 ffffffffffff…)',
    );
  });
});
