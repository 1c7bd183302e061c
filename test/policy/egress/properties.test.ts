import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostPatternText, isPatternFault, parseHostPattern } from '../../../src/lib/host-pattern.ts';
import { isInBlock, parseIpAddress, parseIpBlock } from '../../../src/lib/ip-address.ts';
import type { EgressSpec } from '../../../src/model/network.ts';
import {
  countGuestPorts,
  decideAddress,
  decideConnection,
  decideName,
  listenPorts,
  mayDial,
  mayReachHost,
  mayResolve,
  PORT_LIMIT,
} from '../../../src/policy/egress/decide.ts';
import { countPorts, isInRanges } from '../../../src/policy/egress/port-ranges.ts';
import { coversReach, furtherReach } from '../../../src/policy/egress/reach.ts';
import { compileEgress } from '../../../src/policy/egress/rules.ts';
import { specialAddress } from '../../../src/policy/egress/special-address.ts';

const NOW = new Date('2030-01-02T03:04:05.000Z');
const LATER = '2030-01-02T04:00:00.000Z';

const NAMES = ['a.example', 'b.a.example', 'c.b.a.example', 'other.test', 'A.Example.', '10.1.2.3', 'x y'];
const ADDRESSES = [
  '10.1.2.3',
  '10.1.255.255',
  '10.2.0.1',
  '203.0.113.7',
  '203.0.114.7',
  '127.0.0.1',
  '169.254.169.254',
  '::ffff:10.1.2.3',
  '64:ff9b::10.1.2.3',
  '2001:db8::1',
  'fd00::1',
  'nonsense',
];
const PORTS = [0, 22, 80, 443, 5432, 8080, 9418, 65_536];

const host = fc.constantFrom(
  'a.example',
  'b.a.example',
  '*.a.example',
  'other.test',
  '10.1.0.0/16',
  '10.1.2.3',
  '10.0.0.0/8',
  '203.0.113.0/24',
  '0.0.0.0/0',
  '127.0.0.1',
  'fd00::/8',
  '64:ff9b::/96',
  '2001:db8::1',
);
const entry = fc
  .tuple(host, fc.constantFrom('', ':443', ':5432', ':5000-6000', ':1-65535'))
  .map(([name, ports]) => (ports !== '' && name.includes('::') ? `[${name}]${ports}` : `${name}${ports}`));
const entries = fc.array(entry, { maxLength: 4 });
const numbers = fc.uniqueArray(fc.constantFrom(5432, 8080, 9418), { maxLength: 2 });

const spec: fc.Arbitrary<EgressSpec> = fc.record({
  mode: fc.constantFrom('open' as const, 'public' as const, 'none' as const, 'allow' as const),
  allow: entries,
  deny: entries,
  ports: numbers,
  hostPorts: numbers,
  temporary: fc.array(
    entry.map((text) => ({ entry: text, until: LATER })),
    { maxLength: 2 },
  ),
});

/** The same with less of one thing, and so narrower. */
const narrower = (wide: EgressSpec): readonly EgressSpec[] => [
  ...wide.allow.map((_, index) => ({ ...wide, allow: wide.allow.toSpliced(index, 1) })),
  ...['a.example', '203.0.113.0/24:443', '10.0.0.0/8'].map((text) => ({
    ...wide,
    deny: [...wide.deny, text],
  })),
  ...wide.ports.map((_, index) => ({ ...wide, ports: wide.ports.toSpliced(index, 1) })),
  ...wide.hostPorts.map((_, index) => ({ ...wide, hostPorts: wide.hostPorts.toSpliced(index, 1) })),
  ...wide.temporary.map((_, index) => ({ ...wide, temporary: wide.temporary.toSpliced(index, 1) })),
  ...wide.temporary.map(({ entry: text }, index) => ({
    ...wide,
    temporary: wide.temporary.with(index, { entry: text, until: '2030-01-01T00:00:00.000Z' }),
  })),
  ...(wide.mode === 'open' ? [{ ...wide, mode: 'public' as const }] : []),
  { ...wide, mode: 'none' as const },
];

/** Every question that the keeper can ask, with its answer. */
const answers = (given: EgressSpec, own: readonly string[] = []): ReadonlyMap<string, boolean> => {
  const rules = compileEgress(given, NOW, own);
  const all = new Map<string, boolean>();
  for (const name of NAMES) all.set(`resolve ${name}`, mayResolve(rules, name).allowed);
  for (const port of PORTS) {
    all.set(`host ${port}`, mayReachHost(rules, port).allowed);
    for (const name of NAMES) all.set(`name ${name} ${port}`, decideName(rules, name, port).allowed);
    for (const address of ADDRESSES) {
      all.set(`dial ${address} ${port}`, mayDial(rules, address, port).allowed);
      for (const names of [[], ['a.example'], ['other.test', 'b.a.example']]) {
        all.set(`address ${address} ${port} ${names}`, decideAddress(rules, address, port, names).allowed);
      }
      for (const name of ['a.example', 'other.test']) {
        const { allowed } = decideConnection(rules, { address, port, name, names: [] });
        all.set(`connection ${address} ${port} ${name}`, allowed);
      }
    }
  }
  return all;
};

