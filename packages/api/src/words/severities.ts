import type { Health, HealthFact, Severity } from '../schemas/health.ts';

/** The name of each severity. */
export const SEVERITY_WORD: Record<Severity, string> = {
  broken: 'Broken',
  soon: 'Soon',
  unknown: 'Unknown',
  checking: 'Checking',
  ok: 'Healthy',
};

/** Worst first, as lists are sorted. */
export const SEVERITIES = ['broken', 'soon', 'unknown', 'checking', 'ok'] as const satisfies readonly Severity[];

/**
 * Returns everything worth saying about a token, the most urgent first. If two are equally urgent, expiry comes first:
 * a person can fix it, whereas the other may pass by itself.
 */
export function healthFacts(health: Health): readonly [HealthFact, ...HealthFact[]] {
  const { also } = health;
  if (also === null) return [health];
  return SEVERITIES.indexOf(also.severity) <= SEVERITIES.indexOf(health.severity) ? [also, health] : [health, also];
}

/** Returns the causes in a few words, for a row of a list: `expires in 11 days · Apple cannot be reached`. */
export function briefWords(health: Health): string {
  return healthFacts(health)
    .map(({ brief }) => brief)
    .filter((brief) => brief !== '')
    .join(' · ');
}
