import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import type { Columns } from './columns.ts';
import { SENT } from './handler.ts';

/**
 * Streams rows as a CSV file, at the reader's speed, so that memory use stays constant. A failure before the first row
 * is refused like any request. A later failure resets the connection, which every client notices, and is logged, so
 * that no reader takes a part for the whole. Cells that a spreadsheet would run as a formula are defused; the byte
 * order mark makes spreadsheets read UTF-8.
 */
export async function sendCsv<Row>(
  reply: FastifyReply,
  fileName: string,
  columns: Columns<Row>,
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<typeof SENT> {
  const begun = await withFirstRow(rows, () => reply.raw.socket?.resetAndDestroy());
  const source = Readable.from(lines(begun, columns));
  const csv = stringify({ bom: true, header: true, columns: columns.map(([name]) => name), escape_formulas: true });
  reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}.csv"`);
  void reply.send(csv);
  try {
    await pipeline(source, csv);
  } catch (error) {
    if (!isClientGone(error)) reply.server.answerBroke(reply.request, error);
  }
  return SENT;
}

async function* lines<Row>(rows: AsyncIterable<Row>, columns: Columns<Row>): AsyncGenerator<unknown[]> {
  for await (const row of rows) yield columns.map(([, of]) => of(row));
}

/**
 * Returns the same rows once the first one, or the end, has been read. Calls `broke` before it passes on a later
 * failure.
 */
async function withFirstRow<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  broke: () => void,
): Promise<AsyncIterable<Row>> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let next = await iterator.next();
  return (async function* () {
    try {
      while (next.done !== true) {
        yield next.value;
        next = await iterator.next();
      }
    } catch (error) {
      // Otherwise an old proxy or client, which takes the end of the connection for the end of the file, would keep a
      // part.
      broke();
      throw error;
    } finally {
      await iterator.return?.();
    }
  })();
}

function isClientGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
