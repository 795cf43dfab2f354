import type { Problem, Severity } from '@winesap/api';

/** The exit codes, documented in docs/cli.md and in `winesap --help`. */
export const ExitCode = {
  done: 0,
  /** Winesap or the person refused, or the requested result was not reached. */
  refused: 1,
  /** The command line was invalid, or a question could not be asked. */
  usage: 2,
  /** There was no answer, or the service failed: try again later. */
  noAnswer: 3,
  interrupted: 130,
} as const;

/** Returns the exit code of a problem. Decided on code and status, never on the text. */
export function exitCodeOf(problem: Pick<Problem, 'code' | 'status'>): number {
  if (problem.code === 'api.unreachable' || problem.code === 'api.unreadable') return ExitCode.noAnswer;
  if (problem.code.startsWith('usage.')) return ExitCode.usage;
  return problem.status >= 500 ? ExitCode.noAnswer : ExitCode.refused;
}

/** What monitoring systems read: 0 ok, 1 warning, 2 critical, 3 unknown. */
const MONITORING: Record<Severity, number> = { ok: 0, checking: 1, soon: 1, broken: 2, unknown: 3 };

/**
 * Returns the exit code of `--exit-code`: the worst of all. Broken ranks before unknown, because it certainly matters;
 * unknown ranks before soon, because it can hide anything.
 */
export function monitoringCode(severities: Iterable<Severity>): number {
  const present = new Set(severities);
  for (const severity of ['broken', 'unknown', 'soon', 'checking'] as const)
    if (present.has(severity)) return MONITORING[severity];
  return MONITORING.ok;
}

/** With `--exit-code`, every failure to ask counts as unknown. */
export const COULD_NOT_ASK = MONITORING.unknown;
