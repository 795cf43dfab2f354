/**
 * What Winesap is about, lower subjects first. Every layer has folders with these names, and a subject imports itself
 * and lower ones, so that it is clear what can depend on a subject.
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

/** Folders of the console, lower ones first: what all screens share, then the subjects in the order of the menu. */
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

/** Folders of the command line, lower ones first. */
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
  /** Folders that count as one: upward imports from one to another of them are refused too. */
  folders: readonly string[];
  /** Its folders, lower ones first. */
  rooms: readonly string[];
  /** Folders that are not subjects, and what they are instead. */
  others: Readonly<Record<string, string>>;
}

/** A screen's query may read any subject, so `http` is checked against itself and not against `store`. */
export const FLOORS: readonly Floor[] = [
  { folders: ['packages/core/src/domain', 'packages/core/src/use-cases'], rooms: SUBJECTS, others: {} },
  // Use cases receive all ports at once, so ports are checked against the domain.
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
