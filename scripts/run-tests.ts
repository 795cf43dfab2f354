import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * Runs the tests and closes with one line of counts. A run that executed no test, or left one out, has failed: silence
 * is not success.
 */
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
const counts = readCounts();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
const good = run.status === 0 && counts.failed === 0 && counts.skipped === 0 && counts.passed > 0;
process.exitCode = good ? 0 : 1;

function readCounts(): { passed: number; failed: number; skipped: number } {
  try {
    const json = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const skipped = (json.numPendingTests ?? 0) + (json.numTodoTests ?? 0);
    return { passed: json.numPassedTests ?? 0, failed: json.numFailedTests ?? 0, skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
