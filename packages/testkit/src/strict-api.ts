import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type AnyRoute, type Api, ApiProblem, createApi, Problem } from '@winesap/api';

/** Refusals that any route may return, besides those it lists. */
const GENERAL = [
  'request.invalid',
  'request.too-big',
  'request.too-deep',
  'request.not-signed-in',
  'request.not-permitted',
  'request.session-needed',
  'request.not-found',
  'request.foreign-origin',
  'request.foreign-host',
  'request.too-many',
  'database.away',
  'server.stopping',
];

/**
 * The API's client as a strict reader: a response has exactly the shape, status, and kind that its route promises, and
 * a refusal is a problem document with a code that the route lists. Errors: AssertionError otherwise.
 */
export function createStrictApi(options: Parameters<typeof createApi>[0]): Api {
  const api = createApi(options);

  const open: Api['open'] = async (route, input) => {
    try {
      const response = await api.open(route, input);
      equal(response.status, route.status, `${nameOf(route)} answers ${route.status}`);
      match(response.headers.get('content-type') ?? '', KIND[route.answers], `${nameOf(route)}: kind of answer`);
      return response;
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.status !== 0) checkProblem(route, error.problem);
      throw error;
    }
  };

  return {
    open,
    call: async (route, input) => {
      const response = await open(route, input);
      if (route.status === 204) {
        equal(await response.text(), '', `${nameOf(route)} answers nothing`);
        return undefined as never;
      }
      const answer: unknown = await response.json();
      checkShape(route, answer);
      return answer as never;
    },
  };
}

const KIND = {
  json: /^application\/json/,
  csv: /^text\/csv/,
  text: /^text\/plain/,
  calendar: /^text\/calendar/,
  stream: /^text\/event-stream/,
  image: /^image\//,
  nothing: /^$/,
};

/** Requires exactly the schema: an undocumented property is as wrong as a missing one. */
function checkShape(route: AnyRoute, answer: unknown): void {
  const read = route.response.safeParse(answer);
  ok(read.success, `${nameOf(route)} answers as promised: ${read.error?.message}`);
  deepEqual(answer, read.data, `${nameOf(route)} answers nothing besides what is promised`);
}

export function checkProblem(route: AnyRoute, problem: unknown): void {
  const { code, title, detail, status, instance, type } = Problem.parse(problem);
  const said = JSON.stringify(problem);
  ok([...GENERAL, ...route.refusals].includes(code), `${nameOf(route)} lists ${code} among its refusals: ${said}`);
  match(title, /^\S.*[.!?]$/s, `the title of ${code} is a sentence: ${said}`);
  match(detail, /^\S.*[.!?]$/s, `the detail of ${code} is a sentence: ${said}`);
  match(type, /\S/, `the type of ${code}: ${said}`);
  ok(status >= 400 && status < 600, `the status of ${code}: ${said}`);
  ok(instance !== undefined && instance !== '', `${code} names the request: ${said}`);
}

function nameOf(route: AnyRoute): string {
  return `${route.method} ${route.path}`;
}
