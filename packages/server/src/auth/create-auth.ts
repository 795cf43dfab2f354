import { addressGroup } from '@winesap/core';
import { getCookies } from 'better-auth/cookies';
import { type Kysely, sql } from 'kysely';
import type { Log } from '../log/create-log.ts';
import type { Tables } from '../store/tables.ts';
import type { AuthDb } from './auth-tables.ts';
import type { Caller, Credential } from './caller.ts';
import { createKeys, type Keys } from './keys.ts';
import { createPeople, type People } from './people.ts';
import { CLIENT_ADDRESS_HEADER, createSignInLibrary, type SignInLibrary } from './sign-in-library.ts';
import { type Attempt, createSignInLimits } from './sign-in-limits.ts';

export interface AuthOptions {
  db: Kysely<Tables>;
  /** The public address of this Winesap, if configured. If it is https, cookies are sent only over https. */
  publicUrl: string | null;
  /** Signs the cookies; at least 32 random characters. A new secret signs everyone out. */
  secret: string;
  now?: () => Date;
  log?: Log;
}

export interface Auth {
  /**
   * Handles a request under `/api/auth`. Too many wrong passwords block the address and the account. No account: the
   * request tries no password.
   */
  handle(request: Request, address: string, account: string | null): Promise<Response>;
  /** The name of the session cookie. With https it begins with `__Secure-`. */
  sessionCookie: string;
  /** Returns the caller, by session cookie or `x-api-key`. */
  whoIs(headers: Headers): Promise<Caller | null>;
  /** Whether an earlier credential is still valid. */
  isGood(credential: Credential): Promise<boolean>;
  people: People;
  keys: Omit<Keys, 'ownerOf'>;
}

/** The parts of the library that are reachable from outside. Everything else about people goes through our own API. */
const OPEN_PATHS = new Set(['/api/auth/sign-in/email', '/api/auth/sign-out', '/api/auth/change-password']);

/** Creates sign-in, people, and API keys on our own tables, without any network. */
export function createAuth({ db, publicUrl, secret, now = () => new Date(), log }: AuthOptions): Auth {
  const authDb = db as unknown as AuthDb;
  const library = createSignInLibrary({ db: authDb, publicUrl, secret, log });
  const { ownerOf, ...keys } = createKeys(library, authDb, now);
  const limits = createSignInLimits((attempt) => isAtHome(authDb, attempt, now()), now);
  return {
    sessionCookie: getCookies(library.options).sessionToken.name,
    handle: async (request, address, account) => {
      if (!OPEN_PATHS.has(new URL(request.url).pathname)) return new Response(null, { status: 404 });
      const attempt = account === null ? null : { address, account };
      const waitSeconds = attempt === null ? 0 : await limits.take(attempt);
      if (waitSeconds > 0) return new Response(null, { status: 429, headers: { 'retry-after': String(waitSeconds) } });
      const headers = new Headers(request.headers);
      headers.set(CLIENT_ADDRESS_HEADER, address);
      const response = await library.handler(new Request(request, { headers }));
      if (attempt !== null && response.ok) limits.succeeded(attempt);
      if (response.status >= 500) await refuseIfAway(authDb);
      return withoutToken(response);
    },
    whoIs: async (headers) => {
      const key = headers.get('x-api-key');
      return key === null ? ownerOfSession(library, authDb, headers) : ownerOf(key);
    },
    isGood: async ({ kind, id }) => {
      const at = now();
      const found =
        kind === 'session'
          ? authDb.selectFrom('auth_session').select('id').where('id', '=', id).where('expires_at', '>', at)
          : authDb
              .selectFrom('auth_api_key')
              .select('id')
              .where('id', '=', id)
              .where('enabled', '=', true)
              .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', at)]));
      return (await found.executeTakeFirst()) !== undefined;
    },
    people: createPeople(authDb, now),
    keys,
  };
}

/** Whether the account has a session from that address. */
async function isAtHome(db: AuthDb, { address, account }: Attempt, at: Date): Promise<boolean> {
  const sessions = await db
    .selectFrom('auth_session as s')
    .innerJoin('auth_user as u', 'u.id', 's.user_id')
    .select('s.ip_address')
    .where('u.email', '=', account.trim().toLowerCase())
    .where('s.expires_at', '>', at)
    .execute();
  return sessions.some(({ ip_address: from }) => from !== null && addressGroup(from) === addressGroup(address));
}

async function ownerOfSession(library: SignInLibrary, db: AuthDb, headers: Headers): Promise<Caller | null> {
  // Most requests without a session carry no cookie, so there is nothing to look up.
  if (!headers.has('cookie')) return null;
  const found = await library.api.getSession({ headers }).catch(async (error: unknown) => {
    await refuseIfAway(db);
    throw error;
  });
  if (!found) return null;
  const { id, name, email, role, createdAt } = found.user;
  return {
    person: { id, name, email, role, createdAt: createdAt.toISOString() },
    credential: { kind: 'session', id: found.session.id, expiresAt: found.session.expiresAt },
  };
}

// The library reports every failure as internal. Our own query shows whether the database is unreachable.
async function refuseIfAway(db: AuthDb): Promise<void> {
  await sql`select 1`.execute(db);
}

// The session's token is in a cookie that scripts can't read; the response must not repeat it.
async function withoutToken(response: Response): Promise<Response> {
  if (!response.headers.get('content-type')?.includes('json')) return response;
  const body: unknown = await response.json();
  if (body && typeof body === 'object' && 'token' in body) delete body.token;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(body), { status: response.status, headers });
}
