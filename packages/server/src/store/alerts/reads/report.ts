import {
  type AppleFailure,
  DAY_MS,
  daysUntil,
  healthWords,
  later,
  nextStepElsewhere,
  type Report,
  SEVERITY,
  type TokenState,
} from '@winesap/core';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';

interface ReportQuery {
  organizationId: string | null;
  days: number;
  /** The maximum number of rows of each list. */
  rows: number;
}

const AHEAD_DAYS = 60;

/** Returns what expires, what is broken, what is low, and what changed. Null if the organization doesn't exist. */
export async function readReport(db: Kysely<Tables>, query: ReportQuery, now: Date): Promise<Report | null> {
  const { organizationId, days, rows } = query;
  const organization =
    organizationId === null
      ? null
      : await db.selectFrom('organizations').select('name').where('id', '=', organizationId).executeTakeFirst();
  if (organization === undefined) return null;
  const from = later(now, -days * DAY_MS);
  const tokens = await readTokens(db, organizationId);
  const severities = tokens.map(({ state }) => SEVERITY[state]);
  const number = (severity: (typeof severities)[number]) => severities.filter((one) => one === severity).length;
  const broken = tokens
    .filter(({ state }) => SEVERITY[state] === 'broken' || SEVERITY[state] === 'unknown')
    .sort((a, b) => a.stateSince.getTime() - b.stateSince.getTime());
  const expiring = tokens
    .flatMap(({ expiresAt, ...token }) => (expiresAt === null ? [] : [{ ...token, expiresAt }]))
    .filter(({ expiresAt }) => expiresAt > now && expiresAt <= later(now, AHEAD_DAYS * DAY_MS))
    .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
  return {
    from: iso(from),
    to: iso(now),
    days,
    organizationId,
    organizationName: organization?.name ?? null,
    tokens: {
      total: tokens.length,
      broken: number('broken'),
      soon: number('soon'),
      unknown: number('unknown'),
      checking: number('checking'),
      ok: number('ok'),
    },
    broken: {
      total: broken.length,
      items: broken.slice(0, rows).map((token) => ({ ...placeOf(token), ...wordsOf(token, now) })),
    },
    expiring: {
      total: expiring.length,
      items: expiring.slice(0, rows).map((token) => ({
        ...placeOf(token),
        expiresAt: iso(token.expiresAt),
        daysLeft: daysUntil(token.expiresAt, now),
      })),
    },
    low: await readLow(db, organizationId, rows),
    changes: await readChanges(db, organizationId, from, now, rows),
  };
}

interface ReportToken {
  tokenId: string;
  organizationId: string;
  organizationName: string;
  policyId: string | null;
  locationName: string;
  state: TokenState;
  stateSince: Date;
  expiresAt: Date | null;
  claimName: string | null;
  failure: unknown;
}

function placeOf({
  tokenId,
  organizationId,
  organizationName,
  policyId,
  locationName,
}: Omit<ReportToken, 'expiresAt'>) {
  return { tokenId, organizationId, organizationName, policyId, locationName };
}

function wordsOf(token: ReportToken, now: Date) {
  const words = healthWords(token.state, {
    locationName: token.locationName,
    daysLeft: token.expiresAt === null ? null : daysUntil(token.expiresAt, now),
    claimName: token.claimName,
    failure: token.failure as AppleFailure | null,
    portal: 'business.apple.com or school.apple.com',
  });
  const { label, cause } = words;
  return { state: token.state, label, cause, nextStep: nextStepElsewhere(words), since: iso(token.stateSince) };
}

async function readTokens(db: Kysely<Tables>, organizationId: string | null): Promise<ReportToken[]> {
  return db
    .selectFrom('content_tokens as t')
    .innerJoin('organizations as o', 'o.id', 't.organization_id')
    .innerJoin('locations as l', 'l.uid', 't.location_uid')
    .where('t.removed_at', 'is', null)
    .$if(organizationId !== null, (query) => query.where('t.organization_id', '=', organizationId ?? ''))
    .select(['t.id as tokenId', 't.organization_id as organizationId', 'o.name as organizationName'])
    .select(['t.policy_id as policyId', sql<string>`coalesce(l.name, l.uid)`.as('locationName'), 't.state'])
    .select(['t.state_since as stateSince', 't.expires_at as expiresAt', 't.mdm_name as claimName', 't.failure'])
    .orderBy('o.name')
    .orderBy('l.name')
    .execute();
}

