import type { Socket } from 'node:net';
import { parseClientHello } from './client-hello.ts';
import { looksLikeHttp, parseHttpHead } from './http-head.ts';

/** What a client said first, as far as it tells whom it wants. `name` can be an address in an HTTP request. */
export type FirstWords =
  | { readonly kind: 'tls'; readonly name?: string; readonly hasEch: boolean; readonly bytes: Buffer }
  | { readonly kind: 'http'; readonly name?: string; readonly bytes: Buffer }
  | { readonly kind: 'other'; readonly bytes: Buffer }
  /** What may be understood in two ways, or was not ended in time. */
  | { readonly kind: 'unclear'; readonly protocol: 'tls' | 'http'; readonly why: string; readonly bytes: Buffer };

const LIMIT_BYTES = 16 * 1024;

/** Undefined where more bytes are needed to tell. */
export const judgeFirstWords = (bytes: Buffer): FirstWords | undefined => {
  const hello = parseClientHello(bytes);
  switch (hello.kind) {
    case 'hello': {
      const { serverName, hasEch } = hello;
      return { kind: 'tls', ...(serverName === undefined ? {} : { name: serverName }), hasEch, bytes };
    }
    case 'invalid':
      return { kind: 'unclear', protocol: 'tls', why: hello.why, bytes };
    case 'more':
      return bytes.length < LIMIT_BYTES ? undefined : { kind: 'unclear', protocol: 'tls', why: 'it is too long', bytes };
    case 'not-tls':
      break;
  }
  switch (looksLikeHttp(bytes)) {
    case 'no':
      return { kind: 'other', bytes };
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
      return { kind: 'unclear', protocol: 'http', why: head.why, bytes };
    case 'head':
      return { kind: 'http', ...(head.host === undefined ? {} : { name: head.host.host }), bytes };
  }
};

/** `ended`: it hung up, or had nothing to say and said so. */
export type Heard = FirstWords | { readonly kind: 'ended' };

export type Hearing = {
  /** Settles when there are words that tell enough, or after the time for them; the socket is paused then. */
  readonly words: Promise<Heard>;
  /** Whether not a single byte has come. */
  readonly isSilent: () => boolean;
  /** Leaves the socket as it is, with what was read put back; `words` never settles then. */
  readonly stop: () => void;
};

/** Listens to what a client says first, for at most `timeoutMs`. */
export const hearFirstWords = (socket: Socket, timeoutMs: number): Hearing => {
  const chunks: Buffer[] = [];
  let size = 0;
  let finish: (heard: Heard) => void = () => {};
  const words = new Promise<Heard>((resolve) => {
    finish = resolve;
  });
  const detach = (): void => {
    clearTimeout(timer);
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
    chunks.push(chunk);
    size += chunk.length;
    const bytes = Buffer.concat(chunks, size);
    // One piece again, so that a client of single bytes does not make a long list.
    chunks.splice(0, chunks.length, bytes);
    const judged = judgeFirstWords(bytes);
    if (judged !== undefined) end(judged);
  };
  const onEnd = (): void => end({ kind: 'ended' });
  const timer = setTimeout(() => {
    const [bytes] = chunks;
    if (bytes === undefined) return end({ kind: 'ended' });
    const protocol = parseClientHello(bytes).kind === 'not-tls' ? 'http' : 'tls';
    return end({ kind: 'unclear', protocol, why: 'it was not ended in time', bytes });
  }, timeoutMs);
  socket.on('data', onData);
  socket.on('end', onEnd);
  socket.on('close', onEnd);
  return {
    words,
    isSilent: () => size === 0,
    stop: () => {
      detach();
      if (size > 0) socket.unshift(Buffer.concat(chunks, size));
    },
  };
};
