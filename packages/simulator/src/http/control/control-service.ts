import { parseJson } from '../../parse-json.ts';
import { portalRoutes } from '../../portal/portal-files.ts';
import { type Answer, json } from '../answer.ts';
import type { AppleRequest } from '../request.ts';
import type { Controlled } from './control-call.ts';
import { type ControlHandler, controlRoutes } from './control-routes.ts';
import { ControlRefusal } from './fields.ts';

interface ControlRoute {
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: ControlHandler;
}

const routes: readonly ControlRoute[] = Object.entries({ ...controlRoutes, ...portalRoutes }).map(([key, handler]) => {
  const [method = '', path = ''] = key.split(' ');
  return { method, segments: path.split('/').slice(1), handler };
});

/** Answers a request below `/_sim`; `path` begins after it. */
export async function answerControl(controlled: Controlled, request: AppleRequest, path: string): Promise<Answer> {
  try {
    const { handler, params } = find(request.method, path);
    const body = request.body.length === 0 ? { value: {} } : parseJson(request.body);
    if (body === undefined) throw new ControlRefusal('the body is not JSON');
    const result = await handler({ ...controlled, params, body: body.value, origin: request.origin });
    return 'answer' in result ? (result as { answer: Answer }).answer : json(200, result);
  } catch (error) {
    if (error instanceof ControlRefusal) return json(error.status, { error: error.message });
    throw error;
  }
}

function find(method: string, path: string): { handler: ControlHandler; params: Record<string, string> } {
  const segments = (path || '/').split('/').slice(1);
  const others: string[] = [];
  for (const route of routes) {
    const params = match(route.segments, segments);
    if (params === undefined) continue;
    if (route.method === method) return { handler: route.handler, params };
    others.push(route.method);
  }
  if (others.length > 0) throw new ControlRefusal(`${path} takes ${others.join(', ')}, not ${method}`, 405);
  throw new ControlRefusal(`there is no ${path || '/'} here; there are ${Object.keys(controlRoutes).join(', ')}`, 404);
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = decode(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ControlRefusal('the path is not well-formed');
  }
}
