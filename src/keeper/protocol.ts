import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { IdleSpec } from '../model/idle.ts';
import type { PowerState } from '../model/machine.ts';
import type { NetworkSpec, NetworkStatus } from '../model/network.ts';

/**
 * Version of what a keeper and a command say to each other. A command speaks this one and the one before; a keeper
 * of any other version is replaced, which leaves its machine running (`retire` by SIGTERM, in every version).
 */
export const PROTOCOL_VERSION = 4;

/** Longest line either side accepts. */
export const MESSAGE_LIMIT_BYTES = 256 * 1024;

/** First line that a keeper sends. */
export type Hello = { readonly keeper: number; readonly machine: string };

export type Operation =
  /** The last observation. */
  | { readonly op: 'status' }
  /** Looks anew, then the same. */
  | { readonly op: 'refresh' }
  /** Starts the machine of launch.json, or finds it running. */
  | { readonly op: 'start' }
  /** Sets ports, shares, network and idle time of the running machine to what launch.json says. */
  | { readonly op: 'update' }
  /** Asks the guest to power off, ends it after graceMs, and answers when it has ended. */
  | { readonly op: 'stop'; readonly graceMs: number }
  /** Lets a paused or suspended machine run on. */
  | { readonly op: 'resume' }
  /** Wakes the machine, and makes the SSH master connection if the guest answers. */
  | { readonly op: 'connect' }
  /** Takes a snapshot of the root disk that the machine runs on, or lets go of one. */
  | { readonly op: 'snapshot'; readonly action: 'take' | 'remove'; readonly name: string }
  /** Hands over values of secrets, by the environment variables they come from; kept in memory only. */
  | { readonly op: 'secrets'; readonly values: Readonly<Record<string, string>> };

/**
 * The version from which on keepers know an operation, or do with it what today's do: an older one would start a caged
 * machine in the open, or leave one suspended. All others are as old as the protocol.
 */
const KNOWN_SINCE: Partial<Record<Operation['op'], number>> = {
  snapshot: 2,
  start: 4,
  update: 4,
  connect: 4,
  resume: 4,
  secrets: 3,
};

export type Request = Operation & { readonly id: number };

/** A forwarded port as it is: `port` is the host port that is listened on, or null where that failed. */
export type PortStatus = {
  readonly key: string;
  readonly guest: number;
  readonly host: number | 'auto';
  readonly address: string;
  readonly port: number | null;
};

export type ShareStatus = {
  readonly id: string;
  readonly hostPath: string;
  readonly guestPath: string;
  readonly mode: 'ro' | 'rw';
};

/** What a keeper knows of its machine. */
export type KeeperStatus = {
  readonly power: PowerState;
  readonly powerReason?: string;
  /** RFC 3339 in UTC: when it was looked at. */
  readonly at: string;
  /** Whether the SSH master connection is up. */
  readonly guestReady: boolean;
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly ports: readonly PortStatus[];
  readonly shares: readonly ShareStatus[];
  /** What a person should know, newest last, at most 20. */
  readonly notes: readonly string[];
  /** Absent while nothing runs, and from keepers before version 3. */
  readonly network?: NetworkStatus;
  /** What holds the guest now. Absent where nothing does, from earlier keepers, and where it would not fit a message. */
  readonly rules?: NetworkSpec;
  /** What it goes by while the machine is unused. Absent where it is never suspended, and from keepers before version 4. */
  readonly idle?: IdleSpec;
  /** RFC 3339 in UTC. Present while the machine is suspended because nobody uses it; `power` is `running` then. */
  readonly suspendedSince?: string;
};

export type Failure = {
  readonly code: string;
  readonly message: string;
  readonly exitCode: number;
  readonly hint?: string;
  readonly details: readonly string[];
};

export type Reply =
  | { readonly id: number; readonly ok: true; readonly result: KeeperStatus }
  | { readonly id: number; readonly ok: false; readonly error: Failure };

type Loose = Readonly<Record<string, unknown>>;

const parseObject = (line: string): Loose | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Loose)
      : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a keeper of this version can be talked to, about this. */
export const isSpoken = (version: number, op: Operation['op']): boolean =>
  (version === PROTOCOL_VERSION || version === PROTOCOL_VERSION - 1) && version >= (KNOWN_SINCE[op] ?? 0);

/** The first line of a keeper, or undefined when it is none. */
export const parseHello = (line: string): Hello | undefined => {
  const value = parseObject(line);
  return typeof value?.keeper === 'number' && typeof value.machine === 'string'
    ? { keeper: value.keeper, machine: value.machine }
    : undefined;
};

const isValues = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one) => typeof one === 'string');

/** A command's request, or undefined when it is none that this version knows. */
export const parseRequest = (line: string): Request | undefined => {
  const value = parseObject(line);
  if (value === undefined || typeof value.id !== 'number') return undefined;
  const { id } = value;
  switch (value.op) {
    case 'status':
    case 'refresh':
    case 'start':
    case 'update':
    case 'resume':
    case 'connect':
      return { id, op: value.op };
    case 'stop':
      return typeof value.graceMs === 'number' && value.graceMs >= 0
        ? { id, op: 'stop', graceMs: value.graceMs }
        : undefined;
    case 'snapshot':
      return (value.action === 'take' || value.action === 'remove') && typeof value.name === 'string'
        ? { id, op: 'snapshot', action: value.action, name: value.name }
        : undefined;
    case 'secrets':
      return isValues(value.values) ? { id, op: 'secrets', values: value.values } : undefined;
    default:
      return undefined;
  }
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A keeper's answer, or undefined when it is none. The result is trusted: the socket is the user's own. */
export const parseReply = (line: string): Reply | undefined => {
  const value = parseObject(line);
  if (value === undefined || typeof value.id !== 'number') return undefined;
  if (value.ok === true && typeof value.result === 'object' && value.result !== null) {
    return { id: value.id, ok: true, result: value.result as KeeperStatus };
  }
  const error = value.error as Loose | undefined;
  if (value.ok !== false || typeof error?.code !== 'string' || typeof error.message !== 'string') {
    return undefined;
  }
  return {
    id: value.id,
    ok: false,
    error: {
      code: error.code,
      message: error.message,
      exitCode: typeof error.exitCode === 'number' ? error.exitCode : ExitCode.unexpected,
      ...(typeof error.hint === 'string' ? { hint: error.hint } : {}),
      details: isTexts(error.details) ? error.details : [],
    },
  };
};

/** An error as it travels. What is no AgentvmError is a bug of ours and keeps its stack in the keeper's log. */
export const failureOf = (error: unknown): Failure =>
  error instanceof AgentvmError
    ? {
        code: error.code,
        message: error.message,
        exitCode: error.exitCode,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        details: error.details,
      }
    : {
        code: 'KEEPER_BUG',
        message: `The keeper failed: ${String(error)}`,
        exitCode: ExitCode.unexpected,
        hint: 'Its log is keeper.log in the folder of the machine, shown by `agentvm logs`.',
        details: [],
      };

/** The error again on the other side. */
export const errorOf = (failure: Failure): AgentvmError =>
  new AgentvmError({
    code: failure.code,
    message: failure.message,
    exitCode: Object.values(ExitCode).find((code) => code === failure.exitCode) ?? ExitCode.unexpected,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    details: failure.details,
  });
