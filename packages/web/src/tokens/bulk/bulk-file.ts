import type { Inspection, Problem, RenewalPreview } from '@winesap/api';
import type { ChosenFile } from '../../parts/files/token-file.ts';

export type Refusal = Pick<Problem, 'title' | 'detail' | 'code'>;

/** One of many dropped files: looked at, then renewed with, or not, and why. */
export interface BulkFile {
  key: number;
  name: string;
  /** Null when it was refused before a byte of it was read. */
  file: ChosenFile | null;
  inspection: Inspection | null;
  preview: RenewalPreview | null;
  stage: 'waiting' | 'reading' | 'read' | 'renewing' | 'renewed' | 'failed' | 'added';
  /** Why it cannot be used, or why renewing with it failed. */
  problem: Refusal | null;
  acceptOlder: boolean;
}

/** What can be said of a file beside the others. */
export type Judged = BulkFile & {
  verdict: 'looking' | 'ready' | 'problem' | 'not-held' | 'renewing' | 'renewed' | 'added';
};

/** Judges the files beside each other: of two that renew one token, only the first is taken. */
export function judge(files: readonly BulkFile[]): Judged[] {
  const first = new Map<string, string>();
  return files.map((file) => {
    if (file.stage === 'added' || file.stage === 'renewing') return { ...file, verdict: file.stage };
    if (file.stage === 'renewed') {
      if (file.preview !== null) first.set(file.preview.tokenId, file.name);
      return { ...file, verdict: 'renewed' };
    }
    if (file.problem !== null) return { ...file, verdict: 'problem' };
    if (file.stage !== 'read') return { ...file, verdict: 'looking' };
    if (file.preview === null) return { ...file, verdict: 'not-held', problem: notHeld(file) };
    const { preview } = file;
    if (preview.verdict === 'refused' || (preview.verdict === 'needs-consent' && !file.acceptOlder))
      return { ...file, verdict: 'problem', problem: preview.refusal ?? CANNOT };
    const before = first.get(preview.tokenId);
    if (before !== undefined) return { ...file, verdict: 'problem', problem: second(before) };
    first.set(preview.tokenId, file.name);
    return { ...file, verdict: 'ready' };
  });
}

const CANNOT: Refusal = { code: 'renewal.refused', title: 'This file cannot renew the token.', detail: '' };

const second = (before: string): Refusal => ({
  code: 'renewal.same-token',
  title: `${before} renews the same token.`,
  detail: 'Only the first file of a token is taken.',
});

function notHeld({ inspection }: BulkFile): Refusal {
  const location = inspection?.identity.locationName ?? inspection?.identity.uId ?? 'this location';
  return {
    code: 'token.not-found',
    title: `Winesap holds no token for ${location}.`,
    detail: 'It can be added to a policy.',
  };
}

/** Refusals of one file; everything else would meet the next file as well. */
export function isOfThisFile({ code }: Pick<Problem, 'code'>): boolean {
  return /^(token-file|renewal|preview|token|apple|console\.unreadable-file)\b/.test(code);
}

/** Problems that may be gone when the file is looked at once more. */
export function mayPass({ code }: Pick<Problem, 'code'>): boolean {
  return /^(apple\.(busy|away|no-answer|unreadable)|preview\.stale)$/.test(code);
}

export function locationOf({ preview, inspection }: BulkFile): string | null {
  const identity = preview?.stored ?? inspection?.identity;
  return identity === undefined ? null : (identity.locationName ?? identity.uId);
}
