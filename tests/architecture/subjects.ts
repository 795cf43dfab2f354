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

export interface Floor {
  /** Folders that count as one: what runs upward from one to another of them is refused too. */
  folders: readonly string[];
  /** Rooms that are no subject, and what they are instead. */
  others: Readonly<Record<string, string>>;
}

/** A screen's question may ask about any subject, so `http` is held against itself and not against `store`. */
export const FLOORS: readonly Floor[] = [
  { folders: ['packages/core/src/domain', 'packages/core/src/use-cases'], others: {} },
  {
    folders: ['packages/server/src/store'],
    others: { engine: 'how the database is reached', migrations: 'its schema', reads: 'places in lists' },
  },
  {
    folders: ['packages/server/src/http'],
    others: {
      connection: 'who may connect, and how long',
      edge: 'from a request to its handler and back',
      kept: 'answers that are given again',
      refusals: 'codes as problem documents',
    },
  },
];
