import type { Health, HealthFact, Severity } from '../schemas/health.ts';

/** What each severity is called on its own. */
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
 * Everything that is to be said of a token, the most urgent first. Of two that are equally urgent, expiry comes first: a
 * person can end it, and what else it may be passes by itself.
 */
export function healthFacts(health: Health): readonly [HealthFact, ...HealthFact[]] {
  const { also } = health;
  if (also === null) return [health];
  return SEVERITIES.indexOf(also.severity) <= SEVERITIES.indexOf(health.severity) ? [also, health] : [health, also];
}

/** The causes in a handful of words, for a row of a list: `expires in 11 days · Apple cannot be reached`. */
export function briefWords(health: Health): string {
  return healthFacts(health)
    .map(({ brief }) => brief)
    .filter((brief) => brief !== '')
    .join(' · ');
}
