import type { Context } from '../lib/context.ts';
import { systemEffects } from '../lib/system-effects.ts';

/** What main.ts takes from the process. */
export type ProcessParts = Pick<Context, 'env' | 'cwd' | 'io' | 'progress' | 'signal'>;

/** The real effects of a command. */
export const createContext = (parts: ProcessParts): Context => ({ ...systemEffects(parts.env), ...parts });
