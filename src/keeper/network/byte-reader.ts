/** Reads a message of the guest's from front to back; what is not there is undefined, and nothing throws. */
export type ByteReader = {
  /** An unsigned number of 1, 2 or 3 bytes, high byte first. */
  readonly number: (bytes: 1 | 2 | 3) => number | undefined;
  /** A view of so many bytes. */
  readonly bytes: (length: number) => Buffer | undefined;
  /** A view of as many bytes as the number before them says. */
  readonly vector: (lengthBytes: 1 | 2 | 3) => Buffer | undefined;
  /** How many bytes are left. */
  readonly left: () => number;
};

export const createByteReader = (source: Buffer): ByteReader => {
  let at = 0;
  const left = (): number => source.length - at;
  const bytes = (length: number): Buffer | undefined => {
    if (length > left()) return undefined;
    at += length;
    return source.subarray(at - length, at);
  };
  const number = (size: 1 | 2 | 3): number | undefined => {
    const piece = bytes(size);
    return piece === undefined ? undefined : piece.readUIntBE(0, size);
  };
  return {
    number,
    bytes,
    left,
    vector: (lengthBytes) => {
      const length = number(lengthBytes);
      return length === undefined ? undefined : bytes(length);
    },
  };
};
