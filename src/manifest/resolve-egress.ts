import { hostPatternText, isPatternFault, parseHostPattern } from '../lib/host-pattern.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EgressList } from '../model/field-values.ts';
import type { Field } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { PortRange } from '../model/network.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import type { TreePath } from './tree.ts';

/** What the guest may reach where a manifest says nothing. */
const DEFAULT_EGRESS = 'public';

/** On so many ports the guest's connections are taken; each costs a listener. */
const PORT_LIMIT = 1024;
const USUAL_PORTS: readonly number[] = [22, 80, 443];

type Entries = {
  readonly texts: readonly string[];
  readonly ports: readonly (PortRange | undefined)[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Entries in their one notation, sorted, each once. */
const resolveEntries = (resolving: Resolving, at: TreePath, written: readonly string[]): Entries => {
  const read = written.map((text, index) => {
    const pattern = parseHostPattern(text);
    return isPatternFault(pattern)
      ? complainAt(resolving, [...at, index], {
          code: 'not-allowed',
          message: `'${text}' ${pattern.why}`,
          hint: pattern.hint,
        })
      : pattern;
  });
  const patterns = read.flatMap((one) => ('message' in one ? [] : [one]));
  return {
    texts: [...new Set(patterns.map(hostPatternText))].sort(),
    ports: patterns.map(({ ports }) => ports),
    diagnostics: read.flatMap((one) => ('message' in one ? [one] : [])),
  };
};

const portCount = (ports: readonly (PortRange | undefined)[], more: readonly number[]): number => {
  const all = new Set<number>();
  const add = (port: number) => all.add(port);
  for (const range of ports) {
    if (range === undefined) [...USUAL_PORTS, ...more].forEach(add);
    else for (let port = range[0]; port <= range[1]; port++) add(port);
  }
  return all.size;
};

const tooManyPorts = (resolving: Resolving, at: TreePath, count: number): readonly Diagnostic[] =>
  count <= PORT_LIMIT
    ? []
    : [
        complainAt(resolving, at, {
          code: 'too-big',
          message: `The guest could use ${count} ports; the limit is ${PORT_LIMIT}`,
          hint: 'Name the ports that it needs, or a smaller range.',
        }),
      ];

const AT = ['network', 'egress'] as const;

const resolveList = (
  resolving: Resolving,
  written: { readonly allow?: readonly string[]; readonly deny?: readonly string[] },
): Section => {
  const allow = resolveEntries(resolving, [...AT, 'allow'], written.allow ?? []);
  const deny = resolveEntries(resolving, [...AT, 'deny'], written.deny ?? []);
  const value: EgressList = { allow: allow.texts, deny: deny.texts };
  const count = portCount(allow.ports, resolving.manifest.network?.ports ?? []);
  return {
    fields: [fieldAt(resolving, AT, { path: 'network.egress', value: value as Json })],
    diagnostics: [
      ...allow.diagnostics,
      ...deny.diagnostics,
      ...tooManyPorts(resolving, [...AT, 'allow'], count),
    ],
  };
};

/** What the guest may reach. */
export const resolveEgress = (resolving: Resolving): Section => {
  const { egress, ports = [] } = resolving.manifest.network ?? {};
  if (typeof egress === 'object') return resolveList(resolving, egress);
  const field: Field =
    egress === undefined
      ? { path: 'network.egress', value: DEFAULT_EGRESS }
      : fieldAt(resolving, AT, { path: 'network.egress', value: egress });
  const count = portCount([undefined], ports);
  return { fields: [field], diagnostics: tooManyPorts(resolving, ['network', 'ports'], count) };
};
