import type { TokenRow, UploadLink, UploadWaiting } from '@winesap/api';
import { agoShort, shortDate } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { tableLines } from '../terminal/table.ts';

interface View {
  terminal: { style: Style };
  now: Date;
}

/** Shows a waiting file with the token that it is for. */
export interface WaitingFor {
  token: TokenRow;
  upload: UploadWaiting;
}

// IDs are meant to be copied, so these tables are never cut.

export function linkLines(links: readonly UploadLink[], { terminal: { style }, now }: View): string[] {
  if (links.length === 0) return ['No upload links.'];
  const columns = ['State', 'Holds until', 'Confirms by itself', 'Made', 'Id'].map((title) => ({ title }));
  const rows = links.map((link) => [
    { text: link.state, ...(link.state === 'open' ? { paint: style.green } : { paint: style.grey }) },
    { text: shortDate(link.expiresAt) },
    { text: link.autoConfirm ? 'yes' : 'no' },
    { text: `${agoShort(link.createdAt, now)} by ${link.createdBy}` },
    { text: link.id },
  ]);
  return tableLines(columns, rows, Infinity, style.bold) ?? [];
}

export function waitingLines(waiting: readonly WaitingFor[], { terminal: { style }, now }: View): string[] {
  if (waiting.length === 0) return ['No file waits.'];
  const columns = ['Location', 'Organization', 'File', 'Uploaded', 'Id'].map((title) => ({ title }));
  const rows = waiting.map(({ token, upload }) => [
    { text: token.locationName },
    { text: token.organizationName },
    { text: upload.fileName ?? '' },
    { text: agoShort(upload.uploadedAt, now) },
    { text: upload.id },
  ]);
  return tableLines(columns, rows, Infinity, style.bold) ?? [];
}
