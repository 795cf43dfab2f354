import { ApiProblem, type Problem } from '@winesap/api';
import { CommanderError } from 'commander';
import { reasonOf } from '../session/no-answer-reason.ts';
import { indented } from '../show/indented.ts';
import { printable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';

/** Returns the lines of a problem for a person: what is wrong, what to do, and the code to search for. */
export function problemLines(problem: Problem, style: Style, width: number): string[] {
  return [
    ...folded(`✕ ${printable(problem.title)}`, width).map(style.red),
    ...problem.detail
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => indented(printable(line), width)),
    style.grey(`  ${printable(problem.code)}${problem.instance ? ` · ${printable(problem.instance)}` : ''}`),
  ];
}

const folded = (text: string, width: number): string[] => (Number.isFinite(width) ? wrap(text, width) : [text]);

/** Turns anything that a command threw into a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ApiProblem) return withReason(withAdvice(error.problem), error.cause);
  if (error instanceof CommanderError)
    return {
      type: 'about:blank',
      title: error.message.replace(/^error: /, ''),
      detail: 'winesap --help lists the commands, winesap COMMAND --help their options.',
      status: 0,
      code: 'usage.arguments',
    };
  return {
    type: 'about:blank',
    title: `winesap failed: ${messageOf(error)}`,
    detail: 'This is a defect of the command. Nothing more is known.',
    status: 500,
    code: 'cli.defect',
  };
}

/** Some errors have no message of their own: several failed attempts together, or an error with only a code. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return 'code' in error ? `${error.name} ${error.code}` : error.name;
}

/** The server can't know whether or how the person passed a key. */
function withAdvice(problem: Problem): Problem {
  if (problem.code !== 'request.not-signed-in') return problem;
  return {
    ...problem,
    detail:
      'The API key is missing, or has ended. Run winesap login, or give a key with --api-key-file FILE or in WINESAP_API_KEY.',
  };
}

/** Why there was no answer, if the system says: a refused connection needs another fix than a certificate. */
function withReason(problem: Problem, cause: unknown): Problem {
  const reason = problem.code === 'api.unreachable' ? reasonOf(cause) : null;
  return reason === null ? problem : { ...problem, detail: reason };
}
