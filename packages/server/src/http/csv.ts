import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { SENT } from './handler.ts';

/**
 * Streams rows as a CSV file, no faster than it is taken: memory stays flat however many there are. What breaks on the way
 * breaks the connection, so that nobody takes a part for the whole. Cells that a spreadsheet would run as a formula are
 * defused; the byte order mark makes spreadsheets read UTF-8.
 */
export async function sendCsv(
  reply: FastifyReply,
  fileName: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
): Promise<typeof SENT> {
  const csv = stringify({ bom: true, header: true, columns: [...columns], escape_formulas: true });
  reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}.csv"`);
  void reply.send(csv);
  try {
    await pipeline(Readable.from(rows), csv);
  } catch (error) {
    // Who went away is not missed; anything else is told as any bug is.
    if (!reply.raw.destroyed) reply.log.error({ err: error }, 'an export broke off');
  }
  return SENT;
}
