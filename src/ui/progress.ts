import prettyMilliseconds from 'pretty-ms';
import type { Progress, TaskHandle } from '../lib/context.ts';
import { printable } from './printable.ts';

export type ProgressSink = {
  /** Where it shows: stderr, so that stdout carries the result only. */
  readonly stream: NodeJS.WriteStream;
  readonly isTerminal: boolean;
  readonly now: () => Date;
};

const PLAIN_UPDATE_EVERY_MS = 10_000;
const CLOCK_TICK_MS = 1000;

type Running = { readonly handle: TaskHandle };

/**
 * Progress of long work on stderr: listr2 with a running clock on a terminal, timestamped lines elsewhere. Work
 * started inside a task shows as that task's current detail, so that the list stays as long as the plan.
 */
export const createProgress = (sink: ProgressSink): Progress => {
  let running: Running | undefined;
  const since = (start: number): string =>
    prettyMilliseconds(sink.now().getTime() - start, { secondsDecimalDigits: 0 });

  const nested = async <T>(
    parent: Running,
    title: string,
    work: (task: TaskHandle) => Promise<T>,
  ): Promise<T> => {
    parent.handle.update(title);
    return work({ update: (text) => parent.handle.update(`${title}: ${text}`) });
  };

  const plain = async <T>(title: string, work: (task: TaskHandle) => Promise<T>): Promise<T> => {
    const start = sink.now().getTime();
    let shown = start;
    let last = '';
    const line = (text: string): void =>
      void sink.stream.write(`${sink.now().toISOString().slice(11, 19)} ${printable(text)}\n`);
    line(`${title} …`);
    const handle: TaskHandle = {
      update: (text) => {
        const now = sink.now().getTime();
        if (text === last || now - shown < PLAIN_UPDATE_EVERY_MS) return;
        shown = now;
        last = text;
        line(`${title}: ${text}`);
      },
    };
    running = { handle };
    try {
      const result = await work(handle);
      line(`${title}: done in ${since(start)}`);
      return result;
    } catch (error) {
      line(`${title}: failed after ${since(start)}`);
      throw error;
    } finally {
      running = undefined;
    }
  };

  const listed = async <T>(title: string, work: (task: TaskHandle) => Promise<T>): Promise<T> => {
    const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
    const start = sink.now().getTime();
    let outcome: { readonly value: T } | undefined;
    const list = new Listr(
      [
        {
          title,
          task: async (_context, task): Promise<void> => {
            const tick = (): void => {
              task.title = `${title} (${since(start)})`;
            };
            const timer = setInterval(tick, CLOCK_TICK_MS);
            const handle: TaskHandle = {
              update: (text) => {
                task.output = printable(text);
              },
            };
            running = { handle };
            try {
              outcome = { value: await work(handle) };
            } finally {
              clearInterval(timer);
              tick();
              running = undefined;
            }
          },
        },
      ],
      {
        // The process's own handlers decide what Ctrl+C does.
        registerSignalListeners: false,
        rendererOptions: {
          showErrorMessage: false,
          logger: new ListrLogger({
            useIcons: false,
            processOutput: new ProcessOutput(sink.stream, sink.stream),
          }),
        },
      },
    );
    await list.run();
    if (outcome === undefined) throw new Error(`task '${title}' ended without a result`);
    return outcome.value;
  };

  return {
    task: (title, work) => {
      if (running !== undefined) return nested(running, title, work);
      return sink.isTerminal ? listed(title, work) : plain(title, work);
    },
  };
};
