import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { Context } from '../../lib/context.ts';
import { isWithin } from '../../lib/is-within.ts';
import { placesOnTheWay } from '../../lib/places-on-the-way.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { SecretSource, SecretSpec } from '../../model/network.ts';

/** A shorter one could be guessed, and could not be told from other text where it is masked. */
const SHORTEST_BYTES = 8;
const LONGEST_BYTES = 16 * 1024;
/** A person may have to unlock a keyring. */
const TIMEOUT_MS = 60_000;

export type SourceOptions = {
  readonly context: Context;
  /** The value of an environment variable, where there is one. */
  readonly variable: (name: string) => string | undefined;
  /** Folders of this host that the guest sees. */
  readonly shared: () => readonly string[];
};

const fail = (name: string, why: string, hint: string): AgentvmError =>
  new AgentvmError({ code: 'SECRET_UNAVAILABLE', message: `The secret ${name} ${why}`, hint });

const readSecretFile = async (name: string, path: string, shared: readonly string[]): Promise<string> => {
  const missing = (error: unknown): AgentvmError =>
    fail(
      name,
      `cannot be read from ${path} (${(error as NodeJS.ErrnoException).code ?? 'error'})`,
      'Put the file there, readable by you only.',
    );
  const real = await realpath(path).catch((error: unknown) => {
    throw missing(error);
  });
  // A link on the way that lies in what the machine sees leads to whatever its guest likes.
  const places = [path, ...placesOnTheWay(path)];
  if (shared.some((folder) => places.some((place) => isWithin(folder, place)))) {
    throw fail(
      name,
      `stands in ${path}, ${shared.some((folder) => isWithin(folder, path) || isWithin(folder, real)) ? 'which the machine sees' : 'the way to which leads through what the machine sees'}`,
      'Move the file out of the project and its mounts.',
    );
  }
  // Not blocking, for it may be a pipe.
  const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw missing(error);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw fail(name, `cannot be read from ${path}, which is no file`, 'Name a file.');
    if (found.size > LONGEST_BYTES) throw fail(name, 'is too long', 'A header holds 16 KiB at most.');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
};

/** Output of a program; what it printed is in no error, since the value may be in it. */
const readOutput = async (
  { context }: SourceOptions,
  name: string,
  [program = '', ...args]: readonly string[],
  cwd: string,
  hint: string,
): Promise<string> => {
  const result = await context
    .exec(program, args, { cwd, timeoutMs: TIMEOUT_MS, accept: 'any', signal: context.signal })
    .catch((error: unknown) => {
      const code = error instanceof AgentvmError ? error.code : 'EXEC_FAILED';
      throw fail(
        name,
        `cannot be had from '${program}' (${code === 'EXEC_NOT_FOUND' ? 'not found' : code === 'EXEC_TIMEOUT' ? 'no answer in time' : 'it failed'})`,
        hint,
      );
    });
  if (result.exitCode === 0) return result.stdout;
  throw fail(name, `cannot be had from '${program}' (exit code ${result.exitCode})`, hint);
};

const readFrom = (options: SourceOptions, name: string, source: SecretSource): Promise<string> => {
  switch (source.from) {
    case 'env': {
      const value = options.variable(source.variable);
      if (value !== undefined && value !== '') return Promise.resolve(value);
      return Promise.reject(
        fail(
          name,
          `comes from the environment variable ${source.variable}, which no command has handed over since the machine's keeper started`,
          `Run any command of the machine where it is set: ${source.variable}=… agentvm status`,
        ),
      );
    }
    case 'file':
      return readSecretFile(name, source.path, options.shared());
    case 'keyring': {
      const { service, account } = source;
      return process.platform === 'darwin'
        ? readOutput(
            options,
            name,
            ['security', 'find-generic-password', '-s', service, '-a', account, '-w'],
            '/',
            `Store it: security add-generic-password -s ${service} -a ${account} -w`,
          )
        : readOutput(
            options,
            name,
            ['secret-tool', 'lookup', 'service', service, 'account', account],
            '/',
            `Store it: secret-tool store --label=agentvm service ${service} account ${account} (apt-get install libsecret-tools)`,
          );
    }
    case 'command':
      return readOutput(
        options,
        name,
        source.command,
        source.cwd,
        `Run it yourself: ${source.command.join(' ')}`,
      );
  }
};

/**
 * The value of a secret, fresh from its source, as text of one byte a character (latin1), which is how headers hold it.
 * The line end that files and programs put behind it is not part of it.
 * @throws AgentvmError SECRET_UNAVAILABLE, which never holds the value.
 */
export const readSecret = async (
  options: SourceOptions,
  { name, source }: Pick<SecretSpec, 'name' | 'source'>,
): Promise<string> => {
  const text = (await readFrom(options, name, source)).replace(/\r?\n$/, '');
  const value = Buffer.from(text, 'utf8').toString('latin1');
  if ([...value].some((character) => character < ' ' || character === '\x7f'))
    throw fail(
      name,
      'holds a line end or a control character, which no header can',
      'Take the one line that is the key.',
    );
  if (value.length < SHORTEST_BYTES)
    throw fail(
      name,
      `is shorter than ${SHORTEST_BYTES} characters`,
      'Such a value could be guessed, and could not be masked.',
    );
  if (value.length > LONGEST_BYTES) throw fail(name, 'is too long', 'A header holds 16 KiB at most.');
  return value;
};

/** What programs print is kept for this long, so that a burst of requests does not start one each. */
const KEPT_MS = 5000;

export type SecretValues = {
  readonly valueOf: (secret: SecretSpec) => Promise<string>;
};

/** Values at use: those of files and variables read each time, those of programs once for requests of one moment. */
export const createSecretValues = (options: SourceOptions): SecretValues => {
  const kept = new Map<string, { readonly value: Promise<string>; readonly sinceMs: number }>();
  return {
    valueOf: (secret) => {
      if (secret.source.from === 'env' || secret.source.from === 'file') return readSecret(options, secret);
      const key = JSON.stringify(secret.source);
      const nowMs = options.context.clock.now().getTime();
      const known = kept.get(key);
      if (known !== undefined && nowMs - known.sinceMs < KEPT_MS) return known.value;
      const value = readSecret(options, secret);
      kept.set(key, { value, sinceMs: nowMs });
      const forget = (): void => {
        if (kept.get(key)?.value === value) kept.delete(key);
      };
      value.catch(forget);
      setTimeout(forget, KEPT_MS).unref();
      return value;
    },
  };
};
