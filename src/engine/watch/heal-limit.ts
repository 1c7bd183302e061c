/** What was healed lately: field → times in milliseconds. */
export type HealRecord = Readonly<Record<string, readonly number[]>>;

export const NO_HEALS: HealRecord = {};

/** Something else undoes what is healed so often; it wants a person's eye. */
export const HEALS_AT_MOST = 3;
export const HEAL_WINDOW_MS = 10 * 60_000;

/** The record with these fields healed now. */
export const withHeals = (record: HealRecord, fields: readonly string[], nowMs: number): HealRecord => ({
  ...record,
  ...Object.fromEntries(
    fields.map((field) => [field, [...(record[field] ?? []), nowMs].slice(-HEALS_AT_MOST)]),
  ),
});

/** The fields that were healed too often to be healed again now. A time in the future is of a clock that was set back. */
export const exhaustedFields = (record: HealRecord, nowMs: number): readonly string[] =>
  Object.entries(record).flatMap(([field, times]) =>
    times.filter((time) => time <= nowMs && time > nowMs - HEAL_WINDOW_MS).length >= HEALS_AT_MOST
      ? [field]
      : [],
  );
