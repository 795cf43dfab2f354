/**
 * What Winesap is about, lower subjects first. Every floor of the house has its rooms by these names, and a subject imports
 * itself and lower ones: whoever changes one knows what can lean on it.
 */
const SUBJECTS = [
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

/** Rooms of the console, lower ones first: what all screens stand on, then the subjects as people meet them. */
const SCREENS = [
  'look',
  'data',
  'parts',
  'windows',
  'lists',
  'sign-in',
  'policies',
  'events',
  'alerts',
  'tokens',
  'locations',
  'overview',
  'settings',
  'app',
] as const;

/** Rooms of the command line, lower ones first. */
const COMMAND_LINE = [
  'terminal',
  'words',
  'session',
  'find',
  'show',
  'output',
  'input',
  'check',
  'follow',
  'renewal',
  'demo',
  'commands',
] as const;

export interface Floor {
  /** Folders that count as one: what runs upward from one to another of them is refused too. */
  folders: readonly string[];
  /** Its rooms, lower ones first. */
  rooms: readonly string[];
  /** Rooms that are no subject, and what they are instead. */
  others: Readonly<Record<string, string>>;
}

/** A screen's question may ask about any subject, so `http` is held against itself and not against `store`. */
export const FLOORS: readonly Floor[] = [
  { folders: ['packages/core/src/domain', 'packages/core/src/use-cases'], rooms: SUBJECTS, others: {} },
  // Use cases are handed all ports at once; what a port speaks of is held against the domain.
  { folders: ['packages/core/src/ports', 'packages/core/src/domain'], rooms: SUBJECTS, others: {} },
  {
    folders: ['packages/server/src/store'],
    rooms: SUBJECTS,
    others: {
      engine: 'how the database is reached',
      generations: 'rows that are seen once a reading is complete',
      migrations: 'its schema',
      reads: 'places in lists',
    },
  },
  {
    folders: ['packages/server/src/http'],
    rooms: SUBJECTS,
    others: {
      connection: 'who may connect, and how long',
      edge: 'from a request to its handler and back',
      kept: 'answers that are given again',
      refusals: 'codes as problem documents',
    },
  },
  { folders: ['packages/web/src'], rooms: SCREENS, others: {} },
  { folders: ['packages/cli/src'], rooms: COMMAND_LINE, others: {} },
];
