import { ApiProblem } from '@winesap/api';

/**
 * A refusal by the command itself, in the form of the server's, so that people and programs read both alike. Codes that
 * begin with `usage.` end with exit code 2.
 */
export function refusal(code: string, title: string, detail: string, data?: Record<string, unknown>): ApiProblem {
  return new ApiProblem({ type: 'about:blank', title, detail, status: 0, code, ...(data && { data }) });
}
