import { type AnyRoute, TOKEN_FILE } from '@winesap/api';
import type { z } from 'zod';

/** Schemas as zod stores them internally: enough to find every text that a route accepts. */
type Schema = z.core.$ZodTypes;
type Value = unknown;

/** One change in an otherwise valid request. */
export interface Change {
  /** `body.scope.organizationId` */
  where: string;
  params: Record<string, string>;
  query: Record<string, string>;
  body: Value;
}

/** A request that the route's schemas accept; its IDs are unknown. */
export function sampleOf(route: AnyRoute): Omit<Change, 'where'> {
  const [body] = route.body === undefined || route.body === TOKEN_FILE ? [undefined] : samplesOf(inner(route.body));
  return {
    params: samplesOf(inner(route.params))[0] as Record<string, string>,
    query: samplesOf(inner(route.query))[0] as Record<string, string>,
    body,
  };
}

/** Returns the sample with `spoil` applied to one of its texts, for each text of each variant of the request. */
export function eachTextSpoiled(route: AnyRoute, spoil: (text: string) => string): Change[] {
  const good = sampleOf(route);
  const spoiled = (value: Value) => textsIn(value).map((path) => ({ path, value: changed(value, path, spoil) }));
  return [
    ...spoiled(good.params).map(({ path, value }) => ({ ...good, where: `params.${path}`, params: value as never })),
    ...spoiled(good.query).map(({ path, value }) => ({ ...good, where: `query.${path}`, query: value as never })),
    ...bodiesOf(route).flatMap((body) =>
      spoiled(body).map(({ path, value }) => ({ ...good, where: `body.${path}`, body: value })),
    ),
  ];
}

/** Returns the sample with an unknown property, in the query and in every object of every variant of the body. */
export function eachObjectWidened(route: AnyRoute, name: string): Change[] {
  const good = sampleOf(route);
  const bodies = route.body === undefined ? [{}] : bodiesOf(route);
  return [
    { ...good, where: 'query', query: { ...good.query, [name]: '1' } },
    ...(route.body === TOKEN_FILE || route.method === 'GET' ? [] : bodies).flatMap((body) =>
      objectsIn(body).map((path) => ({
        ...good,
        where: `body.${path}`,
        body: changed(body, path, (object) => ({ ...(object as object), [name]: 1 })),
      })),
    ),
  ];
}

function bodiesOf(route: AnyRoute): Value[] {
  return route.body === undefined || route.body === TOKEN_FILE ? [] : samplesOf(inner(route.body));
}

const inner = (schema: z.ZodType) => schema as unknown as Schema;

/** Texts that some formats require. */
const TEXTS = [
  'a text of more than twenty letters',
  '00000000-0000-4000-8000-000000000000',
  'nobody@winesap.example',
  'https://winesap.example/hook',
  '2031-01-01T00:00:00Z',
  '2031-01-01',
  '07:30',
  'UTC',
  '12345',
];
const NUMBERS = [1, 12, 365, 25];

/** Returns valid values of a schema: one per variant of a union, one of anything else. */
function samplesOf(schema: Schema): [Value, ...Value[]] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'object': {
      const fields = Object.entries(def.shape).map(([name, field]) => [name, samplesOf(field as Schema)] as const);
      const most = Math.max(1, ...fields.map(([, samples]) => samples.length));
      const nth = (n: number) => Object.fromEntries(fields.map(([name, samples]) => [name, samples[n] ?? samples[0]]));
      return [nth(0), ...Array.from({ length: most - 1 }, (_, n) => nth(n + 1))];
    }
    case 'union':
      return (def.options as Schema[]).flatMap(samplesOf) as [Value, ...Value[]];
    case 'array':
      return samplesOf(def.element as Schema).map((item) => [item]) as [Value, ...Value[]];
    case 'record':
      return [{ 'x-name': samplesOf(def.valueType as Schema)[0] }];
    case 'optional':
    case 'nullable':
    case 'default':
      return samplesOf(def.innerType as Schema);
    case 'pipe':
      return samplesOf(def.in as Schema);
    case 'enum':
      return [Object.values(def.entries)[0]];
    case 'literal':
      return [def.values[0]];
    case 'boolean':
      return [true];
    case 'number':
      return [firstGood(schema, NUMBERS)];
    case 'string':
      return [firstGood(schema, TEXTS)];
    default:
      throw new Error(`Requests have had nothing of the type ${def.type}. Say here what a good one is.`);
  }
}

function firstGood(schema: Schema, candidates: readonly Value[]): Value {
  const found = candidates.find((value) => (schema as unknown as z.ZodType).safeParse(value).success);
  if (found === undefined) throw new Error('No candidate fits this schema. Add one.');
  return found;
}

function textsIn(value: Value, path = ''): string[] {
  if (typeof value === 'string') return [path];
  return entriesOf(value).flatMap(([name, item]) => textsIn(item, join(path, name)));
}

function objectsIn(value: Value, path = ''): string[] {
  const own = typeof value === 'object' && value !== null && !Array.isArray(value) ? [path] : [];
  // A record accepts any name.
  if (path.endsWith('headers')) return [];
  return [...own, ...entriesOf(value).flatMap(([name, item]) => objectsIn(item, join(path, name)))];
}

function entriesOf(value: Value): [string, Value][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

function changed(value: Value, path: string, change: (value: never) => Value): Value {
  const [first = '', ...rest] = path.split('.');
  if (first === '') return change(value as never);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, Value>;
  copy[first] = changed(copy[first], rest.join('.'), change);
  return copy;
}
