import type { Severity } from '../schemas/health.ts';

/** What each severity is called on its own. */
export const SEVERITY_WORD: Record<Severity, string> = {
  broken: 'Broken',
  soon: 'Soon',
  unknown: 'Unknown',
  checking: 'Checking',
  ok: 'Healthy',
};
