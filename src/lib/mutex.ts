/** Runs pieces of work one after the other, in the order they came. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>;

/** A queue of its own; a failed piece of work does not stop those behind it. */
export const createMutex = (): Mutex => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
};
