import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';

/**
 * Runs the tests and ends with where the time went and one line of counts. A run that executed no test, or skipped one,
 * has failed: silence is not success.
 */
const SLOWEST = 15;
const folder = mkdtempSync(join(tmpdir(), 'winesap-tests-'));
const report = join(folder, 'report.json');
const run = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
const told = readReport();
rmSync(folder, { recursive: true, force: true });
tellTimes(told?.testResults ?? []);
const counts = {
  passed: told?.numPassedTests ?? 0,
  failed: told?.numFailedTests ?? 1,
  skipped: (told?.numPendingTests ?? 0) + (told?.numTodoTests ?? 0),
};
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
const good = run.status === 0 && counts.failed === 0 && counts.skipped === 0 && counts.passed > 0;
process.exitCode = good ? 0 : 1;

interface FileResult {
  name: string;
  startTime: number;
  endTime: number;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: FileResult[];
}

/** Null if the run ended before it could report. */
function readReport(): Report | null {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch {
    return null;
  }
}

/** The slowest files, and how long each group took from its first test to its last. */
function tellTimes(files: readonly FileResult[]): void {
  const seconds = ({ startTime, endTime }: Pick<FileResult, 'startTime' | 'endTime'>) =>
    `${((endTime - startTime) / 1000).toFixed(0).padStart(5)} s`;
  const slowest = files.toSorted((a, b) => b.endTime - b.startTime - (a.endTime - a.startTime)).slice(0, SLOWEST);
  process.stdout.write('\nslowest files\n');
  for (const file of slowest) process.stdout.write(`${seconds(file)}  ${relative(process.cwd(), file.name)}\n`);
  process.stdout.write('\ngroups\n');
  for (const [group, some] of Map.groupBy(files, ({ name }) => groupOf(relative(process.cwd(), name)))) {
    const startTime = Math.min(...some.map((file) => file.startTime));
    const endTime = Math.max(...some.map((file) => file.endTime));
    process.stdout.write(`${seconds({ startTime, endTime })}  ${group}, ${some.length} files\n`);
  }
}

/** As in vitest.config.ts. */
function groupOf(path: string): string {
  const [, group = ''] = /^tests\/(\w+)\//.exec(path) ?? [];
  if (group === 'secrets') return 'durability';
  return group === '' || group === 'architecture' ? 'unit' : group;
}
