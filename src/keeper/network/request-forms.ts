import type { GateTarget, RequestForm } from '../secrets/gate-options.ts';
import type { Dial } from './dialler.ts';
import { meansHost } from './host-loopback.ts';
import { type ProxyChoice, ProxyRefusedError, proxyAuthorization } from './upstream-proxy.ts';

export type RequestFormsOptions = {
  readonly proxyFor: ProxyChoice;
  readonly dial: Dial;
  readonly now: () => Date;
};

/** How requests over plain HTTP are written for a target. Never rejects. */
export type RequestForms = (target: GateTarget, signal: AbortSignal) => Promise<RequestForm>;

const ORIGIN: RequestForm = { kind: 'origin' };
const KEPT_MS = 10 * 60_000;
const LIMIT = 1000;
/** How proxies say that they lead nobody there by CONNECT: Squid allows it to port 443 alone, as it comes. */
const NO_TUNNEL: ReadonlySet<number> = new Set([400, 403, 405, 501]);

/**
 * Behind a proxy plain HTTP takes a tunnel, as all else does, where the proxy makes one to that port; where it does not,
 * a request names its whole URL, which every proxy understands.
 */
export const createRequestForms = ({ proxyFor, dial, now }: RequestFormsOptions): RequestForms => {
  /** A port that a proxy leads to by CONNECT, and hosts that it did not lead to: until when this counts. */
  const known = new Map<string, { readonly isTunnel: boolean; readonly untilMs: number }>();
  const remember = (key: string, isTunnel: boolean): void => {
    known.delete(key);
    known.set(key, { isTunnel, untilMs: now().getTime() + KEPT_MS });
    const [oldest] = known.keys();
    if (known.size > LIMIT && oldest !== undefined) known.delete(oldest);
  };
  const recall = (key: string): boolean | undefined => {
    const one = known.get(key);
    return one === undefined || one.untilMs <= now().getTime() ? undefined : one.isTunnel;
  };
  return async (target, signal) => {
    const proxy = proxyFor(target.host, target.port);
    if (proxy === undefined || meansHost(target.host)) return ORIGIN;
    const absolute: RequestForm = { kind: 'absolute', headers: Object.entries(proxyAuthorization(proxy)) };
    const [port, place] = [`${proxy.host} ${target.port}`, `${proxy.host} ${target.host}:${target.port}`];
    if (recall(port) === true) return ORIGIN;
    if (recall(place) === false) return absolute;
    try {
      const { socket } = await dial(target, signal);
      socket.destroy();
      remember(port, true);
      return ORIGIN;
    } catch (error) {
      // Whatever else goes wrong, the request itself will tell.
      if (!(error instanceof ProxyRefusedError) || !NO_TUNNEL.has(error.status)) return ORIGIN;
      remember(place, false);
      return absolute;
    }
  };
};
