import type { Batch, BatchFile as BatchFileView, BatchSummary, TokenRef } from '@winesap/api';
import {
  type BatchFile,
  type BatchStage,
  type BatchVerdict,
  type JudgedFile,
  judgeBatch,
  mayPass,
} from '@winesap/core';
import { iso } from '../../store/reads/apple-said.ts';
import type { BatchHead } from '../../store/tokens/reads/batches.ts';
import { wordsOf } from '../refusals/errors.ts';
import { rowsOf } from './renewal.ts';
import { freshIdentityView } from './token-file.ts';

interface Seen {
  installationId: string;
  now: Date;
}

/** A batch with its files, judged beside each other. */
export function batchView(
  head: BatchHead,
  files: readonly { file: BatchFile; token: TokenRef | null }[],
  seen: Seen,
): Batch {
  const judged = judgeBatch(
    files.map(({ file }) => file),
    seen.installationId,
  );
  const tokens = new Map(files.map(({ file, token }) => [file.id, token]));
  const verdicts = new Map<BatchVerdict, number>();
  for (const { verdict } of judged) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  return {
    ...summaryOf(head, countsOf(verdicts)),
    files: judged.map((one) => fileOf(one, tokens.get(one.file.id) ?? null, seen)),
  };
}

/** A batch that has ended, by its stages. */
export function endedView(head: BatchHead, stages: ReadonlyMap<BatchStage, number>): BatchSummary {
  const verdicts = new Map<BatchVerdict, number>([
    ['problem', stages.get('refused') ?? 0],
    ['done', stages.get('done') ?? 0],
    ['failed', stages.get('failed') ?? 0],
    ['forgotten', stages.get('forgotten') ?? 0],
  ]);
  return summaryOf(head, countsOf(verdicts));
}

function countsOf(verdicts: ReadonlyMap<BatchVerdict, number>): BatchSummary['counts'] {
  const of = (verdict: BatchVerdict) => verdicts.get(verdict) ?? 0;
  return {
    files: [...verdicts.values()].reduce((sum, files) => sum + files, 0),
    looking: of('looking'),
    ready: of('ready'),
    problems: of('problem'),
    working: of('working'),
    done: of('done'),
    failed: of('failed'),
    forgotten: of('forgotten'),
  };
}

function summaryOf(head: BatchHead, counts: BatchSummary['counts']): BatchSummary {
  const state =
    head.endedAt !== null ? 'ended' : counts.working > 0 ? 'working' : counts.looking > 0 ? 'looking' : 'ready';
  return {
    id: head.id,
    createdAt: iso(head.createdAt),
    createdBy: head.createdBy,
    state,
    endedAt: iso(head.endedAt),
    forgetsAt: iso(head.forgetsAt),
    counts,
  };
}

function fileOf({ file, verdict, problem }: JudgedFile, token: TokenRef | null, seen: Seen): BatchFileView {
  const { finding } = file;
  const before = finding?.before ?? null;
  const fresh = finding === null ? null : freshIdentityView(finding.identity, seen.installationId, seen.now);
  return {
    id: file.id,
    fileName: file.fileName,
    bytes: file.bytes,
    verdict,
    act: finding === null ? null : before === null ? 'add' : 'renew',
    identity: fresh,
    token,
    expiredBefore: iso(before?.identity.expiresAt ?? null),
    changes:
      before === null || fresh === null
        ? []
        : rowsOf(freshIdentityView(before.identity, seen.installationId, seen.now), fresh, before.state).filter(
            ({ field, change }) => change === 'changed' && field !== 'expiresAt',
          ),
    licenses: finding?.licenses ?? null,
    needsConsent: finding?.needsConsent ?? false,
    acceptOlder: file.acceptOlder,
    place: file.place,
    mode: before === null ? file.mode : null,
    takeOverFrom: file.takeOverFrom,
    problem: problem === null ? null : { code: problem.code, ...wordsOf(problem.code, problem.data) },
    canLookAgain: problem !== null && file.sealed !== null && mayPass(problem),
  };
}
