import { StringDecoder } from 'node:string_decoder';

/**
 * Cuts a stream of bytes into lines. What grows beyond `limitBytes` without a newline is given to `onOverflow`
 * once; the rest of the stream is then dropped.
 */
export const lineSplitter = (
  limitBytes: number,
  onLine: (line: string) => void,
  onOverflow: () => void,
): ((chunk: Uint8Array) => void) => {
  const decoder = new StringDecoder('utf8');
  // Put together once, at its end: a long line comes in many chunks.
  let pending: string[] = [];
  let length = 0;
  let overflowed = false;
  return (chunk) => {
    if (overflowed) return;
    const [first = '', ...rest] = decoder.write(chunk).split('\n');
    pending.push(first);
    length += first.length;
    for (const next of rest) {
      const line = pending.join('');
      pending = [next];
      length = next.length;
      onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    if (length > limitBytes) {
      overflowed = true;
      pending = [];
      onOverflow();
    }
  };
};
