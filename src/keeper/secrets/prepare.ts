import type { IncomingMessage } from 'node:http';
import { AgentvmError } from '../../model/errors.ts';
import type { SecretSpec } from '../../model/network.ts';
import { DialRefusedError, type GateTarget, type HttpGateOptions, type Origin } from './gate-options.ts';
import { findInHeaders, type Header, PlaceholderFoundError, putIn, secretsInText } from './placeholders.ts';
import type { Refusal } from './refusal.ts';
import { checkRequest, type RequestHead } from './request-head.ts';
import { isForHost } from './secret-hosts.ts';
import type { Upstream } from './upstream.ts';

/** One connection of the guest, as its requests see it. */
export type Connection = {
  readonly origin: Origin;
  /** The name that TLS was ended for; absent for plain HTTP. */
  readonly serverName?: string;
  readonly upstream: Upstream;
  /** Where the request of the moment goes. */
  target?: GateTarget;
  isBusy: boolean;
  /** A request was refused: what stands behind it is not looked at any more. */
  isOver: boolean;
};

/** What it takes to decide about a request. */
export type PrepareTools = Pick<HttpGateOptions, 'decide' | 'secrets' | 'valueOf'> & {
  readonly remember: (secret: SecretSpec, value: string) => void;
  /** Values that went out to this host and are starred out of what comes back. */
  readonly formsFor: (host: string) => readonly Buffer[];
};

/** A request as it is sent on. */
export type Prepared = {
  readonly head: RequestHead;
  readonly headers: readonly Header[];
  readonly secrets: readonly SecretSpec[];
  readonly rule: string;
};

const misplacedRefusal = (secret: SecretSpec, place: string): Refusal => ({
  status: 403,
  text: `the placeholder of ${secret.name} may not stand in ${place}; it belongs into a header of a request to ${secret.hosts.join(', ')}`,
  rule: `placeholder in ${place}`,
  secrets: [secret.name],
});

/** Why a request may not be sent on by the rules, before anything is dialled. */
const refuseByRules = (
  tools: PrepareTools,
  connection: Connection,
  head: RequestHead,
): Refusal | undefined => {
  const { host, port } = head.target;
  if (connection.serverName !== undefined && host !== connection.serverName) {
    return {
      status: 421,
      text: `this connection was made for ${connection.serverName}`,
      rule: 'another host than the TLS name',
    };
  }
  const verdict = tools.decide({ host, port });
  return verdict.allowed
    ? undefined
    : { status: 403, text: `${host}:${port} is not allowed (${verdict.rule})`, rule: verdict.rule };
};

/** Why the placeholders of a request keep it from being sent on. */
const refuseByPlaceholders = (
  connection: Connection,
  head: RequestHead,
  method: string,
  all: readonly SecretSpec[],
): Refusal | { readonly wanted: readonly SecretSpec[] } => {
  const [inUrl] = secretsInText(head.path, all);
  if (inUrl !== undefined) return misplacedRefusal(inUrl, 'a URL');
  const { wanted, misplaced } = findInHeaders(head.headers, all);
  const [wrong] = misplaced;
  if (wrong !== undefined) return misplacedRefusal(wrong.secret, wrong.place);
  const foreign = wanted.find((secret) => !isForHost(secret, head.target.host));
  if (foreign !== undefined) return misplacedRefusal(foreign, `a request to ${head.target.host}`);
  const [first] = wanted;
  if (first !== undefined && connection.serverName === undefined)
    return misplacedRefusal(first, 'a request without TLS');
  if (first !== undefined && method === 'TRACE') return misplacedRefusal(first, 'a TRACE request');
  return { wanted };
};

/** With a value in the request the answer must be one that can be looked into: whole and unpacked. */
const askInClear = (headers: readonly Header[]): readonly Header[] => [
  ...headers.filter(
    ([name]) =>
      !['accept-encoding', 'range', 'if-range', 'sec-websocket-extensions'].includes(name.toLowerCase()),
  ),
  ['Accept-Encoding', 'identity'],
];

/** Packings that passOn looks into. */
const KNOWN_PACKING = /^(?:gzip|x-gzip|deflate|br|identity)\s*(?:;|$)/i;

/** A server that was sent a value may have kept it, and tell it later: packed only in a way that can be looked into. */
const askSeeably = (headers: readonly Header[]): readonly Header[] => [
  ...headers.flatMap(([name, value]): readonly Header[] => {
    if (name.toLowerCase() === 'sec-websocket-extensions') return [];
    if (name.toLowerCase() !== 'accept-encoding') return [[name, value]];
    const known = value.split(',').filter((one) => KNOWN_PACKING.test(one.trim()));
    return [[name, known.length === 0 ? 'identity' : known.join(',').trim()]];
  }),
];

/** Decides about a request, and puts values where placeholders are. */
export const prepare = async (
  tools: PrepareTools,
  connection: Connection,
  request: IncomingMessage,
): Promise<Prepared | Refusal> => {
  const checked = checkRequest(request, connection.origin);
  if (checked.kind === 'invalid') {
    return {
      status: 400,
      text: `the request is not valid: ${checked.why}`,
      rule: `malformed request: ${checked.why}`,
    };
  }
  const { head } = checked;
  connection.target = head.target;
  const byRules = refuseByRules(tools, connection, head);
  if (byRules !== undefined) return byRules;
  const { rule } = tools.decide(head.target);
  const all = tools.secrets();
  if (all.length === 0) return { head, headers: head.headers, secrets: [], rule };
  const found = refuseByPlaceholders(connection, head, request.method ?? '', all);
  if ('status' in found) return found;
  if (found.wanted.length === 0) {
    const isTold = tools.formsFor(head.target.host).length > 0;
    return { head, headers: isTold ? askSeeably(head.headers) : head.headers, secrets: [], rule };
  }
  try {
    const values = await Promise.all(
      found.wanted.map(async (secret) => {
        const value = await tools.valueOf(secret);
        tools.remember(secret, value);
        return { placeholder: secret.placeholder, value };
      }),
    );
    return { head, headers: askInClear(putIn(head.headers, values)), secrets: found.wanted, rule };
  } catch (error) {
    const text =
      error instanceof AgentvmError
        ? `${error.message}. For the machine's owner: ${error.hint ?? ''}`.replaceAll('\n', ' ')
        : 'a secret could not be read';
    return { status: 503, text, rule: 'secret not available', secrets: found.wanted.map(({ name }) => name) };
  }
};

/** Why a server could not be asked. */
export const refusalOf = (connection: Connection, error: Error, secrets: readonly SecretSpec[]): Refusal => {
  const host = connection.target?.host ?? 'the server';
  const names = secrets.length === 0 ? {} : { secrets: secrets.map(({ name }) => name) };
  if (error instanceof PlaceholderFoundError) return misplacedRefusal(error.secret, 'the body of a request');
  if (error instanceof DialRefusedError) {
    return {
      status: 403,
      text: `${host} is not allowed (${error.rule})`,
      rule: error.rule,
      ...(error.address === undefined ? {} : { address: error.address }),
      ...names,
    };
  }
  const code = (error as NodeJS.ErrnoException).code ?? 'no answer';
  return {
    status: 502,
    text: `${host} could not be reached (${code})`,
    rule: `unreachable: ${code}`,
    ...names,
  };
};
