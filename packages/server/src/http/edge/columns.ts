/** The columns of an export, in order: their names, and the value for each row. */
export type Columns<Row, Name extends string = string> = readonly (readonly [name: Name, of: (row: Row) => unknown])[];

/** For each field without a column of its name: the column that covers it, or why none does. */
type Elsewhere<Row, Name extends string> = { [Field in Exclude<keyof Row & string, Name>]: Name | `not: ${string}` };

/** A table shows names; programs that need IDs use the API. */
export const ID = 'not: an id';

/** Columns of rows as the API shows them. A schema field without a column or a reason does not compile. */
export function columns<Row>() {
  return <const Name extends string>(
    list: Columns<Row, Name>,
    _elsewhere: Elsewhere<Row, NoInfer<Name>>,
  ): Columns<Row, Name> => list;
}

/** The columns of a part of a row. */
export function columnsOf<Row, Part, Name extends string>(
  part: (row: Row) => Part,
  list: Columns<Part, Name>,
): Columns<Row, Name> {
  return list.map(([name, of]) => [name, (row: Row) => of(part(row))] as const);
}