async function readLow(db: Kysely<Tables>, organizationId: string | null, rows: number): Promise<Report['low']> {
  const low = await db
    .selectFrom('assets as a')
    .innerJoin('content_tokens as t', 't.location_uid', 'a.location_uid')
    .innerJoin('organizations as o', 'o.id', 't.organization_id')
    .innerJoin('locations as l', 'l.uid', 'a.location_uid')
    .leftJoin('asset_metadata as m', (join) =>
      join.onRef('m.adam_id', '=', 'a.adam_id').on('m.country', '=', sql<string>`coalesce(lower(l.country), '')`),
    )
    .where('t.removed_at', 'is', null)
    .where('a.gone_at', 'is', null)
    .where('a.low_since', 'is not', null)
    .$if(organizationId !== null, (query) => query.where('t.organization_id', '=', organizationId ?? ''))
    .select(['t.id as tokenId', 't.organization_id as organizationId', 'o.name as organizationName'])
    .select(['t.policy_id as policyId', sql<string>`coalesce(l.name, l.uid)`.as('locationName')])
    .select(['a.adam_id as adamId', 'a.pricing_param as pricingParam', 'm.name as assetName'])
    .select([
      sql<number>`a.available`.as('available'),
      sql<number>`a.total`.as('total'),
      'a.read_at as readAt',
      'a.low_since as since',
      sql<number>`(count(*) over ())::int`.as('all'),
    ])
    .orderBy('a.available')
    .orderBy('a.total', 'desc')
    .orderBy('a.adam_id')
    .limit(rows)
    .execute();
  return {
    total: low[0]?.all ?? 0,
    items: low.map(({ all: _, readAt, since, ...asset }) => ({ ...asset, readAt: iso(readAt), since: iso(since) })),
  };
}

type ChangeKind = Report['changes']['items'][number]['kind'];

const KINDS: Readonly<Record<string, ChangeKind>> = {
  'token.added': 'added',
  'token.renewed': 'renewed',
  'token.removed': 'removed',
  'claim.set': 'claim',
  'claim.lost': 'claim',
  'claim.changed': 'claim',
  'claim.gone': 'claim',
  'token.claimed-elsewhere': 'claim',
  'token.mode-changed': 'claim',
  'token.healthy': 'mended',
  'token.expired': 'broke',
  'token.revoked': 'broke',
  'token.invalid': 'broke',
  'token.not-permitted': 'broke',
  'token.terms': 'broke',
  'token.locked': 'broke',
  'token.unknown': 'broke',
};

/** From the log, which also covers removed tokens and organizations. */
async function readChanges(
  db: Kysely<Tables>,
  organizationId: string | null,
  from: Date,
  to: Date,
  rows: number,
): Promise<Report['changes']> {
  const changes = await db
    .selectFrom('events as e')
    .leftJoin('organizations as o', 'o.id', 'e.organization_id')
    .where('e.receiver_type', '=', 'vpp-token')
    .where('e.code', 'in', Object.keys(KINDS))
    .where('e.at', '>', from)
    .where('e.at', '<=', to)
    .$if(organizationId !== null, (query) => query.where('e.organization_id', '=', organizationId ?? ''))
    .select(['e.at', 'e.code', 'e.token_id as tokenId', 'e.organization_id as organizationId'])
    .select(['o.name as organizationName', 'e.receiver_name as locationName', 'e.text', 'e.actor_name as actor'])
    .select(sql<number>`(count(*) over ())::int`.as('all'))
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(rows)
    .execute();
  return {
    total: changes[0]?.all ?? 0,
    items: changes.map(({ all: _, at, code, ...change }) => ({
      ...change,
      at: iso(at),
      kind: KINDS[code] ?? 'mended',
    })),
  };
}
