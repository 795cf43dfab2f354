import { AppleNoAnswer } from '../errors/apple-no-answer.ts';
import type { Time } from '../transport/time.ts';
import { type FetchPage, PagesAhead } from './ahead.ts';
import { unlessGone } from './out-of-range.ts';
import { type RawPage, sameVersion } from './page.ts';

/** A page among pages of one version. */
export interface VersionedPage<Row> extends RawPage<Row> {
  /**
   * 0 for the first pass; grows by one each time the data changed and the read restarts. Rows of lower passes are void.
   */
  readonly pass: number;
}

export interface OneVersionOptions {
  /**
   * Called when the data changed and everything read so far is void; the read restarts when it returns. Without it, a
   * changed version ends the iteration with `AppleNoAnswer` (`moved`).
   */
  readonly onRestart?: (pass: number) => void | Promise<void>;
  /** How often the read may restart. Default 6. */
  readonly maxRestarts?: number;
}

interface Surroundings {
  readonly doing: string;
  readonly width: number;
  readonly time: Time;
  readonly signal: AbortSignal | undefined;
}

const PAUSE_MS = 250;

/**
 * Yields pages that all belong to one version, for data without a delta: if the version changes, everything is read
 * again, with growing pauses. This is Apple's advice for assets (documented).
 */
export async function* pagesOfOneVersion<Row>(
  fetchPage: FetchPage<Row>,
  options: OneVersionOptions,
  { doing, width, time, signal }: Surroundings,
): AsyncGenerator<VersionedPage<Row>, void, undefined> {
  const maxRestarts = options.onRestart ? (options.maxRestarts ?? 6) : 0;
  for (let pass = 0; ; pass++) {
    const ahead = new PagesAhead(fetchPage, width, signal);
    try {
      let page = await ahead.take(0);
      const { versionId } = page;
      yield { ...page, pass };
      let moved = false;
      while (page.nextPageIndex !== null && !moved) {
        const next = await unlessGone(ahead.take(page.nextPageIndex));
        // Apple counts one page too many, and said itself that this is the last one.
        if (next === null && page.said.nextPageIndex === null) break;
        if (next === null || !sameVersion(next.versionId, versionId)) {
          moved = true;
        } else {
          page = next;
          yield { ...page, pass };
        }
      }
      if (!moved) return;
    } finally {
      ahead.close();
    }
    if (pass >= maxRestarts) throw gaveUp(doing, 'moved');
    await options.onRestart?.(pass + 1);
    await time.sleep(PAUSE_MS * 2 ** pass, signal).catch(() => {
      throw gaveUp(doing, 'aborted');
    });
  }
}

function gaveUp(doing: string, reason: 'moved' | 'aborted'): AppleNoAnswer {
  return new AppleNoAnswer({ doing, mayHaveArrived: false, retryAfterMs: null, reason, detail: null });
}
