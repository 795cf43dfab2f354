/** The columns of an export, in their order: how each is named, and what of a row stands in it. */
export type Columns<Row> = readonly (readonly [name: string, of: (row: Row) => unknown])[];

/** The columns of a part of a row. */
export function columnsOf<Row, Part>(part: (row: Row) => Part, columns: Columns<Part>): Columns<Row> {
  return columns.map(([name, of]) => [name, (row: Row) => of(part(row))] as const);
}
