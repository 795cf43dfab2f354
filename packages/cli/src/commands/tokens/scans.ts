import { routes, type Scan } from '@winesap/api';
import { agoShort, count } from '@winesap/api/words';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { readPages } from '../../find/read-pages.ts';
import { readLimit } from '../../input/read-limit.ts';
import { answerCsv } from '../../output/answer-csv.ts';
import { tableLines } from '../../terminal/table.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensScansCommand(app: App): Command {
  return new Command('scans')
    .description('scans of a token, newest first, with duration and what changed')
    .argument('<token>', TOKEN_ARGUMENT)
    .addOption(new Option('--limit <number>', 'at most so many').default(20).argParser(readLimit))
    .option('--csv', 'all of them as CSV')
    .action(
      action(app, async (session, meant: string, options: { limit: number; csv?: boolean }) => {
        const { tokenId } = await findToken(session, meant);
        const params = { tokenId };
        if (options.csv) {
          await answerCsv(session, () => session.open(routes.exportScans, { params }));
          return;
        }
        const { rows: scans, more } = await readPages(options.limit, async (page) => {
          const answer = await session.call(routes.listScans, { params, query: page });
          return { rows: answer.scans, nextCursor: answer.nextCursor };
        });
        const { terminal, now } = session.context;
        session.answer({ scans, more }, () => {
          const rows = scans.map((scan) =>
            [
              agoShort(scan.startedAt ?? scan.queuedAt, now()),
              scan.reason,
              scan.state,
              scan.seconds === null ? '' : `${scan.seconds.toFixed(1)} s`,
              count(scan.requests),
              changeWords(scan),
            ].map((text) => ({ text })),
          );
          const columns = [
            { title: 'When' },
            { title: 'Reason', spare: 1 },
            { title: 'State' },
            { title: 'Took', align: 'right' as const },
            { title: 'Requests', align: 'right' as const, spare: 2 },
            { title: 'What changed', least: 16, wraps: true },
          ];
          return (
            tableLines(columns, rows, terminal.width, terminal.style.bold) ??
            rows.map((row) => row.map(({ text }) => text).join(' · '))
          );
        });
      }),
    );
}

function changeWords(scan: Scan): string {
  if (scan.failure !== null) return scan.failure.apple?.line ?? scan.failure.text;
  if (scan.discrepancy !== null) return scan.discrepancy.text;
  if (scan.changes === null) return '';
  const { usersRegistered, usersRetired, usersChanged, usersGone } = scan.changes;
  const users = [
    [usersRegistered, 'users registered'],
    [usersRetired, 'users retired'],
    [usersChanged, 'users changed'],
    [usersGone, 'users gone'],
  ] as const;
  if (scan.assetChanges !== undefined && scan.assetChanges.length > 0)
    return scan.assetChanges
      .slice(0, 3)
      .map(({ text }) => text)
      .concat(scan.assetChanges.length > 3 ? ['…'] : [])
      .concat(wordsOf(users))
      .join('; ');
  const { assetsAdded, assetsGone, countsChanged, assigned, unassigned } = scan.changes;
  const parts = [
    [assetsAdded, 'new'],
    [assetsGone, 'gone'],
    [countsChanged, 'counts changed'],
    [assigned, 'assigned'],
    [unassigned, 'given back'],
    ...users,
  ] as const;
  const found = wordsOf(parts);
  return found.length === 0 ? 'nothing' : found.join(', ');
}

function wordsOf(parts: readonly (readonly [number, string])[]): string[] {
  return parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
}
