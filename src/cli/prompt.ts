import type { Context } from '../lib/context.ts';

const toStderr = (context: Context) => ({ output: process.stderr, signal: context.signal });

/** Asks a yes-or-no question on the terminal; Ctrl+C and Ctrl+D mean no. */
export const ask = async (context: Context, message: string): Promise<boolean> => {
  const { default: confirm } = await import('@inquirer/confirm');
  return confirm({ message, default: false }, toStderr(context)).catch(refusedByKey(false));
};

/** Asks for a word to be typed, for what must not happen by a slip of the finger. */
export const askForWord = async (context: Context, message: string, word: string): Promise<boolean> => {
  const { default: input } = await import('@inquirer/input');
  const typed = await input({ message }, toStderr(context)).catch(refusedByKey(''));
  return typed === word;
};

const refusedByKey =
  <T>(refusal: T) =>
  (error: unknown): T => {
    if (error instanceof Error && error.name === 'ExitPromptError') return refusal;
    throw error;
  };
