import type { ContentToken, HealthFact, Scan, Severity, UploadWaiting } from '@winesap/api';
import { healthFacts, isScanning, SEVERITIES } from '@winesap/api/words';

/** One thing to be said of a token. */
export type NoticePart =
  | { kind: 'file-waits'; severity: 'soon'; upload: UploadWaiting }
  | { kind: 'health'; severity: Severity; fact: HealthFact }
  | { kind: 'scan-failed'; severity: 'soon'; scan: Scan }
  | { kind: 'scan-doubtful'; severity: 'unknown'; scan: Scan }
  | { kind: 'synced'; severity: 'ok' };

export interface Notice {
  /** Of the box: that of the worst part. */
  severity: Severity;
  /** The most urgent first. Empty only while a scan of a healthy token is all there is to say. */
  parts: NoticePart[];
  /** The scan under way. */
  scan: Scan | null;
}

/** States in which a scan can succeed: one that stopped is a fact of its own there, else only another sign of the same. */
const READABLE: ReadonlySet<HealthFact['state']> = new Set(['healthy', 'expiring', 'claimed-elsewhere']);

/** All that is to be said of a token at this moment, as one box: nothing in it contradicts anything else in it. */
export function noticeOf(token: ContentToken, waiting: readonly UploadWaiting[]): Notice {
  const { health, scan } = token;
  const scanning = isScanning(scan);
  const parts: NoticePart[] = waiting.map((upload) => ({ kind: 'file-waits', severity: 'soon', upload }));
  if (health.severity !== 'ok')
    for (const fact of healthFacts(health)) parts.push({ kind: 'health', severity: fact.severity, fact });
  if (scan?.state === 'failed' && READABLE.has(health.state))
    parts.push({ kind: 'scan-failed', severity: 'soon', scan });
  if (scan?.state === 'doubtful') parts.push({ kind: 'scan-doubtful', severity: 'unknown', scan });
  if (parts.length === 0 && !scanning) parts.push({ kind: 'synced', severity: 'ok' });
  const severity = SEVERITIES.find((each) => parts.some((part) => part.severity === each)) ?? 'ok';
  return { severity, parts, scan: scanning ? scan : null };
}
