import type { AgentDefinition } from '../../model/agent-definition.generated.ts';
import type { GuestFacts, GuestUser, Seen, SeenAgent } from '../../model/guest.ts';
import { versionIn } from '../agents/version.ts';
import { guestFailure } from '../failure.ts';
import { scriptMark } from './script.ts';

export type FactsRequest = {
  readonly packages: readonly string[];
  readonly agents: readonly AgentDefinition[];
  readonly scripts: readonly string[];
  readonly files: readonly string[];
};

const known = <T>(value: T): Seen<T> => ({ kind: 'known', value });
const unknown = (what: string): Seen<never> => ({
  kind: 'unknown',
  why: `the machine did not tell ${what}`,
});

/** What of the guest's answer has the form that was asked for, by its kinds. */
type Answer = {
  readonly seen: ReadonlySet<string>;
  readonly of: (kind: string) => readonly (readonly string[])[];
  readonly digests: ReadonlyMap<string, string>;
};

const DIGEST_LINE = /^([0-9a-f]{64}) [ *](\/.*)$/;
const LINES_MAX = 100_000;

const readAnswer = (output: string): Answer => {
  const kinds = new Map<string, string[][]>();
  const digests = new Map<string, string>();
  for (const line of output.split('\n', LINES_MAX)) {
    const [, digest, path] = DIGEST_LINE.exec(line) ?? [];
    if (digest !== undefined && path !== undefined) digests.set(path, digest);
    const [kind = '', ...rest] = line.split('\t');
    const list = kinds.get(kind);
    if (list === undefined) kinds.set(kind, [rest]);
    else list.push(rest);
  }
  const of = (kind: string): readonly (readonly string[])[] => kinds.get(kind) ?? [];
  return { seen: new Set(of('seen').map(([facet = '']) => facet)), of, digests };
};

const single = (answer: Answer, kind: string): readonly string[] | undefined => {
  const lines = answer.of(kind);
  return lines.length === 1 ? lines[0] : undefined;
};

/** Names in a Provides field: `awk, c-compiler (= 4:12), …`. */
const providedNames = (provides: string): readonly string[] =>
  provides.split(',').map((one) => one.trim().split(/[ (]/)[0] ?? '');

const packagesIn = (answer: Answer, names: readonly string[]): GuestFacts['packages'] => {
  if (!answer.seen.has('packages')) return unknown('its packages');
  const installed = new Set<string>();
  for (const [name = '', arch = '', status] of answer.of('package')) {
    if (status === 'installed') installed.add(name).add(`${name}:${arch}`);
  }
  for (const [status, provides = ''] of answer.of('provides')) {
    if (status === 'installed') for (const name of providedNames(provides)) installed.add(name);
  }
  return known(
    Object.fromEntries(names.map((name) => [name, installed.has(name) ? 'installed' : 'absent'] as const)),
  );
};

const agentIn = (answer: Answer, agent: AgentDefinition): Seen<SeenAgent> => {
  const lines = answer.of('agent').filter(([name]) => name === agent.name);
  const [, state, text = ''] = lines.length === 1 ? (lines[0] ?? []) : [];
  if (state === undefined) return unknown(`the version of ${agent.name}`);
  const version =
    state === 'whole'
      ? /^[0-9A-Za-z.+-]{1,64}$/.exec(text)?.[0]
      : versionIn(agent, text.replaceAll('\x1f', '\n'));
  return known({ version: version ?? null, isAltered: state === 'altered' });
};

/** Paths as /proc/self/mountinfo writes them; proc(5). */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** A share stands in the one exported folder under its id, or is exported by itself under a tag that ends in it. */
const shareOf = (root: string, source: string): string | undefined =>
  /^\/([A-Za-z0-9_-]+)$/.exec(root)?.[1] ?? /^agentvm-([A-Za-z0-9_-]+)$/.exec(source)?.[1];

const mountsIn = (answer: Answer): GuestFacts['mounts'] => {
  if (!answer.seen.has('mounts')) return unknown('its mounts');
  const mounts: Record<string, { share: string; mode: 'ro' | 'rw' }> = {};
  for (const [line = ''] of answer.of('mount')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root = '', point = '', options = ''] = before.split(' ');
    const [type, source = ''] = after.split(' ');
    const path = unescaped(point);
    // What is mounted over a share hides it.
    delete mounts[path];
    const share = type === '9p' ? shareOf(unescaped(root), source) : undefined;
    if (share !== undefined) mounts[path] = { share, mode: options.split(',').includes('ro') ? 'ro' : 'rw' };
  }
  return known(mounts);
};

