import { AssertionError } from 'node:assert';
import { ApiProblem, type Problem } from '@winesap/api';

/** Returns the problem of a refused call. Errors: AssertionError if the call succeeds. */
export async function refused(call: Promise<unknown>): Promise<Problem> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem;
    throw error;
  }
  throw new AssertionError({ message: `Refused was expected, but it was answered: ${JSON.stringify(answer)}` });
}
