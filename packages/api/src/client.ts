import type { AnyRoute, BodyInputOf, BodyOf, ParamsOf, QueryInputOf, ResponseOf } from './route.ts';
import { Problem } from './schemas/problem.ts';

/** The server refused, or there was no readable answer. `problem.code` is `api.unreachable` if there was no answer. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.title, options);
    this.problem = problem;
  }
}

/** What `fetch` accepts as a body, defined so that it means the same for browsers and Node. */
type Body = NonNullable<ConstructorParameters<typeof Response>[0]>;

/** A route without parameters has the type of an empty object, whose keys are any string. */
type NeededIfAny<Key extends string, T> = string extends keyof T ? { [K in Key]?: T } : { [K in Key]: T };

export type CallInput<R extends AnyRoute> = NeededIfAny<'params', ParamsOf<R>> & {
  query?: QueryInputOf<R>;
  signal?: AbortSignal;
} & (BodyOf<R> extends undefined
    ? { body?: undefined }
    : { body: BodyInputOf<R> | (R['body'] extends string ? Blob : never) });

export interface Api {
  /** Calls a route. Resolves with its answer. Throws ApiProblem. */
  call<R extends AnyRoute>(route: R, input: CallInput<R>): Promise<ResponseOf<R>>;
  /** Calls a route whose answer is not JSON (CSV, stream). The caller reads the body. */
  open<R extends AnyRoute>(route: R, input: CallInput<R>): Promise<Response>;
}

export interface ApiOptions {
  /** `''` in a page of the console, else `http://127.0.0.1:8470`. */
  baseUrl: string;
  fetch?: typeof globalThis.fetch;
  headers?: Record<string, string>;
}

/** Creates a typed client of the HTTP API, the same for console and command line. Sends nothing by itself. */
export function createApi(options: ApiOptions): Api {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);

  const open: Api['open'] = async (route, input) => {
    const body = encodeBody(route, input.body);
    let response: Response;
    try {
      response = await send(options.baseUrl + urlOf(route, input), {
        method: route.method,
        headers: { ...options.headers, ...body.headers },
        body: body.content,
        signal: input.signal ?? null,
      });
    } catch (cause) {
      if (input.signal?.aborted) throw cause;
      throw new ApiProblem(unreachable(options.baseUrl), { cause });
    }
    if (!response.ok) throw new ApiProblem(await readProblem(response));
    return response;
  };

  return {
    open,
    call: async (route, input) => {
      const response = await open(route, input);
      if (response.status === 204) return undefined as never;
      return (await response.json()) as never;
    },
  };
}

/** Returns the path of a route with its parameters and query, ready for a link or `fetch`. */
export function urlOf(route: AnyRoute, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {}))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  return query.size > 0 ? `${path}?${query}` : path;
}

function encodeBody(route: AnyRoute, body: unknown): { headers: Record<string, string>; content: Body | null } {
  if (route.body === undefined) return { headers: {}, content: null };
  if (route.body === 'token-file')
    return { headers: { 'content-type': 'application/octet-stream' }, content: body as Body };
  return {
    headers: { 'content-type': 'application/json' },
    content: JSON.stringify(body),
  };
}

async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const parsed = Problem.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON: something between us and Winesap answered, and only its status is known.
  }
  return {
    type: 'about:blank',
    title: `The server answered ${response.status} without saying why.`,
    detail: 'Something between this program and Winesap may have answered in its place, a proxy perhaps.',
    status: response.status,
    code: 'api.unreadable',
  };
}

function unreachable(baseUrl: string): Problem {
  return {
    type: 'about:blank',
    title: `Winesap does not answer${baseUrl === '' ? '' : ` at ${baseUrl}`}.`,
    detail: 'Check that the server is running and that this machine reaches it.',
    status: 0,
    code: 'api.unreachable',
  };
}
