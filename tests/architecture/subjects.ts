/**
 * What Winesap is about, lower subjects first. Every floor of the house has its rooms by these names, and a subject imports
 * itself and lower ones: whoever changes one knows what can lean on it.
 */
export const SUBJECTS = [
  'organizations',
  'locations',
  'users',
  'licenses',
  'hooks',
  'tokens',
  'scans',
  'operations',
  'notifications',
  'alerts',
  'installation',
] as const;

/** The floors: every folder in them is a subject, or is named here with what it is instead. */
export const FLOORS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'packages/core/src/domain': {},
  'packages/core/src/use-cases': {},
};
