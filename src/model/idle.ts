/** The value of `lifecycle.idle`. `after` is canonical, see {@link durationText}. */
export type IdleValue = { readonly after: string; readonly action: 'suspend' | 'stop' };

/** When a machine that nobody uses is suspended. */
export type IdleSpec = { readonly afterSeconds: number };

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Seconds in a number with a unit, as the manifest's schema has it: `30m`. */
export const secondsOf = (duration: string): number =>
  Number(duration.slice(0, -1)) * SECONDS[duration.slice(-1) as keyof typeof SECONDS];

/** The shortest way to write it: `1h` for 3600, `90s` for 90. */
export const durationText = (seconds: number): string => {
  const unit = (['h', 'm', 's'] as const).find((one) => seconds % SECONDS[one] === 0) ?? 's';
  return `${seconds / SECONDS[unit]}${unit}`;
};

/** What a spec asks for, as a value of the field. */
export const idleValueOf = ({ afterSeconds }: IdleSpec): IdleValue => ({
  after: durationText(afterSeconds),
  action: 'suspend',
});
