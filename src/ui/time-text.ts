/** A time to the second, as a person reads it: `2030-01-02 03:04:05`, in UTC like what it is made of (RFC 3339). */
export const timeText = (at: string): string => at.slice(0, 19).replace('T', ' ');
