import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import { AgentvmError } from '../../model/errors.ts';
import type { SecretSpec } from '../../model/network.ts';
import { DialRefusedError, type GateTarget, type HttpGateOptions, type Origin } from './gate-options.ts';
import { maskStream } from './masking.ts';
import {
  findInHeaders,
  type Header,
  PlaceholderFoundError,
  placeholderScan,
  putIn,
  secretsInText,
} from './placeholders.ts';
import { type Refusal, refuseRequest } from './refusal.ts';
import { checkRequest, type RequestHead } from './request-head.ts';
import { passOn, upgradeHead } from './response.ts';
import { isForHost } from './secret-hosts.ts';
import type { Upstream } from './upstream.ts';

/** Servers send policies of tens of kilobytes in their heads. */
const ANSWER_HEAD_BYTES = 128 * 1024;

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

export type ExchangeTools = Pick<HttpGateOptions, 'decide' | 'secrets' | 'valueOf'> & {
  /** Values that went out to this host and are starred out of what comes back. */
  readonly formsFor: (host: string) => readonly Buffer[];
  readonly remember: (secret: SecretSpec, value: string) => void;
  readonly recordPassed: (connection: Connection, rule: string, secrets: readonly string[]) => void;
  readonly recordRefused: (connection: Connection, refusal: Refusal) => void;
};

/** What the guest asked for, as Node gives it: with a raw socket where the protocol is to change. */
export type Ask = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upgrade?: { readonly socket: Duplex; readonly head: Buffer };
  /** Tells the guest to send the body that it asked about first. */
  readonly expectsContinue: boolean;
};

type Prepared = {
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
  tools: ExchangeTools,
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

const prepare = async (
  tools: ExchangeTools,
  connection: Connection,
  ask: Ask,
): Promise<Prepared | Refusal> => {
  const checked = checkRequest(ask.request, connection.origin);
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
  const found = refuseByPlaceholders(connection, head, ask.request.method ?? '', all);
  if ('status' in found) return found;
  if (found.wanted.length === 0) return { head, headers: head.headers, secrets: [], rule };
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
    const text = error instanceof AgentvmError ? error.message : 'a secret could not be read';
    return { status: 503, text, rule: 'secret not available', secrets: found.wanted.map(({ name }) => name) };
  }
};

