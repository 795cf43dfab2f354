import { type RawBuilder, sql } from 'kysely';
import type { Columns, GenerationTable } from './generation-table.ts';

/** `a, b`, or `rows.a, rows.b`. */
export function namesOf<Row>(columns: Columns<Row>, rows?: string): RawBuilder<unknown> {
  return sql.join(columnsOf(columns).map(({ name }) => sql.ref(rows === undefined ? name : `${rows}.${name}`)));
}

/** `rows.a as "propertyOfA", …`: each row in the form that code uses. */
export function selectionOf<Row>(columns: Columns<Row>, rows: string): RawBuilder<unknown> {
  return sql.join(
    columnsOf(columns).map(({ property, name }) => sql`${sql.ref(`${rows}.${name}`)} as ${sql.ref(property)}`),
  );
}

/** Rows as columns: one parameter per column, however many rows. */
export function unnestOf<Row>(columns: Columns<Row>, rows: readonly Row[]): RawBuilder<unknown> {
  const arrays = columnsOf(columns).map(
    ({ property, type }) => sql`${rows.map((row) => row[property])}::${sql.raw(type)}[]`,
  );
  return sql`unnest(${sql.join(arrays)})`;
}

export function sameKey<Key>(key: Columns<Key>, a: string, b: string): RawBuilder<unknown> {
  const same = columnsOf(key).map(({ name }) => sql`${sql.ref(`${a}.${name}`)} = ${sql.ref(`${b}.${name}`)}`);
  return sql.join(same, sql` and `);
}

/** Rows of a location that come after this one in the order of the key. */
export function isAfter<Key>(key: Columns<Key>, rows: string, no: number, after: Key): RawBuilder<boolean> {
  const values = columnsOf(key).map(({ property, type }) => sql`${after[property]}::${sql.raw(type)}`);
  return sql<boolean>`(${sql.ref(`${rows}.location_no`)}, ${namesOf(key, rows)}) > (${no}::integer, ${sql.join(values)})`;
}

const BEFORE_ALL = { integer: 0, boolean: false, text: '' } as const;

/** Before every row of a location. */
export function startOf<Key extends object>({ key }: Pick<GenerationTable<Key>, 'key'>): Key {
  return Object.fromEntries(columnsOf(key).map(({ property, type }) => [property, BEFORE_ALL[type]])) as Key;
}

export function keyOf<Key extends object>({ key }: Pick<GenerationTable<Key>, 'key'>, row: Key): Key {
  return Object.fromEntries(columnsOf(key).map(({ property }) => [property, row[property]])) as Key;
}

/** A key as one text, for maps. */
export function keyText<Key extends object>({ key }: Pick<GenerationTable<Key>, 'key'>, row: Key): string {
  const values = row as Readonly<Record<string, unknown>>;
  let text = '';
  for (const property in key) text += text === '' ? values[property] : ` ${values[property]}`;
  return text;
}

/** Whether rows have more columns than their key, so that the table may contain two with the same key. */
export function hasValues<Key extends object, Row extends Key>({ values }: GenerationTable<Key, Row>): boolean {
  return columnsOf(values).length > 0;
}

export function allColumns<Key extends object, Row extends Key>({
  key,
  values,
}: GenerationTable<Key, Row>): Columns<Row> {
  return { ...key, ...values } as unknown as Columns<Row>;
}

/** `a = source.a, …` */
export function assignmentsOf<Row>(columns: Columns<Row>, source: string): RawBuilder<unknown>[] {
  return columnsOf(columns).map(({ name }) => sql`${sql.ref(name)} = ${sql.ref(`${source}.${name}`)}`);
}

function columnsOf<Row>(columns: Columns<Row>) {
  return Object.keys(columns).map((key) => {
    const property = key as keyof Row & string;
    const [name, type] = columns[property];
    return { property, name, type };
  });
}
