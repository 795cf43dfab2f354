import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type AnyRoute, TOKEN_FILE } from './route.ts';
import { routes } from './routes.ts';
import { Problem } from './schemas/problem.ts';

const problem = { content: { 'application/problem+json': { schema: Problem } } };

const UNCHANGED = { description: 'Nothing has changed since the answer whose `ETag` you sent as `If-None-Match`.' };

/**
 * Returns the OpenAPI 3.1 document of every route. `sessionCookie`: its name on this server, which differs behind
 * https.
 */
export function openApiDocument(version: string, sessionCookie: string): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [id, route] of Object.entries(routes) as [string, AnyRoute][]) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operation(id, route);
    paths[route.path] = path;
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Winesap',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Keeps Apple Apps and Books content tokens alive. Sign in with a session cookie or send an API key as `x-api-key`. Refusals are problem documents with a stable `code`.',
    },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
    paths: paths as ZodOpenApiPathsObject,
  });
}

function operation(id: string, route: AnyRoute): ZodOpenApiOperationObject {
  return {
    operationId: id,
    summary: route.summary,
    tags: [route.tag],
    ...(route.description === undefined ? {} : { description: route.description }),
    security: route.access === 'public' ? [] : [{ session: [] }, ...(route.withKey ? [{ key: [] }] : [])],
    requestParams: { path: route.params, query: route.query },
    ...requestBody(route),
    responses: {
      [String(route.status)]: { description: route.summary, ...content(route) },
      ...(route.method === 'GET' && route.answers === 'json' ? { 304: UNCHANGED } : {}),
      default: {
        description:
          route.refusals.length === 0
            ? 'A problem document.'
            : `A problem document. Codes: ${route.refusals.join(', ')}.`,
        ...problem,
      },
    },
    'x-access': route.access,
  };
}

function requestBody(route: AnyRoute): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (route.body === undefined) return {};
  if (route.body === TOKEN_FILE)
    return {
      requestBody: {
        required: true,
        content: {
          'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } },
        },
      },
    };
  return { requestBody: { required: true, content: { 'application/json': { schema: route.body as z.ZodType } } } };
}

function content(route: AnyRoute) {
  switch (route.answers) {
    case 'json':
      return { content: { 'application/json': { schema: route.response } } };
    case 'csv':
      return { content: { 'text/csv': { schema: z.string() } } };
    case 'text':
      return { content: { 'text/plain': { schema: z.string() } } };
    case 'calendar':
      return { content: { 'text/calendar': { schema: z.string() } } };
    case 'stream':
      return { content: { 'text/event-stream': { schema: route.response } } };
    case 'image':
      return { content: { 'image/*': { schema: z.string() } } };
    case 'nothing':
      return {};
  }
}
