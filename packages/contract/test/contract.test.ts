import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import {
  endpoints,
  errors,
  errorTexts,
  examples,
  limits,
  notificationTypes,
  rules,
  schemas,
  urls,
  v1Bases,
  v1Calls,
} from '../src/index.ts';

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
ajv.addVocabulary(['x-expected', 'x-status', 'x-source', 'x-day']);
for (const document of Object.values(schemas)) ajv.addSchema(document);

function validator(schema: string) {
  const validate = ajv.getSchema(`urn:winesap:contract:${schema}`);
  if (validate === undefined) throw new Error(`no schema ${schema}`);
  return validate;
}

function allSchemas(): string[] {
  return Object.entries(schemas).flatMap(([area, document]) =>
    Object.keys(document.$defs).map((name) => `${area}#/$defs/${name}`),
  );
}

describe('examples', () => {
  test.each(examples.map((example) => [example.schema, example.about, example] as const))(
    '%s: %s',
    (_schema, _about, example) => {
      const validate = validator(example.schema);

      const valid = validate(example.value);

      expect(valid, JSON.stringify(validate.errors)).toBe(example.valid);
    },
  );

  test('every body an endpoint takes or gives, and every notification, has a valid example', () => {
    const wanted = new Set([
      ...Object.values(endpoints).flatMap((e) => [e.response, ...(e.request === undefined ? [] : [e.request])]),
      ...Object.values(notificationTypes).map((type) => type.schema),
    ]);
    const shown = new Set(examples.filter((example) => example.valid).map((example) => example.schema));

    expect([...wanted].filter((schema) => !shown.has(schema))).toEqual([]);
  });
});

describe('schemas', () => {
  test('every one compiles and says where it comes from', () => {
    for (const schema of allSchemas()) {
      validator(schema);
      const [area, name] = schema.split('#/$defs/') as [keyof typeof schemas, string];
      const definition = schemas[area].$defs[name];
      expect(['documented', 'observed', 'assumed'], schema).toContain(definition?.['x-status'] ?? 'missing');
      expect(definition?.['x-source'], schema).toMatch(/^https:\/\/developer\.apple\.com\//);
    }
  });
});

describe('endpoints', () => {
  test('all 22 of version 2 are there, each path and method once', () => {
    const v2 = Object.values(endpoints).filter((e) => e.api === 'v2');

    expect(v2).toHaveLength(22);
    expect(new Set(Object.values(endpoints).map((e) => `${e.host ?? ''} ${e.method} ${e.path}`)).size).toBe(
      Object.keys(endpoints).length,
    );
  });

  test('every legacy call has an endpoint', () => {
    const paths = Object.values(endpoints).map(({ path }) => path);

    expect(Object.values(v1Calls).filter(({ path }) => !paths.includes(path))).toEqual([]);
  });

  test('asynchronous ones answer an EventResponse and name their event type', () => {
    for (const endpoint of Object.values(endpoints).filter((e) => e.mode === 'async')) {
      expect(endpoint.response).toBe('events#/$defs/EventResponse');
      expect(endpoint.eventType).toMatch(/^[A-Z]+$/);
    }
  });

  test('the paths of service config are paths of endpoints', () => {
    const paths = new Set(Object.values(endpoints).map((e) => e.path));

    expect(Object.entries(urls).filter(([name, url]) => name !== 'invitationEmail' && !paths.has(url.path))).toEqual(
      [],
    );
  });
});

describe('numbers', () => {
  test('an error stands under its own number and has a status exactly when a request can get it', () => {
    for (const [key, entry] of Object.entries(errors)) {
      expect(String(entry.number)).toBe(key);
      expect(entry.http !== null, key).toBe(entry.modes.includes('sync'));
    }
  });

  test('the statuses are those of the documented table', () => {
    const byStatus = (http: number) =>
      Object.values(errors)
        .filter((e) => e.http === http && e.api.includes('v2'))
        .map((e) => e.number);

    expect(byStatus(401)).toEqual([9601, 9621, 9625, 9722]);
    expect(byStatus(403)).toEqual([9637, 9647]);
    expect(byStatus(405)).toEqual([9726]);
    expect(byStatus(410)).toEqual([9634]);
    expect(byStatus(415)).toEqual([9727]);
    expect(byStatus(429)).toEqual([9646]);
    expect(byStatus(500)).toEqual([9603]);
    expect(byStatus(503)).toEqual([9729]);
    expect(byStatus(200)).toEqual([9622]);
  });

  test('every limit names an error that exists', () => {
    for (const limit of Object.values(limits)) expect(errors[String(limit.error)]).toBeDefined();
  });

  test('every entry says where it comes from and how sure that is', () => {
    const entries = [endpoints, errors, errorTexts, limits, rules, urls, notificationTypes, v1Bases, v1Calls].flatMap(
      (table) => Object.entries(table as Record<string, { status: string; source: string; day: string }>),
    );

    for (const [name, entry] of entries) {
      expect(['documented', 'observed', 'assumed'], name).toContain(entry.status);
      expect(entry.source, name).toMatch(/^https:\/\//);
      expect(entry.day, name).toMatch(/^\d{4}-\d{2}(-\d{2}|\d{2})$/);
    }
  });
});
