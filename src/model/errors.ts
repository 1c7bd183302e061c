/**
 * The documented exit codes of the command line.
 * `run`, `exec` and `shell` pass the guest's own exit code through instead.
 */
export const ExitCode = {
  done: 0,
  unexpected: 1,
  changes: 2,
  usage: 3,
  approvalMissing: 4,
  locked: 5,
  stalePlan: 6,
  applyFailed: 7,
  stalled: 8,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export type ErrorInit = {
  /** Stable upper-case identifier, for example `QEMU_MISSING`; part of the machine-readable output. */
  readonly code: string;
  readonly message: string;
  readonly exitCode?: ExitCode;
  /** How the person mends it, an imperative sentence or a command line; several ways stand on a line each. */
  readonly hint?: string;
  /** Lines shown below the message: a subprocess's last output, the offending source line. */
  readonly details?: readonly string[];
  readonly cause?: unknown;
};

/**
 * The one error class for failures that a person can act on. Thrown at the edges only; pure code returns
 * failures as values. Anything else that reaches `cli/main.ts` is a bug of ours and shows its stack.
 */
export class AgentvmError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly details: readonly string[];

  constructor(init: ErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'AgentvmError';
    this.code = init.code;
    this.exitCode = init.exitCode ?? ExitCode.unexpected;
    this.hint = init.hint;
    this.details = init.details ?? [];
  }
}
