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
  let pending = '';
  let overflowed = false;
  return (chunk) => {
    if (overflowed) return;
    const lines = (pending + decoder.write(Buffer.from(chunk))).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (pending.length > limitBytes) {
      overflowed = true;
      pending = '';
      onOverflow();
    }
  };
};
