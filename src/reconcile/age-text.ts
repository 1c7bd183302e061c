const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;

/** How long ago something was: both RFC 3339. For people, to the second, minute or hour. */
export const ageText = (at: string, now: string): string => {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(at)) / 1000));
  if (seconds < SECONDS_PER_MINUTE) return `${seconds} s ago`;
  if (seconds < SECONDS_PER_HOUR) return `${Math.floor(seconds / SECONDS_PER_MINUTE)} min ago`;
  return `${Math.floor(seconds / SECONDS_PER_HOUR)} h ago`;
};
