import type { Socket as DatagramSocket } from 'node:dgram';
import type { Server, Socket } from 'node:net';
import type { Context } from '../../lib/context.ts';
import { type Channel, execWithChannel } from '../../lib/exec-channel.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { InnerReply, InnerRequest } from './inner-messages.ts';
import { enterNetwork } from './namespaces.ts';

/** Makes sockets in the network namespace of a machine, which then serve here. Every method can reject. */
export type InnerHalf = {
  /** A listening server at every address of the namespace. */
  readonly listen: (port: number) => Promise<Server>;
  readonly bind: (port: number) => Promise<DatagramSocket>;
  /** A connection to the namespace's loopback; half of it may end. */
  readonly dial: (port: number) => Promise<Socket>;
  /** Its process, while there is one. */
  readonly pid: () => number | undefined;
  readonly close: () => void;
};

export type InnerHalfOptions = {
  readonly holderPid: number;
  /** The file that `node` runs. */
  readonly program: string;
  readonly logFile: string;
};

/** Without work for so long it goes, and with it 20 MB: sockets that it made stay. */
const IDLE_MS = 30_000;
const ANSWER_TIMEOUT_MS = 10_000;

/** It may listen below 1024, and nothing else that its user could not do. */
const CAPABILITIES = ['--bounding-set', '--inh-caps', '--ambient-caps'].map(
  (name) => `${name}=-all,+net_bind_service`,
);
const NODE_FLAGS = ['--max-old-space-size=32', '--max-semi-space-size=1'];

type Waiting = {
  readonly settle: (handle: unknown) => void;
  readonly fail: (why: string) => void;
};

const failedError = (why: string): AgentvmError =>
  new AgentvmError({
    code: 'INNER_HALF_FAILED',
    message: `The network of the machine cannot be entered: ${why}`,
    hint: 'Run `agentvm restart`; keeper.log in the folder of the machine tells more.',
  });

/** The inner half of the keeper; its process is started when there is work and goes when there is none. */
export const createInnerHalf = (context: Context, options: InnerHalfOptions): InnerHalf => {
  const waiting = new Map<number, Waiting>();
  let current: Channel | undefined;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  const retire = (): void => {
    current?.close();
    current = undefined;
  };
  const rest = (): void => {
    clearTimeout(idle);
    if (waiting.size > 0) return;
    idle = setTimeout(retire, IDLE_MS);
    idle.unref();
  };
  const receive = (message: unknown, handle: unknown): void => {
    const { id, error } = message as InnerReply;
    const one = waiting.get(id);
    if (error === undefined && handle !== undefined) one?.settle(handle);
    else one?.fail(error ?? 'it sent no socket');
  };
  const started = (): Channel => {
    if (current !== undefined) return current;
    const [program = '', ...args] = enterNetwork(options.holderPid, [
      ...['setpriv', '--no-new-privs', ...CAPABILITIES],
      ...[process.execPath, ...NODE_FLAGS, options.program],
    ]);
    const channel = execWithChannel(program, args, {
      logFile: options.logFile,
      env: { PATH: context.env.PATH },
    });
    channel.onMessage(receive);
    channel.ended.then((how) => {
      if (current !== channel) return;
      current = undefined;
      for (const one of [...waiting.values()]) one.fail(`its inner half ended (${how})`);
    });
    current = channel;
    return channel;
  };
  const ask = <Handle>(op: InnerRequest['op'], port: number): Promise<Handle> =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      const id = ++asked;
      const end = (): void => {
        clearTimeout(timer);
        waiting.delete(id);
        rest();
      };
      const fail = (why: string): void => {
        end();
        reject(failedError(why));
      };
      const timer = setTimeout(() => fail('no answer in time'), ANSWER_TIMEOUT_MS);
      waiting.set(id, {
        settle: (handle) => {
          end();
          resolve(handle as Handle);
        },
        fail,
      });
      started().send({ op, id, port } satisfies InnerRequest);
    });

  return {
    listen: (port) => ask<Server>('listen', port),
    bind: (port) => ask<DatagramSocket>('bind', port),
    dial: async (port) => {
      const socket = await ask<Socket>('dial', port);
      socket.allowHalfOpen = true;
      return socket;
    },
    pid: () => current?.pid,
    close: () => {
      clearTimeout(idle);
      retire();
      for (const one of [...waiting.values()]) one.fail('the keeper leaves');
    },
  };
};