/** Why a server could not be asked. */
const refusalOf = (connection: Connection, error: Error, secrets: readonly SecretSpec[]): Refusal => {
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

/**
 * Sends one request of the guest on and its answer back; settles when both are over. Whatever goes wrong ends in a
 * refusal, or in the end of the connection once the answer has begun.
 */
export const exchange = async (tools: ExchangeTools, connection: Connection, ask: Ask): Promise<void> => {
  const { request, response, upgrade } = ask;
  // Node takes it off the request once that is over.
  const guest = request.socket;
  const refuse = (refusal: Refusal): void => {
    connection.isOver = true;
    if (guest.destroyed) return;
    tools.recordRefused(connection, refusal);
    if (response.headersSent || response.destroyed) guest.destroy();
    else refuseRequest(request, refusal);
  };
  const prepared = await prepare(tools, connection, ask);
  if ('status' in prepared) {
    refuse(prepared);
    return;
  }
  const { head, headers, secrets, rule } = prepared;
  if (upgrade !== undefined && head.hasBody) {
    refuse({
      status: 400,
      text: 'an upgrade with a body',
      rule: 'malformed request: an upgrade with a body',
    });
    return;
  }
  const names = secrets.map(({ name }) => name);
  const upgradeHeaders: readonly Header[] =
    upgrade === undefined
      ? []
      : [
          ['Connection', 'Upgrade'],
          ['Upgrade', request.headers.upgrade ?? ''],
        ];
  const send = (): ClientRequest =>
    httpRequest({
      agent: connection.upstream.agent,
      host: head.target.host,
      port: head.target.port,
      method: request.method ?? 'GET',
      path: head.path,
      headers: [...headers, ...upgradeHeaders].flat(),
      setHost: false,
      maxHeaderSize: ANSWER_HEAD_BYTES,
    });
  await new Promise<void>((settle) => {
    let isRetried = false;
    let isAnswered = false;
    let onward: ClientRequest;
    const abandon = (): void => {
      onward.destroy();
      settle();
    };
    const finish = (): void => {
      guest.off('close', abandon);
      settle();
    };
    const fail = (error: Error): void => {
      onward.destroy();
      if (isAnswered) {
        guest.destroy();
      } else if (onward.reusedSocket && !(error instanceof PlaceholderFoundError)) {
        // The server ended a connection that it had kept: what has no body can be said again, the rest the guest must.
        if (!head.hasBody && upgrade === undefined && !isRetried) {
          isRetried = true;
          attempt();
          return;
        }
        guest.destroy();
      } else {
        refuse(refusalOf(connection, error, secrets));
      }
      isAnswered = true;
      finish();
    };
    const receive = (answer: IncomingMessage): void => {
      isAnswered = true;
      const hasBody = request.method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304;
      const forms = tools.formsFor(head.target.host);
      const passed = passOn(answer, forms, { mustSee: secrets.length > 0, hasBody });
      if (passed === undefined) {
        onward.destroy();
        refuse({
          status: 502,
          text: 'the answer is packed in a way that cannot be looked into',
          rule: 'answer with an unknown encoding',
          secrets: names,
        });
        finish();
        return;
      }
      response.sendDate = false;
      response.writeHead(passed.status, passed.reason, passed.headers.flat());
      response.flushHeaders();
      pipeline([answer, ...passed.stages, response], (error) => {
        if (error) guest.destroy();
        // A server that answers before it has heard all wants no more of it.
        else if (!request.complete) guest.destroySoon();
        if (error || !request.complete) onward.destroy();
        finish();
      });
    };
    const attempt = (): void => {
      onward = send();
      onward.maxHeadersCount = 0;
      onward.once('socket', () => tools.recordPassed(connection, rule, names));
      onward.on('error', (error) => {
        if (!isAnswered) fail(error);
      });
      onward.once('response', receive);
      onward.once('upgrade', (answer, socket, rest) => {
        if (upgrade === undefined) {
          socket.destroy();
          fail(new Error('an upgrade that nobody asked for'));
          return;
        }
        isAnswered = true;
        const forms = tools.formsFor(head.target.host);
        joinUpgraded({ ...upgrade, response }, { answer, socket, rest }, forms, finish);
      });
      if (!head.hasBody) {
        onward.end();
        return;
      }
      const all = tools.secrets();
      const scan = all.length === 0 ? undefined : placeholderScan(all);
      scan?.once('error', fail);
      // Not a pipeline, which would end the guest's connection too, before it has read why.
      request.on('error', () => {});
      (scan === undefined ? request : request.pipe(scan)).pipe(onward);
    };
    guest.once('close', abandon);
    if (ask.expectsContinue) response.writeContinue();
    attempt();
  });
};

/** From here on both sides speak what only they understand; values are still starred out of what comes back. */
const joinUpgraded = (
  guest: { readonly socket: Duplex; readonly head: Buffer; readonly response: ServerResponse },
  server: { readonly answer: IncomingMessage; readonly socket: Socket; readonly rest: Buffer },
  forms: readonly Buffer[],
  done: () => void,
): void => {
  guest.response.detachSocket(guest.socket as Socket);
  server.socket.setTimeout(0);
  guest.socket.write(upgradeHead(server.answer, forms), 'latin1');
  if (server.rest.length > 0) server.socket.unshift(server.rest);
  if (guest.head.length > 0) server.socket.write(guest.head);
  const [client, onward] = [guest.socket as Socket, server.socket];
  const end = (): void => {
    client.destroy();
    onward.destroy();
  };
  client.once('error', end);
  onward.once('error', end);
  client.once('close', () => {
    onward.destroySoon();
    done();
  });
  onward.once('close', () => client.destroySoon());
  client.pipe(onward);
  (forms.length === 0 ? onward : onward.pipe(maskStream(forms))).pipe(client);
};
