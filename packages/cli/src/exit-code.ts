import type { Problem, Severity } from '@winesap/api';

/** What the shell gets. Told in docs/cli.md and in `winesap --help`. */
export const ExitCode = {
  done: 0,
  /** Winesap or the person said no, or what was asked for did not come to be. */
  refused: 1,
  /** The command was written wrongly, or a question could not be asked. */
  usage: 2,
  /** Nobody answered, or the answer was a failure of the service: worth trying again later. */
  noAnswer: 3,
  interrupted: 130,
} as const;

/** Which of them a problem is. Decided on code and status, never on words. */
export function exitCodeOf(problem: Pick<Problem, 'code' | 'status'>): number {
  if (problem.code === 'api.unreachable' || problem.code === 'api.unreadable') return ExitCode.noAnswer;
  if (problem.code.startsWith('usage.')) return ExitCode.usage;
  return problem.status >= 500 ? ExitCode.noAnswer : ExitCode.refused;
}

/** What monitoring systems read: 0 ok, 1 warning, 2 critical, 3 unknown. */
const MONITORING: Record<Severity, number> = { ok: 0, checking: 1, soon: 1, broken: 2, unknown: 3 };

/**
 * The exit code of `--exit-code`: the worst of all. Broken comes before unknown, for it is known to hurt; unknown comes
 * before soon, for anything may hide behind it.
 */
export function monitoringCode(severities: Iterable<Severity>): number {
  const present = new Set(severities);
  for (const severity of ['broken', 'unknown', 'soon', 'checking'] as const)
    if (present.has(severity)) return MONITORING[severity];
  return MONITORING.ok;
}

/** With `--exit-code`, everything that kept us from asking is unknown. */
export const COULD_NOT_ASK = MONITORING.unknown;
