import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { SENT } from './handler.ts';

/**
 * Streams rows as a CSV file. Cells that a spreadsheet would run as a formula are defused; the byte order mark makes
 * spreadsheets read UTF-8.
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
  for await (const row of rows) {
    if (!csv.write([...row])) await new Promise((resolve) => csv.once('drain', resolve));
    if (reply.raw.destroyed) break;
  }
  csv.end();
  return SENT;
}
