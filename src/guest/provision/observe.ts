import type { AgentDefinition } from '../../model/agent-definition.generated.ts';
import type { Guest, GuestFacts } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';
import { factsFrom } from './facts.ts';
import { lookScript } from './look-script.ts';

const TIMEOUT_MS = 240_000;

export type ObserveRequest = {
  readonly packages: readonly string[];
  readonly agents: readonly AgentDefinition[];
  readonly scripts?: readonly string[];
  /** Agent → stamp of its package as it was installed. */
  readonly stamps?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
};

/**
 * Looks at everything inside in one round trip, as the guest's user.
 * @throws AgentvmError OBSERVATION_FAILED, and of the connection.
 */
export const observeGuest = async (guest: Guest, request: ObserveRequest): Promise<GuestFacts> => {
  const { packages, agents, scripts = [], stamps = {}, files = [] } = request;
  // On standard input: a thousand packages are more than one argument may hold.
  const script = lookScript({ packages, agents, stamps, files });
  const result = await guest.exec(['sh', '-s'], { stdin: script, timeoutMs: TIMEOUT_MS });
  if (result.exitCode !== 0) {
    throw guestFailure({
      code: 'OBSERVATION_FAILED',
      message: 'The machine could not be looked at from inside',
      hint: 'Look into it: `agentvm shell`.',
      result,
    });
  }
  return factsFrom({ packages, agents, scripts, files }, result.stdout);
};
