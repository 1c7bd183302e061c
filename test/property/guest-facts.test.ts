import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FactsRequest, factsFrom } from '../../src/guest/provision/facts.ts';
import { AgentvmError } from '../../src/model/errors.ts';

const request: FactsRequest = {
  packages: ['jq', 'git'],
  agents: [{ apiVersion: 'agentvm-agent/v1', name: 'codex', install: { npm: 'codex', bin: 'codex' } }],
  scripts: ['setup.sh'],
  files: ['/etc/hosts', '/etc/agentvm/env'],
};

const kinds = [
  ...[
    'boot',
    'package',
    'provides',
    'agent',
    'mount',
    'script',
    'missing',
    'other',
    'hostname',
    'user',
    'cpus',
  ],
  ...['memory', 'route', 'room', 'seen', '__proto__', 'constructor'],
];
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'codex',
    'whole',
    'jq',
    'installed',
    '/etc/hosts',
    '0-3',
    '3-0',
    '1e999',
    '-1',
    'f'.repeat(64),
  ),
);
const line = fc
  .tuple(fc.constantFrom(...kinds), fc.array(word, { maxLength: 5 }))
  .map((parts) => parts.flat().join('\t'));
const output = fc
  .array(fc.oneof(line, word), { maxLength: 30 })
  .map((lines) => ['boot\t08cf85ba-b770-4c89-9bb3-f60ab4c048ab', ...lines, ''].join('\n'));

test('whatever a guest prints, its facts name only what was asked for, or it made no sense', () => {
  fc.assert(
    fc.property(output, (text) => {
      try {
        const facts = factsFrom(request, text);
        expect(Object.keys(facts.files)).toEqual(request.files);
        expect(Object.keys(facts.agents)).toEqual(['codex']);
        if (facts.packages.kind === 'known') {
          expect(Object.keys(facts.packages.value).sort()).toEqual(['git', 'jq']);
        }
        for (const fact of [facts.cpus, facts.memoryMiB]) {
          if (fact.kind === 'known') expect(fact.value).toBeGreaterThanOrEqual(0);
        }
        for (const path of Object.keys(facts.mounts.kind === 'known' ? facts.mounts.value : {})) {
          expect(path.length).toBeGreaterThan(0);
        }
      } catch (error) {
        if (!(error instanceof AgentvmError)) throw error;
        expect(error.code).toBe('OBSERVATION_FAILED');
      }
    }),
    { numRuns: 1000 },
  );
});
