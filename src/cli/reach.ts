import { networkInterfaces } from 'node:os';
import { connectFirst } from '../keeper/network/connect-first.ts';
import { createDialler } from '../keeper/network/dialler.ts';
import { createHostResolver } from '../keeper/network/host-resolver.ts';
import { createNameBudget } from '../keeper/network/name-budget.ts';
import { proxyFromEnvironment } from '../keeper/network/upstream-proxy.ts';
import type { Dialled } from '../keeper/secrets/gate-options.ts';
import type { Context } from '../lib/context.ts';
import { canonicalHostName } from '../lib/host-name.ts';
import { isPatternFault, parseHostPattern } from '../lib/host-pattern.ts';
import { ipText, parseIpAddress } from '../lib/ip-address.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { EgressSpec } from '../model/network.ts';
import type { NetworkCheckDocument } from '../model/network-check.ts';
import {
  decideAddress,
  decideName,
  HOST_NAME,
  mayDial,
  mayReachHost,
  mayResolve,
} from '../policy/egress/decide.ts';
import { compileEgress, type EgressRules } from '../policy/egress/rules.ts';

export type Target = { readonly host: string; readonly port: number };

export type Reach = Omit<NetworkCheckDocument, 'kind' | 'version' | 'machine'>;

const USUAL_PORT = 443;
/** Where QEMU's user network shows this host to the guest. */
const HOST_ADDRESS = '10.0.2.2';
const LOOPBACK = '127.0.0.1';
const ANSWER_TIMEOUT_MS = 5000;

/**
 * Reads `HOST`, `HOST:PORT`, an IPv4 address or an IPv6 address, that in brackets before a port.
 * @throws AgentvmError HOST_INVALID (exit 3).
 */
export const parseTarget = (text: string): Target => {
  const [, bracketed, plain, digits] = /^(?:\[([^[\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = digits === undefined ? USUAL_PORT : Number(digits);
  const written = bracketed ?? plain ?? text;
  const address = parseIpAddress(written);
  const host = address === undefined ? canonicalHostName(written) : ipText(address);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  const pattern = parseHostPattern(text);
  const fault = isPatternFault(pattern)
    ? pattern
    : {
        why: 'names no host',
        hint: 'Write a name or an address, with :PORT where it is not 443: github.com, db.example:5432, [2001:db8::1]:443.',
      };
  throw new AgentvmError({
    code: 'HOST_INVALID',
    exitCode: ExitCode.usage,
    message: `'${text}' ${fault.why}`,
    hint: fault.hint,
  });
};

type Answer = NonNullable<Reach['answer']>;

const whyOf = (error: unknown): string => {
  if ((error as Error).name === 'TimeoutError') return `no answer within ${ANSWER_TIMEOUT_MS / 1000} s`;
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
};

/** Whether something takes a connection, and how soon. */
const tryAnswer = async (dial: (signal: AbortSignal) => Promise<Dialled>): Promise<Answer> => {
  const begunMs = performance.now();
  try {
    const { socket, address } = await dial(AbortSignal.timeout(ANSWER_TIMEOUT_MS));
    socket.destroy();
    return { kind: 'answered', address, elapsedMs: Math.round(performance.now() - begunMs) };
  } catch (error) {
    return { kind: 'failed', why: whyOf(error) };
  }
};

/** This host as the keeper has it: its resolver, and its proxy where it has one. */
const hostOf = ({ env, clock }: Context, rules: EgressRules) => {
  const resolve = createHostResolver({ now: clock.now });
  const proxyFor = proxyFromEnvironment(env);
  const budget = createNameBudget(clock.now);
  return { resolve, proxyFor, dial: createDialler({ rules: () => rules, resolve, budget, proxyFor }) };
};

const reachThisHost = async (rules: EgressRules, { host, port }: Target): Promise<Reach> => {
  const word = mayReachHost(rules, port);
  const answer = word.allowed ? await tryAnswer((signal) => connectFirst([LOOPBACK], port, signal)) : null;
  return { host, port, ...word, resolution: null, addresses: [], answer };
};

const reachAddress = async (context: Context, rules: EgressRules, { host, port }: Target): Promise<Reach> => {
  const word = decideAddress(rules, host, port, []);
  const answer = word.allowed
    ? await tryAnswer((signal) => hostOf(context, rules).dial({ host, port }, signal))
    : null;
  return { host, port, ...word, resolution: null, addresses: [], answer };
};

const reachName = async (context: Context, rules: EgressRules, { host, port }: Target): Promise<Reach> => {
  const asked = [mayResolve(rules, host), decideName(rules, host, port)];
  const word = asked.find(({ allowed }) => !allowed) ?? decideName(rules, host, port);
  const nothing = { resolution: null, addresses: [], answer: null };
  if (!word.allowed) return { host, port, ...word, ...nothing };
  const { resolve, proxyFor, dial } = hostOf(context, rules);
  const resolution = await resolve(host);
  const told = {
    kind: resolution.kind,
    why: resolution.kind === 'failed' ? resolution.why : null,
  };
  const found = resolution.kind === 'found' ? resolution.addresses : [];
  const addresses = found.map((address) => ({ address, ...mayDial(rules, address, port) }));
  const open = addresses.filter(({ allowed }) => allowed).map(({ address }) => address);
  const [first] = addresses;
  // Where every address is refused, that is the answer, whatever the name's own rule says.
  const verdict = open.length === 0 && first !== undefined ? { allowed: false, rule: first.rule } : word;
  // A proxy may know names that this host does not.
  const isTried = open.length > 0 || (first === undefined && proxyFor(host, port) !== undefined);
  const answer = isTried ? await tryAnswer((signal) => dial({ host, port }, signal)) : null;
  return { host, port, ...verdict, resolution: told, addresses, answer };
};

/** What a machine with these rules comes to with a target: by the rules, by this host's resolver, and really. */
export const reachOf = (context: Context, egress: EgressSpec, target: Target): Promise<Reach> => {
  const own = Object.values(networkInterfaces()).flatMap((some) =>
    (some ?? []).map(({ address }) => address),
  );
  const rules = compileEgress(egress, context.clock.now(), own);
  if (target.host === HOST_NAME || target.host === HOST_ADDRESS) return reachThisHost(rules, target);
  return parseIpAddress(target.host) === undefined
    ? reachName(context, rules, target)
    : reachAddress(context, rules, target);
};
