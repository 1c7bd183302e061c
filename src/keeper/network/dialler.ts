import { isIP } from 'node:net';
import { mayDial } from '../../policy/egress/decide.ts';
import type { EgressRules } from '../../policy/egress/rules.ts';
import {
  type Dialled,
  DialRefusedError,
  type GateTarget,
  type RequestForm,
} from '../secrets/gate-options.ts';
import { connectFirst } from './connect-first.ts';
import type { HostResolver } from './host-resolver.ts';
import { type NameBudget, TOO_MANY_NAMES } from './name-budget.ts';
import { connectThrough, connectToProxy, type ProxyChoice } from './upstream-proxy.ts';

/**
 * Connects to our own resolution of a target; rejects with DialRefusedError or the system's error. With the form
 * `absolute` to this host's proxy for it, where there is one.
 */
export type Dial = (target: GateTarget, signal: AbortSignal, form?: RequestForm['kind']) => Promise<Dialled>;

export type DiallerOptions = {
  readonly rules: () => EgressRules;
  readonly resolve: HostResolver;
  /** A name in a request or a hello carries as much to its domain's servers as one in a question. */
  readonly budget: NameBudget;
  /** The proxy that this host itself reaches a target by. */
  readonly proxyFor: ProxyChoice;
};

const addressesOf = async ({ resolve, budget }: DiallerOptions, host: string): Promise<readonly string[]> => {
  if (isIP(host) !== 0) return [host];
  if (!budget.admits(host)) throw new DialRefusedError(TOO_MANY_NAMES);
  const resolution = await resolve(host);
  return resolution.kind === 'found' ? resolution.addresses : [];
};

/** Every address is judged here, also the one that a guest dialled itself: this is the last place before the wire. */
export const createDialler =
  (options: DiallerOptions): Dial =>
  async ({ host, port }, signal, form) => {
    const { rules, proxyFor } = options;
    const addresses = await addressesOf(options, host);
    const judged = addresses.map((address) => ({ address, ...mayDial(rules(), address, port) }));
    const allowed = judged.filter((one) => one.allowed).map((one) => one.address);
    const [refused] = judged;
    if (allowed.length === 0 && refused !== undefined)
      throw new DialRefusedError(refused.rule, refused.address);
    const proxy = proxyFor(host, port);
    if (proxy !== undefined) {
      const connect = form === 'absolute' ? connectToProxy : connectThrough;
      return connect(proxy, { host, port }, signal);
    }
    if (allowed.length === 0) throw new Error(`there is no address of ${host}`);
    return connectFirst(allowed, port, signal);
  };
