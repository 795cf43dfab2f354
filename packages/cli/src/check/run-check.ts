import type { CheckOptions, CheckReport } from '@winesap/server/check';
import type { Context } from '../context.ts';
import { jsonText, printable, printableDeep } from '../terminal/printable.ts';
import { type CheckOptionTexts, CheckUsage, readCheckSettings } from './check-settings.ts';
import { reportLines } from './report-lines.ts';
import { CHECK_EXIT, countLevels, failureLine, summaryLine } from './summary-line.ts';

export interface CheckWords extends CheckOptionTexts {
  json?: boolean;
  prometheus?: boolean;
}

/**
 * Runs `winesap check`: checks, prints, and returns the exit code. Never throws: for a monitoring system every failure
 * is a result too, with code 3. What it uses of the server's package includes neither the HTTP server nor the database.
 */
export async function runCheck(context: Context, paths: readonly string[], words: CheckWords): Promise<number> {
  try {
    if (words.json && words.prometheus)
      throw new CheckUsage('--json and --prometheus are two forms; give one of them.');
    const settings = readCheckSettings(words, context.env);
    const report = await look({ ...settings, paths, stdin: context.stdin, signal: context.signal, now: context.now });
    await answer(context, report, words);
    return CHECK_EXIT[report.level];
  } catch (error) {
    if (context.signal.aborted) return 130;
    tellFailure(context, error, words.json === true);
    return CHECK_EXIT.unknown;
  }
}

async function look(options: CheckOptions): Promise<CheckReport> {
  const { checkTokenFiles } = await import('@winesap/server/check');
  return checkTokenFiles(options);
}

async function answer({ terminal }: Context, report: CheckReport, words: CheckWords): Promise<void> {
  if (words.json) {
    const { level, ...rest } = report;
    terminal.out(jsonText({ level, exitCode: CHECK_EXIT[level], counts: countLevels(report), ...rest }));
  } else if (words.prometheus) {
    const { checkMetrics } = await import('@winesap/server/check-metrics');
    await terminal.write(checkMetrics(report));
  } else {
    const safe = printableDeep(report);
    terminal.out(summaryLine(safe));
    for (const line of reportLines(safe, { terminal })) terminal.out(line);
  }
}

export function tellFailure({ terminal }: Context, error: unknown, json: boolean): void {
  const sentence = printable(error instanceof Error ? error.message : String(error));
  const usage = error instanceof CheckUsage;
  if (json) terminal.err(jsonText({ code: usage ? 'usage.arguments' : 'cli.defect', title: sentence }));
  else terminal.out(failureLine(usage ? sentence : `winesap failed: ${sentence}`));
}
