/** Returns the rows of a CSV text by column name; quotes and line breaks inside them follow RFC 4180. */
export function csvRows(text: string): Record<string, string>[] {
  const cells: string[][] = [[]];
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
  const body = text.replace(/^\u{feff}/u, '');
  while (pattern.lastIndex < body.length) {
    const [, cell = '', end = ''] = pattern.exec(body) ?? [];
    cells.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ',' && pattern.lastIndex < body.length) cells.push([]);
  }
  const [names = [], ...rows] = cells;
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
}
