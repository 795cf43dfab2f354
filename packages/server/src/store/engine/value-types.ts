import pg from 'pg';

/** PostgreSQL's numbers for the types whose JavaScript form we choose, so that both engines return the same. */
const OID = {
  bytea: 17,
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  numeric: 1700,
} as const;

const ARRAY_OF = {
  [OID.bytea]: 1001,
  [OID.int8]: 1016,
  [OID.date]: 1182,
  [OID.timestamp]: 1115,
  [OID.timestamptz]: 1185,
  [OID.interval]: 1187,
  [OID.numeric]: 1231,
} as const;

type Parser = (text: string) => unknown;

const readInstant: Parser = pg.types.getTypeParser(OID.timestamptz, 'text');
// NOTE: the published types call this a function; it is an object.
const arrays = pg.types.arrayParser as unknown as {
  create(text: string, readElement: Parser): { parse(): unknown[] };
};

/**
 * Converts a value's text to JavaScript, by type number. int8 and numeric become numbers: our counts stay below 2^53. A
 * date and an interval stay text, a timestamp is read as UTC.
 */
export const VALUE_PARSERS: Readonly<Record<number, Parser>> = {
  [OID.bytea]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  [OID.int8]: Number,
  [OID.date]: String,
  [OID.timestamp]: (text) => readInstant(`${text}+00`),
  [OID.timestamptz]: readInstant,
  [OID.interval]: String,
  [OID.numeric]: Number,
};

const arrayParsers: Readonly<Record<number, Parser>> = Object.fromEntries(
  Object.entries(ARRAY_OF).map(([element, array]) => {
    const parse = VALUE_PARSERS[Number(element)] ?? String;
    return [array, (text: string) => arrays.create(text, parse).parse()];
  }),
);

/** The same table in the form that the driver for PostgreSQL servers expects. */
export const serverTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    const ours = format === 'binary' ? undefined : (VALUE_PARSERS[oid] ?? arrayParsers[oid]);
    return ours ?? pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};
