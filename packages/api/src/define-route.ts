import { z } from 'zod';
import type { Access, Answers, Route, TOKEN_FILE } from './route.ts';

const nothing = z.strictObject({});
type Nothing = typeof nothing;

interface Definition<P extends z.ZodObject, Q extends z.ZodObject, B, R extends z.ZodType> {
  access: Access;
  /** Default: yes. */
  withKey?: false;
  summary: string;
  description?: string;
  tag: string;
  answers?: Answers;
  status?: 200 | 201 | 202 | 204;
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  refusals?: readonly string[];
}

/**
 * Defines a route as data: the server mounts it, the clients call it, the OpenAPI document shows it. Requests are
 * described by strict objects at every level (a test enforces it): unknown names are refused, because a mistyped filter
 * that is ignored returns something other than what was asked for.
 */
export function defineRoute<
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType | typeof TOKEN_FILE | undefined = undefined,
  R extends z.ZodType = z.ZodUndefined,
>(method: Route['method'], path: string, definition: Definition<P, Q, B, R>): Route<P, Q, B, R> {
  const { params, query, body, response, answers, status, refusals, withKey = true, ...rest } = definition;
  return {
    method,
    path,
    ...rest,
    withKey,
    answers: answers ?? (response === undefined ? 'nothing' : 'json'),
    status: status ?? (response === undefined && answers === undefined ? 204 : 200),
    params: (params ?? nothing) as P,
    query: (query ?? nothing) as Q,
    body: body as B,
    response: (response ?? z.undefined()) as R,
    refusals: refusals ?? [],
  };
}
