/** `suspended.json`: a person's word that watch may not act on a machine. */
export type Suspension = {
  readonly format: 1;
  /** RFC 3339 in UTC. */
  readonly since: string;
  /** Null: until somebody ends it. */
  readonly durationMs: number | null;
  readonly reason: string | null;
  /** The boot of this host in which it began, and the host's uptime then: a clock that nobody can set. */
  readonly bootId: string;
  readonly uptimeMs: number;
};

/** What this host's clocks say. */
export type HostTime = { readonly nowMs: number; readonly bootId: string; readonly uptimeMs: number };

/**
 * How long a suspension still lasts in milliseconds: null without an end, 0 when it is over. Within one boot only the
 * uptime counts; after another boot the clock does, and one that was set back behind the beginning ends it.
 */
export const suspensionLeftMs = (suspension: Suspension, time: HostTime): number | null => {
  const { durationMs } = suspension;
  if (durationMs === null) return null;
  const passedMs =
    time.bootId === suspension.bootId
      ? time.uptimeMs - suspension.uptimeMs
      : time.nowMs - Date.parse(suspension.since);
  return passedMs < 0 ? 0 : Math.max(0, durationMs - passedMs);
};
