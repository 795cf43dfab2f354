import type { CheckLevel, CheckReport } from '@winesap/server/check';

export const CHECK_EXIT: Record<CheckLevel, 0 | 1 | 2 | 3> = { ok: 0, warning: 1, critical: 2, unknown: 3 };

const ORDER: readonly CheckLevel[] = ['critical', 'unknown', 'warning', 'ok'];

/**
 * Returns the first line in the format of Nagios plugins: the level, the reason, and after a bar the performance data.
 * Ranges such as `30:` mean that less is worse.
 */
export function summaryLine(report: CheckReport): string {
  return `WINESAP ${report.level.toUpperCase()} - ${oneLine(reason(report))} | ${performance(report)}`;
}

/** Returns the same first line if the check itself failed. */
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

/** Titles of other states either include the days, or the days no longer matter. */
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

/** A bar would start the performance data, and the output has to stay on one line. */
function oneLine(text: string): string {
  return text.replaceAll('|', '/').replace(/\s+/g, ' ').trim();
}
