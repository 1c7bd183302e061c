const MIB = 1024 ** 2;
const KIB = 1024;

/** About how much, as a person says it: `1.1 GiB`, `61 GiB`, `12 MiB`. */
export const sizeText = (bytes: number): string => {
  const mib = bytes / MIB;
  if (mib < KIB) return `${Math.round(mib)} MiB`;
  const gib = mib / KIB;
  return `${gib < 10 ? gib.toFixed(1) : Math.round(gib)} GiB`;
};
