/** The lines of an export, made row by row as they are taken. */
export async function* cells<T>(rows: AsyncIterable<T>, of: (row: T) => unknown[]): AsyncGenerator<unknown[]> {
  for await (const row of rows) yield of(row);
}
