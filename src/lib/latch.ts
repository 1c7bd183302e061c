/** Work that is asked for again and again and never runs twice at once. */
export type Latch<T> = {
  /** Asks for the work; what is asked while it runs becomes one more run. */
  readonly ask: (task: T) => void;
  /** Resolves when nothing is left to do. */
  readonly idle: () => Promise<void>;
};

/** @param work must not reject. */
export const createLatch = <T extends object>(
  merge: (earlier: T, later: T) => T,
  work: (task: T) => Promise<void>,
): Latch<T> => {
  let asked: T | undefined;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    // From here on `running` is set, so that the end of the loop can take it back.
    await Promise.resolve();
    while (asked !== undefined) {
      const task = asked;
      asked = undefined;
      await work(task);
    }
    running = undefined;
  };

  return {
    ask: (task) => {
      asked = asked === undefined ? task : merge(asked, task);
      running ??= run();
    },
    idle: async () => {
      while (running !== undefined) await running;
    },
  };
};
