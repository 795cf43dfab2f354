import { plural } from './numbers.ts';

/**
 * The number that people read beside “expired 2 days ago”: whole days since then, as a negative number. The API's
 * `daysLeft` is rounded down, −1 during the first day, so that its sign tells programs whether a token has expired.
 */
export function shownDaysLeft(daysLeft: number): number {
  return daysLeft < 0 ? daysLeft + 1 : daysLeft;
}

/** `212 days left`, `less than a day left`, `expired less than a day ago`, `expired 2 days ago`. */
export function daysLeftWords(daysLeft: number | null): string {
  if (daysLeft === null) return 'expiry not known';
  if (daysLeft === -1) return 'expired less than a day ago';
  if (daysLeft < 0) return `expired ${plural(-shownDaysLeft(daysLeft), 'day')} ago`;
  return daysLeft === 0 ? 'less than a day left' : `${plural(daysLeft, 'day')} left`;
}
