import type { Notice } from '../domain/notice.ts';
import { type Effect, effect } from '../domain/notice-effect.ts';
import type { TokenRecord } from '../ports/records.ts';
import type { Tx } from '../ports/store.ts';

/** Applies a notification within the caller's transaction. */
export async function applyNotice(_tx: Tx, _token: TokenRecord, notice: Notice): Promise<Effect> {
  if (notice.kind === 'assignments' && !notice.succeeded) {
    const failed = new Map<string, Effect['failed'][number]>();
    for (const { adamId } of notice.assignments) {
      const { change, errorNumber } = notice;
      const sum = failed.get(adamId) ?? { adamId, change, licenses: 0, errorNumber };
      sum.licenses += 1;
      failed.set(adamId, sum);
    }
    return effect(notice.kind, { failed: [...failed.values()] });
  }
  return effect(notice.kind);
}
