import type { Socket } from 'node:net';
import { parseClientHello } from './client-hello.ts';
import { looksLikeHttp, parseHttpHead } from './http-head.ts';

/** What a client said first, as far as it tells whom it wants. */
export type FirstWords = {
  readonly protocol: 'tls' | 'http' | 'tcp';
  /** Whom it names; in an HTTP request it can be an address. */
  readonly name?: string;
  /** The hello may carry another one that nobody but the server can read. */
  readonly hasEch?: boolean;
  /** Why it may be understood in two ways. */
  readonly unclear?: string;
  readonly bytes: Buffer;
};

const LIMIT_BYTES = 16 * 1024;

const unclearHello = (why: string, bytes: Buffer): FirstWords => ({
  protocol: 'tls',
  unclear: `unclear hello: ${why}`,
  bytes,
});

const unclearRequest = (why: string, bytes: Buffer): FirstWords => ({
  protocol: 'http',
  unclear: `unclear request: ${why}`,
  bytes,
});

/** Undefined where more bytes are needed to tell. */
export const judgeFirstWords = (bytes: Buffer): FirstWords | undefined => {
  const hello = parseClientHello(bytes);
  switch (hello.kind) {
    case 'hello': {
      const { serverName, hasEch } = hello;
      return { protocol: 'tls', ...(serverName === undefined ? {} : { name: serverName }), hasEch, bytes };
    }
    case 'invalid':
      return unclearHello(hello.why, bytes);
    case 'more':
      return bytes.length < LIMIT_BYTES ? undefined : unclearHello('it is too long', bytes);
    case 'not-tls':
      break;
  }
  switch (looksLikeHttp(bytes)) {
    case 'no':
      return { protocol: 'tcp', bytes };
    case 'more':
      return undefined;
    case 'yes':
      break;
  }
  const head = parseHttpHead(bytes);
  switch (head.kind) {
    case 'more':
      return undefined;
    case 'invalid':
      return unclearRequest(head.why, bytes);
    case 'head':
      return { protocol: 'http', ...(head.host === undefined ? {} : { name: head.host.host }), bytes };
  }
};

/** Undefined where it hung up, or said nothing in all the time. */
export type Heard = FirstWords | undefined;

export type Hearing = {
  /** Settles when there are words that tell enough, or after the time for them; the socket is paused then. */
  readonly words: Promise<Heard>;
  /** Whether not a single byte has come. */
  readonly isSilent: () => boolean;
  /** Leaves the socket as it is, with what was read put back; `words` never settles then. */
  readonly stop: () => void;
};

const unfinished = (bytes: Buffer): FirstWords =>
  (parseClientHello(bytes).kind === 'not-tls' ? unclearRequest : unclearHello)('it has no end', bytes);

/** A first line comes in one piece, but from a person at a keyboard, or from who hopes that we give up. */
const LINE_MS = 2000;

/** Listens to what a client says first, for at most `timeoutMs`. */
export const hearFirstWords = (socket: Socket, timeoutMs: number): Hearing => {
  const chunks: Buffer[] = [];
  let size = 0;
  let lineTimer: NodeJS.Timeout | undefined;
  let finish: (heard: Heard) => void = () => {};
  const words = new Promise<Heard>((resolve) => {
    finish = resolve;
  });
  const detach = (): void => {
    clearTimeout(timer);
    clearTimeout(lineTimer);
    socket.off('data', onData);
    socket.off('end', onEnd);
    socket.off('close', onEnd);
    socket.pause();
  };
  const end = (heard: Heard): void => {
    detach();
    finish(heard);
  };
  const onData = (chunk: Buffer): void => {
    if (size === 0) lineTimer = setTimeout(onLineTime, LINE_MS);
    chunks.push(chunk);
    size += chunk.length;
    const bytes = Buffer.concat(chunks, size);
    // One piece again, so that a client of single bytes does not make a long list.
    chunks.splice(0, chunks.length, bytes);
    const judged = judgeFirstWords(bytes);
    if (judged !== undefined) end(judged);
  };
  /** What was a line of text so far can no longer become a request. */
  const isUnfinishedText = (bytes: Buffer): boolean =>
    parseClientHello(bytes).kind === 'not-tls' && looksLikeHttp(bytes) === 'more';
  const onEnd = (): void => {
    const [bytes] = chunks;
    if (bytes === undefined || socket.destroyed) end(undefined);
    else end(isUnfinishedText(bytes) ? { protocol: 'tcp', bytes } : unfinished(bytes));
  };
  const onLineTime = (): void => {
    const [bytes] = chunks;
    if (bytes !== undefined && isUnfinishedText(bytes)) {
      end({ protocol: 'tcp', unclear: 'unclear words: a line that was not ended in time', bytes });
    }
  };
  const timer = setTimeout(() => {
    const [bytes] = chunks;
    end(bytes === undefined ? undefined : unfinished(bytes));
  }, timeoutMs);
  socket.on('data', onData);
  socket.on('end', onEnd);
  socket.on('close', onEnd);
  // Who listens to a socket that was paused does not wake it.
  socket.resume();
  return {
    words,
    isSilent: () => size === 0,
    stop: () => {
      detach();
      if (size > 0) socket.unshift(Buffer.concat(chunks, size));
    },
  };
};
