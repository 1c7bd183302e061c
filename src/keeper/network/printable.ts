/**
 * A text of the guest's as it may stand in a log or on a terminal: everything but printable ASCII becomes `?`, and what
 * is longer than told is cut, with `…` in place of the rest.
 */
export const printable = (text: string, limit = 255): string => {
  const clean = text.slice(0, limit + 1).replaceAll(/[^\x20-\x7e]/g, '?');
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
};
