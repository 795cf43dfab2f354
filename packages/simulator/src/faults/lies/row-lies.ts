import { type AnswerJson, countAgain, type Lie, rowCount, rowLists, spread } from './lie.ts';

export const swallowedRows: Lie = (answer, { options }) => {
  const list = rowLists(answer).find((rows) => rows.length > 0);
  if (list === undefined) return false;
  const before = rowCount(answer);
  const wanted = Math.min(list.length, Math.max(1, Number(options.rows)));
  const room = list.length - wanted;
  const from = options.where === 'start' ? 0 : options.where === 'end' ? room : Math.floor(room / 2);
  list.splice(from, wanted);
  if (options.size === 'fits') countAgain(answer, before);
  return true;
};

export const repeatedRows: Lie = async (answer, { options, reread }) => {
  const list = rowLists(answer).find((rows) => rows.length > 0);
  if (list === undefined) return false;
  const before = rowCount(answer);
  const copy = (row: AnswerJson) => (options.differ === true ? different(row) : { ...row });
  if (options.from === 'page') {
    list.push(...spread(list, Math.max(1, Number(options.rows))).map(copy));
  } else {
    const index = Number(answer.currentPageIndex);
    const page = index > 0 ? await reread({ pageIndex: index - 1 }) : undefined;
    const others = page === undefined ? undefined : rowLists(page).find((rows) => rows.length > 0);
    if (others === undefined) return false;
    list.unshift(...others.slice(-Math.max(1, Number(options.rows))).map(copy));
  }
  if (options.size === 'fits') countAgain(answer, before);
  return true;
};

/** The same row with another fact; assignments have none that is not part of their identity. */
function different(row: AnswerJson): AnswerJson {
  if (typeof row.assignedCount === 'number') return { ...row, assignedCount: row.assignedCount + 1 };
  return 'userStatus' in row || 'status' in row ? { ...row, email: 'another@example.com' } : { ...row };
}

export const wrongHolder: Lie = (answer, { options }) => {
  const { assignments } = answer;
  if (!Array.isArray(assignments) || assignments.length === 0) return false;
  for (const row of spread(assignments as AnswerJson[], Number(options.rows))) {
    const name = 'serialNumber' in row ? 'serialNumber' : 'clientUserId';
    if (options.how === 'missing') delete row[name];
    else if (options.how === 'null') row[name] = null;
    else if (options.how === 'empty') row[name] = '';
    else row[name === 'serialNumber' ? 'clientUserId' : 'serialNumber'] = 'ANOTHER-HOLDER';
  }
  return true;
};

const UNLISTED = { adamId: '9990000001', pricingParam: 'STDQ' };

export const unlistedAsset: Lie = (answer, { options }) => {
  const { assignments } = answer;
  if (!Array.isArray(assignments) || assignments.length === 0) return false;
  const before = rowCount(answer);
  const rows = spread(assignments as AnswerJson[], Number(options.rows));
  if (options.how === 'added') assignments.push(...rows.map((row) => ({ ...row, ...UNLISTED })));
  else for (const row of rows) Object.assign(row, UNLISTED);
  countAgain(answer, before);
  return true;
};
