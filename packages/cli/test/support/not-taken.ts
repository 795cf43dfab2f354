import { type AnyRoute, routes } from '@winesap/api';
import type { Received } from './scripted-server.ts';

const ALL = Object.values(routes) as AnyRoute[];

/** What the route table would refuse in this request: unknown names, values out of range. */
export function notTaken({ method, path, query, body }: Received): string | null {
  const route = ALL.find((one) => one.method === method && pattern(one).test(path));
  if (route === undefined) return null;
  const ofQuery = route.query.safeParse(Object.fromEntries(query));
  if (!ofQuery.success) return `${method} ${path}: ${ofQuery.error.message}`;
  if (route.body === undefined || typeof route.body === 'string') return null;
  const ofBody = (route.body as Pick<typeof route.query, 'safeParse'>).safeParse(JSON.parse(body.toString() || '{}'));
  return ofBody.success ? null : `${method} ${path}: ${ofBody.error.message}`;
}

function pattern({ path }: AnyRoute): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
}
