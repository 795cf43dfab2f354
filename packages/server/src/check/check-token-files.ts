import { createApple } from '../apple/create-apple.ts';
import { VERSION } from '../version.ts';
import { checkFile } from './check-file.ts';
import { type CheckLevel, type Thresholds, worstLevel } from './check-level.ts';
import type { CheckReport, OtherFile, TokenCheck } from './check-report.ts';
import { type FoundFile, findFiles } from './find-files.ts';

export type { CheckLevel } from './check-level.ts';
export type { CheckReport, OtherFile, TokenCheck } from './check-report.ts';

export interface CheckOptions extends Thresholds {
  /** Files, folders, and `-` for standard input. */
  paths: readonly string[];
  stdin: AsyncIterable<Uint8Array>;
  /** Null: only what the files say. */
  appleUrl: string | null;
  /** Milliseconds per token, including the one retry for a slow Apple. */
  timeoutMs: number;
  signal: AbortSignal;
  now(): Date;
}

/** Tokens checked at once: each is a location with its own limit at Apple. */
const AT_ONCE = 12;

/**
 * Checks for every file whether it is a content token, whether it works, and for how long. Needs no server and no
 * database, and stores nothing. Apple gets one read per token (client config), repeated once if there is no answer.
 */
export async function checkTokenFiles(options: CheckOptions): Promise<CheckReport> {
  const { appleUrl, timeoutMs, paths } = options;
  const apple =
    appleUrl === null ? null : createApple({ baseUrl: appleUrl, timeoutMs, version: VERSION, markOf: () => '' });
  const found = await findFiles(paths);
  const results = await mapAtMost(AT_ONCE, found, (file: FoundFile) => checkFile(file, { ...options, apple }));
  options.signal.throwIfAborted();

  const tokens = results.filter((result): result is TokenCheck => result.kind === 'token').sort(worstFirst);
  const others = results.filter((result): result is OtherFile => result.kind === 'other');
  const levels = [...tokens, ...others].flatMap(({ level }) => (level === null ? [] : [level]));
  return {
    // Without any token, the result is unknown.
    level: levels.length === 0 ? 'unknown' : worstLevel(levels),
    checkedAt: options.now().toISOString(),
    offline: apple === null,
    warnDays: options.warnDays,
    criticalDays: options.criticalDays,
    tokens,
    others,
  };
}

const ORDER: Record<CheckLevel, number> = { critical: 0, unknown: 1, warning: 2, ok: 3 };

function worstFirst(a: TokenCheck, b: TokenCheck): number {
  return (
    ORDER[a.level] - ORDER[b.level] ||
    (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) ||
    a.file.localeCompare(b.file)
  );
}

/** Maps in order, with a limit on how many run at once. */
async function mapAtMost<T, R>(atOnce: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
