import { ApiProblem, createApi, type Problem } from '@winesap/api';

/** The server this page came from. */
export const api = createApi({ baseUrl: '' });

/** What went wrong, as a problem document, whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  return {
    type: 'about:blank',
    title: 'The console made a mistake.',
    detail: `Reload the page. If it happens again, report this: ${error instanceof Error ? error.message : String(error)}`,
    status: 0,
    code: 'console.bug',
  };
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.status === 401;
}
