import type {
  AssetChange,
  IdentityRow,
  Identity as IdentityView,
  RenewalPreview as RenewalPreviewView,
} from '@winesap/api';
import { type Asset, type AssetDifference, appleLine, countDifferences, type RenewalPreview } from '@winesap/core';
import { iso } from '../../store/reads/apple-said.ts';
import { wordsOf } from '../refusals/errors.ts';
import { fileView, freshIdentityView, refOf } from './token-file.ts';

const SHOWN_CHANGES = 200;

/** Old and new side by side, as step 2 of a renewal shows them. */
export function renewalView(
  preview: RenewalPreview,
  names: ReadonlyMap<string, string>,
  installationId: string,
  now: Date,
): RenewalPreviewView {
  const { token, file, fresh, verdict, dryRun } = preview;
  const stored = freshIdentityView(token.identity, installationId, now);
  const freshView = freshIdentityView(fresh, installationId, now);
  const data = {
    stored: { uId: stored.uId, locationName: stored.locationName },
    fresh: { uId: freshView.uId, locationName: freshView.locationName },
    storedExpiresAt: stored.expiresAt,
    freshExpiresAt: freshView.expiresAt,
  };
  return {
    tokenId: token.id,
    tokenVersion: token.version,
    file: fileView(file),
    stored,
    fresh: freshView,
    rows: rowsOf(stored, freshView, token.state),
    verdict: verdict.verdict,
    refusal: verdict.verdict === 'ready' ? null : { code: verdict.code, ...wordsOf(verdict.code, data) },
    otherToken: preview.otherToken === null ? null : refOf(preview.otherToken),
    dryRun: dryRun.kind === 'read' ? dryRunView(dryRun, names, token.syncedAt) : null,
    dryRunMissing:
      dryRun.kind === 'not-read' && dryRun.failure !== null
        ? `The licenses could not be compared: ${appleLine(dryRun.failure)}. They are read after the renewal.`
        : null,
    promise: 'Renewing changes no assignment and removes no app from any device.',
  };
}

const DEAD_WORDS: Record<string, string> = { revoked: 'revoked', expired: 'expired', invalid: 'not accepted by Apple' };

/** Both identities, field by field. */
export function rowsOf(stored: IdentityView, fresh: IdentityView, state: string): IdentityRow[] {
  const row = (field: IdentityRow['field'], label: string, a: string | null, b: string | null): IdentityRow => {
    const change = b === null ? 'not-known' : a === b ? 'same' : field === 'uId' ? 'wrong' : 'changed';
    return { field, label, stored: a, fresh: b, change };
  };
  const storedExpiry = DEAD_WORDS[state] ?? stored.expiresAt;
  return [
    row('uId', 'Identification number', stored.uId, fresh.uId),
    row('locationName', 'Name', stored.locationName, fresh.locationName),
    row('appleId', 'Apple ID', stored.appleId, fresh.appleId),
    row('organizationName', 'Organization', stored.organizationName, fresh.organizationName),
    row('country', 'Country', stored.country, fresh.country),
    row('expiresAt', 'Expires', storedExpiry, fresh.expiresAt),
    row('claim', 'Managed by', stored.claim.words, fresh.claim.words),
  ];
}

function dryRunView(
  dryRun: Extract<RenewalPreview['dryRun'], { kind: 'read' }>,
  names: ReadonlyMap<string, string>,
  readAt: Date | null,
): NonNullable<RenewalPreviewView['dryRun']> {
  return {
    storedAssets: dryRun.stored,
    freshAssets: dryRun.fresh,
    ...countDifferences(dryRun.differences),
    changes: dryRun.differences.slice(0, SHOWN_CHANGES).map((difference) => changeView(difference, names)),
    discrepancy: dryRun.discrepancy,
    readAt: iso(readAt),
  };
}

function changeView(difference: AssetDifference, names: ReadonlyMap<string, string>): AssetChange {
  const counts = (asset: Asset | null) =>
    asset === null ? null : { total: asset.total, assigned: asset.assigned, available: asset.available };
  return {
    adamId: difference.adamId,
    pricingParam: difference.pricingParam,
    name: names.get(difference.adamId) ?? null,
    kind: difference.kind,
    stored: counts(difference.stored),
    fresh: counts(difference.fresh),
  };
}
