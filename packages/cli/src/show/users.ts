import type { LocationUser, UserList } from '@winesap/api';
import { agoShort, count, plural } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { tableLines } from '../terminal/table.ts';

interface View extends Pick<UserList, 'readAt' | 'total' | 'byStatus'> {
  terminal: { width: number; style: Style };
  now: Date;
  more: boolean;
}

/** Shows users as a table, and their number per status. */
export function userLines(
  users: readonly LocationUser[],
  { terminal, now, readAt, total, byStatus, more }: View,
): string[] {
  const { style, width } = terminal;
  if (readAt === null && total === 0) return ['No users were read yet. Scan the location: winesap tokens scan.'];
  const sums = byStatus.map((sum) => `${count(sum.users)} ${sum.status || 'without a status'}`);
  const known = `${[plural(total, 'user'), ...sums].join(' · ')}, read ${agoShort(readAt, now)}.`;
  if (users.length === 0) return [total === 0 ? 'This location has no users.' : 'No users match these filters.', known];
  const columns = [
    { title: 'User', min: 12, least: 8 },
    { title: 'Status' },
    { title: 'Mail address', min: 12, least: 8 },
    { title: 'Licenses', align: 'right' as const },
  ];
  const rows = users.map(({ clientUserId, status, isActive, email, licenses }) => [
    { text: clientUserId },
    { text: status, ...(!isActive && licenses > 0 && { paint: style.bold }) },
    { text: email ?? '' },
    { text: count(licenses) },
  ]);
  const table =
    tableLines(columns, rows, width, style.bold) ?? rows.map((row) => row.map(({ text }) => text).join(' · '));
  const rest = more ? [style.grey('There are more: --limit, --search, or --csv for all.')] : [];
  return [...table, '', known, ...rest];
}
