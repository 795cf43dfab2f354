import { type ContentToken, routes, type Scan } from '@winesap/api';
import { progressWords } from '@winesap/api/words';
import { pauseFor } from '../pause.ts';
import { refusal } from '../refusal.ts';
import { patiently } from '../session/connection.ts';
import type { Session } from '../session/session.ts';

const FIRST_LOOK_MS = 200;
const LOOK_EVERY_MS = 1_000;
/** Without a progress line, prints a line now and then: enough for a log, without flooding it. */
const LINE_EVERY_MS = 15_000;
/** A restart of the server does not end a scan. */
const AWAY_AT_MOST_MS = 60_000;

/**
 * Watches a scan until it ends, with progress on standard error, and returns it, succeeded or failed. The scan
 * continues on the server, watched or not.
 */
export async function followScan(session: Session, start: Scan): Promise<Scan> {
  const { terminal, signal, now } = session.context;
  let scan = start;
  let pause = FIRST_LOOK_MS;
  let lastLine: { at: number; text: string } | null = null;
  while (scan.state === 'queued' || scan.state === 'running') {
    const text = `${scan.state === 'queued' ? 'Scan' : 'Reading from Apple'}: ${progressWords(scan)}`;
    if (terminal.showsProgress && !session.options.json) terminal.progress(text);
    else if (lastLine === null || (lastLine.text !== text && now().getTime() - lastLine.at >= LINE_EVERY_MS)) {
      session.say(text);
      lastLine = { at: now().getTime(), text };
    }
    await pauseFor(pause, signal);
    pause = Math.min(pause * 1.5, LOOK_EVERY_MS);
    scan = await patiently(session.context, AWAY_AT_MOST_MS, () =>
      session.call(routes.getScan, { params: { scanId: scan.id } }),
    );
  }
  terminal.progress(null);
  return scan;
}

/** Watches the scan that a Save has started until the token has been read. Returns the token. */
export async function followToken(session: Session, saved: ContentToken): Promise<ContentToken> {
  if (saved.scan === null) return saved;
  const scan = await followScan(session, saved.scan);
  const token = await patiently(session.context, AWAY_AT_MOST_MS, () =>
    session.call(routes.getToken, { params: { tokenId: saved.tokenId } }),
  );
  if (scan.state === 'failed') throw scanFailed(scan);
  return token;
}

/** Turns a failed scan into a refusal. Errors: scan.failed, with the scan's own code in `data`. */
export function scanFailed(scan: Scan) {
  return refusal(
    'scan.failed',
    scan.failure?.text ?? 'The scan failed.',
    scan.failure?.apple ? `Apple said: ${scan.failure.apple.line}` : 'What was read before is kept.',
    { scanId: scan.id, ...(scan.failure && { reason: scan.failure.code }) },
  );
}
