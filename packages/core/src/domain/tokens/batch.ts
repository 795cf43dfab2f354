import type { ErrorCode } from '../../errors.ts';
import type { AssetDifference } from '../licenses/asset.ts';
import { holderOf, type Mode, planClaim } from '../locations/claim.ts';
import type { Identity } from '../locations/identity.ts';
import type { TokenState } from './token-state.ts';

/** Files are forgotten this long after the last one was added or confirmed, whatever they wait for. */
export const BATCH_FILES_KEPT_HOURS = 24;
/** What became of each file can be looked up for this long. */
export const BATCH_KEPT_DAYS = 90;
export const MOST_BATCH_FILES = 2000;

/**
 * `waiting`: Apple has not been asked yet. `looked`: can be confirmed. `refused`: can't be used. `confirmed`: is carried out.
 * `done` and `failed` are how that ended. `forgotten`: the file is gone unused.
 */
export type BatchStage = 'waiting' | 'looked' | 'refused' | 'confirmed' | 'done' | 'failed' | 'forgotten';

/** A refusal as it is stored: the words are made when it is shown. */
export interface StoredRefusal {
  code: ErrorCode;
  data: Readonly<Record<string, unknown>>;
}

/** What Apple said about a file, and what using it would change. */
export interface BatchFinding {
  identity: Identity;
  /** The token of this location as it was; null if Winesap holds none. */
  before: { identity: Identity; state: TokenState } | null;
  /** The new file expires earlier: only a person can decide that it is the right one. */
  needsConsent: boolean;
  /** How the licenses differ from those stored; null if nothing is stored or Apple didn't say in time. */
  licenses: { added: number; gone: number; changed: number } | null;
}

/** Where a new token goes. What has no ID yet is created with it. */
export interface TokenPlace {
  organizationId: string | null;
  organizationName: string;
  policyId: string | null;
  policyName: string;
}

/** One of many token files, kept by the server until it is used or forgotten. */
export interface BatchFile {
  id: string;
  batchId: string;
  fileName: string | null;
  /** Size in bytes. */
  bytes: number;
  /** Null once the file is used, forgotten, or refused before Apple was asked. */
  sealed: string | null;
  fingerprint: string | null;
  stage: BatchStage;
  finding: BatchFinding | null;
  /** For a new token. */
  place: TokenPlace | null;
  mode: Mode | null;
  takeOverFrom: string | null;
  acceptOlder: boolean;
  problem: StoredRefusal | null;
  /** The token that this file renews, or the one that it became. */
  tokenId: string | null;
  /** Of the token as it was when the file was looked at. */
  tokenVersion: number | null;
}

/** What can be said of a file beside the others. */
export type BatchVerdict = 'looking' | 'ready' | 'problem' | 'working' | 'done' | 'failed' | 'forgotten';
export interface JudgedFile {
  file: BatchFile;
  verdict: BatchVerdict;
  problem: StoredRefusal | null;
}

/** Judges files in their order: of two of the same location, only the first one that can be used is taken. */
export function judgeBatch(files: readonly BatchFile[], installationId: string): JudgedFile[] {
  const taken = new Map<string, string | null>();
  return files.map((file) => {
    const judged = judgeAlone(file, installationId);
    const uId = file.finding?.identity.uId;
    if (uId === undefined || !USES_LOCATION.has(judged.verdict)) return judged;
    const before = taken.get(uId);
    if (before === undefined) {
      taken.set(uId, file.fileName);
      return judged;
    }
    if (judged.verdict !== 'ready') return judged;
    return { file, verdict: 'problem', problem: { code: 'batch.same-location', data: { fileName: before } } };
  });
}

const USES_LOCATION: ReadonlySet<BatchVerdict> = new Set(['ready', 'working', 'done']);

function judgeAlone(file: BatchFile, installationId: string): JudgedFile {
  const { stage, finding, problem } = file;
  if (stage === 'waiting') return { file, verdict: 'looking', problem: null };
  if (stage === 'confirmed') return { file, verdict: 'working', problem: null };
  if (stage === 'refused') return { file, verdict: 'problem', problem };
  if (stage !== 'looked' || finding === null)
    return { file, verdict: stage as 'done' | 'failed' | 'forgotten', problem };
  const why = finding.before === null ? whyNotAdd(file, finding, installationId) : whyNotRenew(file, finding);
  return why === null ? { file, verdict: 'ready', problem: null } : { file, verdict: 'problem', problem: why };
}

function whyNotRenew(file: BatchFile, { identity, before, needsConsent }: BatchFinding): StoredRefusal | null {
  if (!needsConsent || file.acceptOlder) return null;
  const storedExpiresAt = before?.identity.expiresAt?.toISOString() ?? null;
  return {
    code: 'renewal.older-file',
    data: { storedExpiresAt, freshExpiresAt: identity.expiresAt?.toISOString() ?? null },
  };
}

function whyNotAdd(file: BatchFile, { identity }: BatchFinding, installationId: string): StoredRefusal | null {
  const plan = planClaim(file.mode ?? 'watch', identity.mdmInfo, installationId, file.takeOverFrom);
  return plan.do === 'refuse' ? { code: plan.code, data: { holder: plan.holder } } : null;
}

/** The least that can go wrong: manage what is already ours, watch everything else. */
export function proposedMode(identity: Identity, installationId: string): Mode {
  return holderOf(identity.mdmInfo, installationId) === 'ours' ? 'manage' : 'watch';
}

const NAME_LENGTH = 120;

/** Control characters, and marks that change the direction of the following text. */
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
const SHOWABLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Returns the name of a new organization or policy: one visible line of at most 120 characters. */
export function placeName(said: string | null, otherwise: string): string {
  const oneLine = (said ?? '').replace(UNSHOWABLE, ' ').replace(/\s+/g, ' ').trim();
  const name = SHOWABLE.test(oneLine) ? oneLine : otherwise;
  let short = '';
  for (const character of name) {
    if (short.length + character.length > NAME_LENGTH) break;
    short += character;
  }
  return short.trim();
}

/** Counts how the licenses differ. */
export function countDifferences(
  differences: readonly Pick<AssetDifference, 'kind'>[],
): NonNullable<BatchFinding['licenses']> {
  const of = (kind: AssetDifference['kind']) => differences.filter((one) => one.kind === kind).length;
  return { added: of('new'), gone: of('gone'), changed: of('changed') };
}

/** Whether looking once more may help: Apple was busy or away, or the world moved in the meantime. */
export function mayPass({ code }: StoredRefusal): boolean {
  return PASSING.has(code);
}

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'apple.busy',
  'apple.away',
  'apple.no-answer',
  'apple.unreadable',
  'apple.unclear',
  'apple.other-location',
  'token-file.location-missing',
  'token-file.location-unclear',
  'preview.stale',
  'location.held',
  'policy.holds-token',
  'policy.inherits-token',
  'policy.not-found',
  'organization.not-found',
  'organization.exists',
  'policy.exists',
  'claim.changed',
]);
