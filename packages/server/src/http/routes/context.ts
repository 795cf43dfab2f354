import type { Deps } from '@winesap/core';
import type { Kysely } from 'kysely';
import type { Auth } from '../../auth/create-auth.ts';
import type { Tables } from '../../store/tables.ts';
import type { LiveHub } from '../live-hub.ts';

/** What handlers work with: use cases through `deps`, screens straight from the database. */
export interface Context {
  deps: Deps;
  db: Kysely<Tables>;
  auth: Auth;
  hub: LiveHub;
  version: string;
  demo: boolean;
  appleUrl: string;
  keptDays: number;
  now(): Date;
}
