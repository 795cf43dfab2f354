/**
 * The number people read beside “expired 2 days ago”: whole days since then, as a negative number. `daysLeft` of the API
 * is rounded down, −1 during the first day, so that programs see from its sign whether a token has expired.
 */
export function shownDaysLeft(daysLeft: number): number {
  return daysLeft < 0 ? daysLeft + 1 : daysLeft;
}
