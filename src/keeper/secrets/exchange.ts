import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { type Header, PlaceholderFoundError, placeholderScan } from './placeholders.ts';
import { type Connection, type PrepareTools, prepare, refusalOf } from './prepare.ts';
import { type Refusal, refuseRequest } from './refusal.ts';
import type { RequestHead } from './request-head.ts';
import { passOn } from './response.ts';
import { joinUpgraded } from './upgrade.ts';

/** Servers send policies of tens of kilobytes in their heads. */
const ANSWER_HEAD_BYTES = 128 * 1024;

export type ExchangeTools = PrepareTools & {
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

const isIdempotent = (method = ''): boolean => /^(?:GET|HEAD|OPTIONS|TRACE|PUT|DELETE)$/.test(method);

/** `*` is the server itself, which a URL without a path names (RFC 9112, section 3.2.4). */
const wholeUrl = ({ target: { host, port }, path }: RequestHead): string =>
  `http://${host.includes(':') ? `[${host}]` : host}${port === 80 ? '' : `:${port}`}${path === '*' ? '' : path}`;

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
  const prepared = await prepare(tools, connection, request);
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
  const form = await connection.upstream.turnTo(head.target);
  if (form.kind === 'absolute' && request.method === 'TRACE') {
    // A proxy would tell what it was told, and that can hold this host's password for it.
    refuse({ status: 405, text: 'TRACE is not passed to a proxy', rule: 'TRACE to a proxy' });
    return;
  }
  const send = (): ClientRequest => {
    const options = {
      agent: connection.upstream.agent,
      host: head.target.host,
      port: head.target.port,
      method: request.method ?? 'GET',
      path: form.kind === 'origin' ? head.path : wholeUrl(head),
      headers: [...headers, ...upgradeHeaders, ...(form.kind === 'origin' ? [] : form.headers)].flat(),
      setHost: false,
      maxHeaderSize: ANSWER_HEAD_BYTES,
      // For the agent, which opens the connection.
      form: form.kind,
    };
    return httpRequest(options);
  };
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
        // The server ended a connection that it had kept. What does the same twice as once (RFC 9110, section 9.2.2)
        // and has no body can be said again, the rest the guest must.
        if (!head.hasBody && isIdempotent(request.method) && upgrade === undefined && !isRetried) {
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
      const passed = passOn(answer, forms, { mustSee: forms.length > 0, hasBody });
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
      onward.once('response', (answer) => {
        try {
          receive(answer);
        } catch {
          // A status that is none, or a header that may not be written: the server is nobody's friend.
          abandon();
          guest.destroy();
        }
      });
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
