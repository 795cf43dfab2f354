import { type EndpointEntry, type EndpointId, endpoints, v1Bases } from '@winesap/contract';

export interface Route {
  readonly id: EndpointId;
  readonly endpoint: EndpointEntry;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly byMethod: Map<string, { id: EndpointId; endpoint: EndpointEntry }>;
}

const exact = new Map<string, Map<string, { id: EndpointId; endpoint: EndpointEntry }>>();
const patterns: Pattern[] = [];

for (const [id, endpoint] of Object.entries(endpoints) as [EndpointId, EndpointEntry][]) {
  if (endpoint.path.includes('{')) {
    const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const expression = new RegExp(`^${endpoint.path.replace(/\{\w+\}/g, '([^/]+)')}$`);
    patterns.push({ expression, names, byMethod: new Map([[endpoint.method, { id, endpoint }]]) });
  } else {
    for (const path of pathsOf(endpoint)) {
      const byMethod = exact.get(path) ?? new Map();
      for (const method of [endpoint.method, ...(endpoint.otherMethods ?? [])]) byMethod.set(method, { id, endpoint });
      exact.set(path, byMethod);
    }
  }
}

/** Version 1 is called in several places. */
function pathsOf({ api, path }: EndpointEntry): string[] {
  if (api !== 'v1') return [path];
  return Object.values(v1Bases).map(({ base }) => `${base}${path.slice(v1Bases.current.base.length)}`);
}

/** What is at a path: an endpoint, another method (`wrong-method`, with one that is there), or nothing known. */
export function findRoute(method: string, path: string): Route | { wrongMethod: EndpointEntry } | undefined {
  const byMethod = exact.get(path);
  if (byMethod !== undefined) return choose(byMethod, method, {});
  for (const pattern of patterns) {
    const match = pattern.expression.exec(path);
    if (match === null) continue;
    const params = Object.fromEntries(pattern.names.map((name, i) => [name, decode(match[i + 1] ?? '')]));
    return choose(pattern.byMethod, method, params);
  }
  return undefined;
}

function choose(byMethod: Pattern['byMethod'], method: string, params: Record<string, string>) {
  const found = byMethod.get(method);
  if (found !== undefined) return { ...found, params };
  const [other] = byMethod.values();
  return other === undefined ? undefined : { wrongMethod: other.endpoint };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
