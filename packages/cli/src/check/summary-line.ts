import type { CheckLevel, CheckReport } from '@winesap/server/check';

export const CHECK_EXIT: Record<CheckLevel, 0 | 1 | 2 | 3> = { ok: 0, warning: 1, critical: 2, unknown: 3 };

const ORDER: readonly CheckLevel[] = ['critical', 'unknown', 'warning', 'ok'];

/**
 * The first line, as Nagios and its kin want it: the level, the reason, and after a bar what can be plotted. Ranges like
 * `30:` mean that less is worse.
 */
export function summaryLine(report: CheckReport): string {
  return `WINESAP ${report.level.toUpperCase()} - ${oneLine(reason(report))} | ${performance(report)}`;
}

/** The same first line when the look itself could not be had. */
export function failureLine(sentence: string): string {
  return `WINESAP UNKNOWN - ${oneLine(sentence)}`;
}

export function countLevels({ tokens, others }: CheckReport): Record<CheckLevel, number> {
  const counts = { ok: 0, warning: 0, critical: 0, unknown: 0 };
  for (const { level } of [...tokens, ...others]) if (level !== null) counts[level] += 1;
  return counts;
}

function reason(report: CheckReport): string {
  const { tokens, others } = report;
  const wrong = others.find(({ level }) => level !== null);
  const [worst] = tokens;
  if (worst === undefined)
    return wrong === undefined ? 'no content token in this folder' : `${wrong.file}: ${wrong.title}`;
  const first =
    wrong !== undefined && worst.level !== 'critical' && worst.level !== 'unknown'
      ? `${wrong.file}: ${wrong.title}`
      : `${worst.locationName ?? worst.organizationName ?? worst.file}: ${worst.title}${daysOf(worst.state, worst.daysLeft)}`;
  const counts = countLevels(report);
  const total = tokens.length + others.filter(({ level }) => level !== null).length;
  if (total === 1) return first;
  return `${ORDER.flatMap((level) => (counts[level] > 0 ? [`${counts[level]} ${level}`] : [])).join(', ')}; ${first}`;
}

/** Titles of other states name the days, or the days no longer matter. */
function daysOf(state: string, daysLeft: number | null): string {
  if ((state !== 'healthy' && state !== 'not-asked') || daysLeft === null) return '';
  return ` ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left.`;
}

function performance(report: CheckReport): string {
  const counts = countLevels(report);
  const days = report.tokens.flatMap(({ daysLeft }) => (daysLeft === null ? [] : [daysLeft]));
  const least = days.length === 0 ? [] : [`days_left=${Math.min(...days)};${report.warnDays}:;${report.criticalDays}:`];
  return [...least, `tokens=${report.tokens.length}`, ...ORDER.map((level) => `${level}=${counts[level]}`)].join(' ');
}

/** A bar would begin the numbers, and the line has to stay one. */
function oneLine(text: string): string {
  return text.replaceAll('|', '/').replace(/\s+/g, ' ').trim();
}