const scriptsIn = (answer: Answer, names: readonly string[]): GuestFacts['scripts'] => {
  if (!answer.seen.has('scripts')) return unknown('which scripts ran');
  const marks = new Map(answer.of('script').map(([mark = '', digest = '']) => [mark, digest]));
  return known(
    Object.fromEntries(
      names.map((name) => {
        const digest = marks.get(scriptMark(name));
        return [name, digest !== undefined && /^[0-9a-f]{64}$/.test(digest) ? digest : null];
      }),
    ),
  );
};

const fileIn = (answer: Answer, path: string): Seen<string | null> => {
  const digest = answer.digests.get(path);
  if (digest !== undefined) return known(digest);
  const isTold = (kind: string): boolean => answer.of(kind).some(([one]) => one === path);
  if (isTold('missing')) return known(null);
  // A folder, a device or a pipe has no content of its own.
  return isTold('other') ? known('0'.repeat(64)) : unknown(`what is in ${path}`);
};

const userIn = (answer: Answer): Seen<GuestUser> => {
  const [name, uid = '', gid = '', home] = single(answer, 'user') ?? [];
  return name !== undefined && home?.startsWith('/') && /^\d+$/.test(uid) && /^\d+$/.test(gid)
    ? known({ name, uid: Number(uid), gid: Number(gid), home })
    : unknown('who its user is');
};

/** Processors in a list as the kernel writes it: `0-3,6`. */
const cpusIn = (answer: Answer): Seen<number> => {
  const list = single(answer, 'cpus')?.[0] ?? '';
  if (!/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/.test(list)) return unknown('its processors');
  const counts = list.split(',').map((range) => {
    const [first = '', last = first] = range.split('-');
    return Number(last) - Number(first) + 1;
  });
  return counts.every((count) => count > 0)
    ? known(counts.reduce((sum, one) => sum + one, 0))
    : unknown('its processors');
};

const KIB_PER_MIB = 1024;

const memoryIn = (answer: Answer): Seen<number> => {
  const kib = single(answer, 'memory')?.[0] ?? '';
  return /^\d{1,12}$/.test(kib) ? known(Math.round(Number(kib) / KIB_PER_MIB)) : unknown('its memory');
};

const ROUTE_UP = 0x1;

const routeIn = (answer: Answer): Seen<boolean> =>
  answer.seen.has('route')
    ? known(answer.of('route').some(([flags = '']) => (Number.parseInt(flags, 16) & ROUTE_UP) !== 0))
    : unknown('its routes');

const roomIn = (answer: Answer): GuestFacts['room'] => {
  const [, size, total, free] =
    /^(\d{1,9}) (\d{1,15}) (\d{1,15})$/.exec(single(answer, 'room')?.[0] ?? '') ?? [];
  if (size === undefined || Number(total) === 0) return unknown('how full its disk is');
  return known({ totalBytes: Number(size) * Number(total), freeBytes: Number(size) * Number(free) });
};

const hostnameIn = (answer: Answer): Seen<string> => {
  const name = single(answer, 'hostname')?.[0];
  return name !== undefined && /^[A-Za-z0-9.-]{1,64}$/.test(name) ? known(name) : unknown('its name');
};

/**
 * What the guest says of itself, for what was asked about and nothing else. What is missing, cut off or of the wrong
 * form is unknown.
 * @throws AgentvmError OBSERVATION_FAILED when nothing makes sense.
 */
export const factsFrom = (request: FactsRequest, output: string): GuestFacts => {
  const answer = readAnswer(output);
  const bootId = single(answer, 'boot')?.[0];
  if (bootId === undefined || !/^[0-9a-f-]{36}$/.test(bootId)) {
    throw guestFailure({
      code: 'OBSERVATION_FAILED',
      message: 'The machine did not say how it is',
      hint: 'Look into it: `agentvm shell`.',
    });
  }
  return {
    bootId,
    packages: packagesIn(answer, request.packages),
    agents: Object.fromEntries(request.agents.map((agent) => [agent.name, agentIn(answer, agent)])),
    mounts: mountsIn(answer),
    scripts: scriptsIn(answer, request.scripts),
    files: Object.fromEntries(request.files.map((path) => [path, fileIn(answer, path)])),
    hostname: hostnameIn(answer),
    user: userIn(answer),
    cpus: cpusIn(answer),
    memoryMiB: memoryIn(answer),
    hasRoute: routeIn(answer),
    room: roomIn(answer),
  };
};
