import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Dialled, GateTarget } from '../secrets/gate-options.ts';

/** The proxy that this host itself would use for a target; undefined where it dials. */
export type ProxyChoice = (host: string, port: number) => URL | undefined;

const HTTP_PORT = 80;
const ANSWER_TIMEOUT_MS = 20_000;
const KEEP_ALIVE_MS = 60_000;

type Env = Readonly<Record<string, string | undefined>>;

const parseProxy = (text: string): URL | undefined => {
  try {
    const url = new URL(text.includes('://') ? text : `http://${text}`);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
};

/** `no_proxy` as curl and others read it: names with what is below them, `*`, each with a port or without. */
const isExcepted = (list: string, host: string, port: number): boolean =>
  list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, pattern = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (only !== undefined && Number(only) !== port) return false;
      if (pattern === '*') return true;
      const name = pattern.replace(/^\*?\./, '');
      return host === name || host.endsWith(`.${name}`);
    });

/** The choice that the environment of a process means. */
export const proxyFromEnvironment = (env: Env): ProxyChoice => {
  const read = (name: string): string => env[name] ?? env[name.toUpperCase()] ?? '';
  const exceptions = read('no_proxy');
  const forAll = read('all_proxy');
  const forHttp = parseProxy(read('http_proxy') || forAll);
  const forOthers = parseProxy(read('https_proxy') || forAll);
  return (host, port) => {
    const proxy = port === HTTP_PORT ? forHttp : forOthers;
    return proxy === undefined || isExcepted(exceptions, host, port) ? undefined : proxy;
  };
};

/** A proxy's own word that it does not lead there. */
export class ProxyRefusedError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`this host's proxy answers with status ${status}`);
    this.name = 'ProxyRefusedError';
    this.status = status;
  }
}

/** What a proxy wants to know of who asks; empty where its URL tells nothing. */
export const proxyAuthorization = ({ username, password }: URL): Readonly<Record<string, string>> => {
  if (username === '') return {};
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(words).toString('base64')}` };
};

const placeOf = ({ hostname, port, protocol }: URL): { readonly host: string; readonly port: number } => ({
  host: hostname.replace(/^\[(.*)\]$/, '$1'),
  port: port === '' ? (protocol === 'https:' ? 443 : HTTP_PORT) : Number(port),
});

/**
 * Connects to a proxy itself, for requests that name their whole URL (RFC 9112, section 3.2.2).
 * @throws the system's error; the signal's reason after an abort.
 */
export const connectToProxy = (proxy: URL, { host }: GateTarget, signal: AbortSignal): Promise<Dialled> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const place = placeOf(proxy);
    const socket: Socket =
      proxy.protocol === 'https:'
        ? connectTls({ ...place, ...(isIP(place.host) === 0 ? { servername: place.host } : {}) })
        : connect(place);
    const abort = (): void => void socket.destroy(new Error('aborted'));
    const timer = setTimeout(
      () => socket.destroy(new Error("this host's proxy does not answer")),
      ANSWER_TIMEOUT_MS,
    );
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', (error) => {
      settle();
      reject(error);
    });
    socket.once(proxy.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      settle();
      socket.on('error', () => {});
      resolve({ socket, address: host });
    });
  });

/**
 * Connects through a proxy by CONNECT (RFC 9110, section 9.3.6).
 * @throws ProxyRefusedError, the system's error; the signal's reason after an abort.
 */
export const connectThrough = (
  proxy: URL,
  { host, port }: GateTarget,
  signal: AbortSignal,
): Promise<Dialled> =>
  new Promise((resolve, reject) => {
    const path = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
      ...placeOf(proxy),
      method: 'CONNECT',
      path,
      headers: { Host: path, ...proxyAuthorization(proxy) },
      agent: false,
      timeout: ANSWER_TIMEOUT_MS,
      signal,
    });
    request.once('connect', ({ statusCode = 0 }: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => {});
      socket.setTimeout(0);
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        reject(new ProxyRefusedError(statusCode));
        return;
      }
      socket.allowHalfOpen = true;
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      if (head.length > 0) socket.unshift(head);
      resolve({ socket, address: host });
    });
    request.once('response', (response: IncomingMessage) => {
      response.destroy();
      reject(new ProxyRefusedError(response.statusCode ?? 0));
    });
    request.once('timeout', () => request.destroy(new Error("this host's proxy does not answer")));
    request.once('error', reject);
    request.end();
  });
