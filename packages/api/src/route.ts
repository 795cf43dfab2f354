import type { z } from 'zod';

/** Who may call it. A higher role includes the lower ones: owner > admin > viewer. `public` needs no sign-in. */
export type Access = 'public' | 'viewer' | 'admin' | 'owner';

/**
 * The response: a JSON document, a CSV file, plain text, a calendar, an endless stream of server-sent events, or a
 * picture.
 */
export type Answers = 'json' | 'csv' | 'text' | 'calendar' | 'stream' | 'image' | 'nothing';

/**
 * The request body. `token-file` is the raw bytes of a `.vpptoken` file as `application/octet-stream`, at most 64 KiB:
 * a stream, so that a wrong file of 1 GB is refused while it is read.
 */
export const TOKEN_FILE = 'token-file';

export interface Route<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType | typeof TOKEN_FILE | undefined = z.ZodType | typeof TOKEN_FILE | undefined,
  Response extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for each property of `params`. */
  path: string;
  access: Access;
  /** Whether an API key may call it. Routes that create keys and people require a session. */
  withKey: boolean;
  summary: string;
  description?: string;
  tag: string;
  answers: Answers;
  status: 200 | 201 | 202 | 204;
  params: Params;
  query: Query;
  body: Body;
  response: Response;
  /** Codes of the refusals specific to this route, besides the general ones. */
  refusals: readonly string[];
}

export type AnyRoute = Route;
export type ParamsOf<R extends AnyRoute> = z.output<R['params']>;
export type QueryOf<R extends AnyRoute> = z.output<R['query']>;
export type QueryInputOf<R extends AnyRoute> = z.input<R['query']>;
export type BodyOf<R extends AnyRoute> = R['body'] extends z.ZodType
  ? z.output<R['body']>
  : R['body'] extends typeof TOKEN_FILE
    ? Uint8Array
    : undefined;
/** As a caller writes it: properties with a default are optional. */
export type BodyInputOf<R extends AnyRoute> = R['body'] extends z.ZodType ? z.input<R['body']> : BodyOf<R>;
export type ResponseOf<R extends AnyRoute> = z.output<R['response']>;
