import { readFileSync } from 'node:fs';
import { routes } from '@winesap/api';
import {
  addLocation,
  holdLocation,
  type MetricFamily,
  promqlNames,
  readAlertRules,
  readPrometheusText,
  type Stack,
  startStack,
  until,
} from '@winesap/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Panel {
  id: number;
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { refId: string; expr: string }[];
}

const rules = readAlertRules(read('deploy/prometheus/rules.yml'));
const dashboard = JSON.parse(read('deploy/grafana/winesap.json')) as {
  uid: string;
  schemaVersion: number;
  panels: Panel[];
  templating: { list: { name: string; type: string; query: string | { query: string } }[] };
};
const documented = [...read('docs/metrics.md').matchAll(/^\| `(winesap_\w+)` *\| ([^|]*) \|/gm)].map(
  ([, name = '', labels = '']) => ({
    name,
    labels: labels
      .split(',')
      .map((label) => label.trim())
      .filter((label) => label !== ''),
  }),
);

/** What Grafana substitutes before it queries Prometheus. */
const filledIn = (expr: string) => expr.replaceAll('$__rate_interval', '5m').replaceAll(/"\$\w+"/g, '".*"');

let families: MetricFamily[] = [];
let running: Stack | undefined;

beforeAll(async () => {
  const stack = await startStack({ env: { WINESAP_METRICS_ASSETS: '5', WINESAP_ALLOW_PRIVATE_TARGETS: '1' } });
  running = stack;
  await addLocation(stack);
  await holdLocation(stack);
  // A message that waits because nothing listens there, and a refused notification.
  const { api } = stack.owner;
  const { id } = await api.call(routes.addChannel, {
    body: { kind: 'webhook', name: 'Nobody', url: 'http://127.0.0.1:9/' },
  });
  await api.call(routes.addRule, {
    body: { name: 'Year', scope: { kind: 'all' }, condition: { kind: 'expiry', days: [365] }, channelIds: [id] },
  });
  await fetch(`${stack.url}/hooks/apple/made-up-by-somebody-000`, { method: 'POST', body: '{}' });
  families = await until(
    'the message that waits',
    async () => readPrometheusText(await (await api.open(routes.getMetrics, {})).text()),
    (read) =>
      read.some(({ name, metrics }) => name === 'winesap_outbox_oldest_timestamp_seconds' && metrics.length > 0),
  );
});
afterAll(() => running?.stop());

/** Names that can be queried: histograms have three. */
const askable = () =>
  families.flatMap(({ name, type }) =>
    type === 'HISTOGRAM' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );

describe('alert rules', () => {
  test('exist for expiring, broken, check failing, and scan failing', () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        'ContentTokenExpiresSoon',
        'ContentTokenBroken',
        'ContentTokenCheckFailing',
        'LocationScanFailing',
      ]),
    );
  });

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s asks only for metrics there are, and is complete',
    (_, rule) => {
      const names = promqlNames(rule.expr);

      expect(names.length).toBeGreaterThan(0);
      expect(askable()).toEqual(expect.arrayContaining(names));
      expect(rule.for).toMatch(/^\d+[mh]$/);
      expect(['warning', 'critical']).toContain(rule.labels.severity);
      expect(Object.keys(rule.annotations).sort()).toEqual(['description', 'summary']);
    },
  );

  test('use only existing states and kinds', () => {
    const statesAsked = rules.flatMap(({ expr }) =>
      [...expr.matchAll(/winesap_token_state\{state=~?"([^"]+)"/g)].flatMap(([, text = '']) => text.split('|')),
    );
    const states = families
      .find(({ name }) => name === 'winesap_token_state')
      ?.metrics.map(({ labels }) => labels?.state);

    expect(states).toEqual(expect.arrayContaining(statesAsked));
  });
});

describe('the dashboard', () => {
  test.each(dashboard.panels.map((panel) => [panel.title, panel] as const))(
    '“%s” asks only for metrics there are',
    (_, panel) => {
      expect(panel.targets.length).toBeGreaterThan(0);
      for (const { expr } of panel.targets)
        expect(askable()).toEqual(expect.arrayContaining(promqlNames(filledIn(expr))));
    },
  );

  test('has panels that do not overlap, with unique IDs and letters', () => {
    const { panels } = dashboard;
    const overlaps = panels.flatMap(({ gridPos: a, title }, at) =>
      panels
        .slice(at + 1)
        .filter(({ gridPos: b }) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
        .map((other) => `${title} / ${other.title}`),
    );

    expect(overlaps).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { targets } of panels) expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });

  test('uses only its own variables', () => {
    const names = dashboard.templating.list.map(({ name }) => name);
    const used = [...JSON.stringify(dashboard.panels).matchAll(/\$\{?(\w+)/g)].map(([, name]) => name);

    expect([...names, '__rate_interval']).toEqual(expect.arrayContaining([...new Set(used)]));
  });
});

describe('the manual', () => {
  test('has every metric of ours with its labels, and no others', () => {
    const there = families
      .filter(({ name }) => name.startsWith('winesap_'))
      .map(({ name, type, metrics }) => ({
        name,
        labels: type === 'HISTOGRAM' ? [] : Object.keys(metrics[0]?.labels ?? {}).sort(),
      }));

    expect(documented.map(({ name, labels }) => ({ name, labels: labels.toSorted() })).sort(byName)).toEqual(
      there.sort(byName),
    );
  });
});

describe('the check sees', () => {
  test('an invalid expression', () => {
    expect(() => promqlNames('sum(rate(x[5m])')).toThrow('Not PromQL');
  });

  test('names of functions and labels are not names of metrics', () => {
    expect(promqlNames('sum by (uid) (rate(a_total{b="c"}[5m])) / on (uid) d > time()')).toEqual(['a_total', 'd']);
  });
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name);
}