test('narrower rules never allow what wider ones refuse', () => {
  fc.assert(
    fc.property(spec, (wide) => {
      const before = answers(wide);
      for (const narrow of narrower(wide)) {
        const more = [...answers(narrow)].filter(
          ([question, isAllowed]) => isAllowed && !before.get(question),
        );
        expect([narrow, more]).toEqual([narrow, []]);
      }
    }),
    { numRuns: 60 },
  );
});

test('whatever is allowed was allowed by a rule: no special address without a block that holds it', () => {
  fc.assert(
    fc.property(spec, fc.constantFrom(...ADDRESSES), fc.constantFrom(...PORTS), (given, text, port) => {
      const rules = compileEgress(given, NOW, ['203.0.113.7']);
      if (given.mode === 'open' || !mayDial(rules, text, port).allowed) return;
      const address = parseIpAddress(text);
      expect(address).toBeDefined();
      if (address === undefined || (specialAddress(address) === undefined && text !== '203.0.113.7')) return;
      const written = [
        ...(given.mode === 'allow' ? given.allow : []),
        ...given.temporary.map((one) => one.entry),
      ];
      const holding = written.flatMap((one) => {
        const pattern = parseHostPattern(one);
        return !isPatternFault(pattern) && pattern.host.kind === 'block' ? [pattern.host.block] : [];
      });
      expect(holding.some((block) => isInBlock(address, block))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('every port that can be allowed has a listener, up to the limit', () => {
  fc.assert(
    fc.property(spec, (given) => {
      const rules = compileEgress(given, NOW);
      const listening = listenPorts(rules);
      expect(countPorts(listening)).toBeLessThanOrEqual(PORT_LIMIT + given.hostPorts.length);
      if (given.mode === 'open' || countGuestPorts(rules) > PORT_LIMIT) return;
      for (const port of PORTS) {
        const isWanted =
          NAMES.some((name) => decideName(rules, name, port).allowed) ||
          ADDRESSES.some((address) => decideAddress(rules, address, port, ['a.example']).allowed) ||
          mayReachHost(rules, port).allowed;
        if (isWanted) expect([port, isInRanges(port, listening)]).toEqual([port, true]);
      }
    }),
    { numRuns: 300 },
  );
});

test('an entry has one text, which means the same', () => {
  fc.assert(
    fc.property(entry, (text) => {
      const pattern = parseHostPattern(text);
      if (isPatternFault(pattern)) throw new Error(`${text} ${pattern.why}`);
      const canonical = hostPatternText(pattern);
      expect(parseHostPattern(canonical)).toEqual(pattern);
    }),
  );
});

test('what a grant covers allows no more than what was approved', () => {
  fc.assert(
    fc.property(entry, entry, (approved, needed) => {
      if (!coversReach(approved, needed) || furtherReach({ allow: [needed], deny: [] }).length === 0) return;
      const of = (text: string): EgressSpec => ({
        mode: 'allow',
        allow: [text],
        deny: [],
        ports: [],
        hostPorts: [],
        temporary: [],
      });
      const wide = answers(of(approved));
      const more = [...answers(of(needed))].filter(
        ([question, isAllowed]) => isAllowed && !wide.get(question),
      );
      expect([approved, needed, more]).toEqual([approved, needed, []]);
    }),
    { numRuns: 1000 },
  );
});

test('any text is an entry or a fault, soon', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 400, unit: 'binary' }),
    fc
      .array(
        fc.constantFrom('*', '.', ':', '/', '[', ']', '-', '%', '0x7f', '127', '::', 'a', 'ﬀ', '。', '99999'),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (written) => {
      const pattern = parseHostPattern(written);
      if (isPatternFault(pattern)) expect(pattern.why).toMatch(/^(is|has|names) /);
      else expect(hostPatternText(pattern)).toMatch(/^[a-z0-9._:/*[\]-]+$/);
      for (const name of [written, `*.${written}`])
        mayResolve(
          compileEgress(
            { mode: 'allow', allow: [name], deny: [written], ports: [], hostPorts: [], temporary: [] },
            NOW,
          ),
          written,
        );
      expect(parseIpBlock(written) === undefined || !/[^0-9a-fA-F.:/]/.test(written)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});
