import { ApiProblem, type Problem } from '@winesap/api';
import { CommanderError } from 'commander';
import { printable } from './terminal/printable.ts';
import type { Style } from './terminal/style.ts';

/** A problem for a person: what is wrong, what to do, and the code to search for. */
export function problemLines(problem: Problem, style: Style): string[] {
  return [
    style.red(`✕ ${printable(problem.title)}`),
    ...(problem.detail === '' ? [] : [`  ${printable(problem.detail)}`]),
    style.grey(`  ${printable(problem.code)}${problem.instance ? ` · ${printable(problem.instance)}` : ''}`),
  ];
}

/** Whatever a command threw, as a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ApiProblem) return withAdvice(error.problem);
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
    title: `winesap failed: ${error instanceof Error ? error.message : String(error)}`,
    detail: 'This is a defect of the command. Nothing more is known.',
    status: 500,
    code: 'cli.defect',
  };
}

/** The server cannot know how this person gave, or did not give, a key. */
function withAdvice(problem: Problem): Problem {
  if (problem.status !== 401) return problem;
  return {
    ...problem,
    detail:
      `${problem.detail} Run winesap login, or give an API key with --api-key-file FILE or in WINESAP_API_KEY.`.trim(),
  };
}
