import { AgentvmError } from '../model/errors.ts';
import { printable } from './printable.ts';

/**
 * An error as a person reads it: what failed, its last output lines, how to mend it. Only what is no AgentvmError is
 * a bug of ours and shows its stack, with where to report it.
 */
export const renderError = (error: unknown): string => {
  if (error instanceof AgentvmError) {
    const lines = [`agentvm: ${printable(error.message)}`];
    for (const detail of error.details) lines.push(`  ${printable(detail)}`);
    for (const hint of error.hint?.split('\n') ?? []) lines.push(`  → ${printable(hint)}`);
    return `${lines.join('\n')}\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `agentvm: this is a bug of agentvm, please report it with this text:\n${printable(stack)}\n`;
};
