/** Makes many calls in a short time one. */
export type Debounce = {
  readonly call: () => void;
  /** Forgets a call that has not come through yet. */
  readonly cancel: () => void;
};

/**
 * Passes a call on when none has followed it for `quietMs`, and at the latest `mostMs` after the first, so that a
 * stream of calls without a pause comes through too.
 */
export const debounce = (
  { quietMs, mostMs }: { readonly quietMs: number; readonly mostMs: number },
  pass: () => void,
): Debounce => {
  let quiet: NodeJS.Timeout | undefined;
  let most: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    clearTimeout(quiet);
    clearTimeout(most);
    most = undefined;
  };
  const end = (): void => {
    cancel();
    pass();
  };
  return {
    call: () => {
      clearTimeout(quiet);
      quiet = setTimeout(end, quietMs);
      most ??= setTimeout(end, mostMs);
    },
    cancel,
  };
};
