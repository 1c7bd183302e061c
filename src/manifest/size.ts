const MEBIBYTE = 1024 ** 2;

const UNIT_BYTES: Readonly<Record<string, number>> = {
  MiB: MEBIBYTE,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** Bytes of a size that the schema has accepted, for example `8GiB`, as a whole number. */
export const parseSizeBytes = (size: string): number =>
  Math.floor(Number.parseFloat(size) * (UNIT_BYTES[size.slice(-3)] ?? Number.NaN));

/** What was most likely meant by a size in other units, for example `8GiB` for `8 GB`, `8g` and `8192`. */
export const correctSize = (text: string): string | undefined => {
  const found = /^\s*([0-9]+(?:\.[0-9]+)?)\s*([kmgt]?)(?:i?b)?\s*$/i.exec(text);
  if (found === null) return undefined;
  const [, digits = '', prefix = ''] = found;
  const amount = Number(digits);
  switch (prefix.toLowerCase()) {
    case 'm':
    case 'g':
    case 't':
      return amount > 0 ? `${amount}${prefix.toUpperCase()}iB` : undefined;
    case 'k':
      return amount >= 1024 ? `${Math.floor(amount / 1024)}MiB` : undefined;
    default:
      // A bare number: small ones are meant as GiB, middle ones as MiB, huge ones as bytes.
      if (amount >= MEBIBYTE) return `${Math.floor(amount / MEBIBYTE)}MiB`;
      return amount >= 256 ? `${amount}MiB` : amount > 0 ? `${amount}GiB` : undefined;
  }
};
