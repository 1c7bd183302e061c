import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createHostResolver } from '../keeper/network/host-resolver.ts';
import type { Context } from '../lib/context.ts';
import { canonicalHostName } from '../lib/host-name.ts';
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
  throw new AgentvmError({
    code: 'HOST_INVALID',
    exitCode: ExitCode.usage,
    message: `'${text}' names no host`,
    hint: 'Write a name or an address, with :PORT where it is not 443: github.com, db.example:5432, [2001:db8::1]:443.',
  });
};

/** Whether something takes a connection, and how soon. */
const tryAnswer = (addresses: readonly string[], port: number): Promise<NonNullable<Reach['answer']>> =>
  new Promise((resolve) => {
    const [address = ''] = addresses;
    const begunMs = performance.now();
    const socket = connect({ host: address, port, timeout: ANSWER_TIMEOUT_MS });
    const end = (answer: NonNullable<Reach['answer']>): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () =>
      end({ kind: 'answered', address, elapsedMs: Math.round(performance.now() - begunMs) }),
    );
    socket.once('timeout', () =>
      end({ kind: 'failed', why: `no answer within ${ANSWER_TIMEOUT_MS / 1000} s` }),
    );
    socket.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      end({ kind: 'failed', why: code ?? message }),
    );
  });

const reachThisHost = async (rules: EgressRules, { host, port }: Target): Promise<Reach> => {
  const word = mayReachHost(rules, port);
  const answer = word.allowed ? await tryAnswer([LOOPBACK], port) : null;
  return { host, port, ...word, resolution: null, addresses: [], answer };
};

const reachAddress = async (rules: EgressRules, { host, port }: Target): Promise<Reach> => {
  const word = decideAddress(rules, host, port, []);
  const answer = word.allowed ? await tryAnswer([host], port) : null;
  return { host, port, ...word, resolution: null, addresses: [], answer };
};

const reachName = async (context: Context, rules: EgressRules, { host, port }: Target): Promise<Reach> => {
  const asked = [mayResolve(rules, host), decideName(rules, host, port)];
  const word = asked.find(({ allowed }) => !allowed) ?? decideName(rules, host, port);
  const nothing = { resolution: null, addresses: [], answer: null };
  if (!word.allowed) return { host, port, ...word, ...nothing };
  const resolution = await createHostResolver({ now: context.clock.now })(host);
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
  const answer = open.length === 0 ? null : await tryAnswer(open, port);
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
    : reachAddress(rules, target);
};
