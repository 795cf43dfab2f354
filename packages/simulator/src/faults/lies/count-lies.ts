import { UNLIMITED } from '../../world/assets/asset.ts';
import { type AnswerJson, countAgain, type Lie, rowCount, rowLists, spread } from './lie.ts';

const COUNTS = ['assignedCount', 'availableCount', 'totalCount', 'retiredCount'];

export const wrongCounts: Lie = (answer, { options }) => {
  const names = options.count === 'all' ? COUNTS : [String(options.count)];
  const rows = rowLists(answer).flatMap((list) => spread(list, Number(options.rows)));
  let lied = false;
  for (const row of rows) {
    for (const name of names) {
      const count = row[name];
      if (typeof count !== 'number') continue;
      lied = true;
      const value = wrong(count, String(options.how));
      if (value === undefined) delete row[name];
      else row[name] = value;
    }
  }
  return lied;
};

function wrong(count: number, how: string): number | string | null | undefined {
  switch (how) {
    case 'missing':
      return undefined;
    case 'null':
      return null;
    case 'zero':
      return 0;
    case 'lower':
      return count - 1;
    case 'higher':
      return count + 1;
    case 'negative':
      return -count - 1;
    case 'fraction':
      return count + 0.5;
    case 'text':
      return String(count);
    case 'above-32-bits':
      return 2 ** 32 + count;
    default:
      return 2 ** 60;
  }
}

export const laggingCounts: Lie = (answer, { options, location, world }) => {
  const { assets } = answer;
  if (!Array.isArray(assets) || location === undefined) return false;
  const past = location.countHistory.at(world.clock.now() - Number(options.lagMs));
  if (past === undefined) return false;
  const before = rowCount(answer);
  let lied = false;
  for (const list of rowLists(answer)) {
    for (const row of [...list]) {
      const asset = location.assets.find(String(row.adamId), row.pricingParam === 'PLUS' ? 'PLUS' : 'STDQ');
      if (asset === undefined) continue;
      const then = past.counts[asset.index];
      if (then === undefined && options.what === 'rows') {
        list.splice(list.indexOf(row), 1);
        lied = true;
        continue;
      }
      const assigned = (then?.assigned ?? 0) - asset.assigned;
      const total = options.what === 'rows' && then !== undefined ? then.total - asset.total : 0;
      if (assigned === 0 && total === 0) continue;
      lied = true;
      add(row, 'assignedCount', assigned);
      if (asset.unlimited) {
        if (row.availableCount !== UNLIMITED) add(row, 'availableCount', -assigned);
      } else {
        add(row, 'totalCount', total);
        add(row, 'availableCount', total - assigned);
      }
    }
  }
  countAgain(answer, before);
  if (lied) answer.versionId = location.versions.text('assets', past.version);
  return lied;
};

function add(row: AnswerJson, name: string, difference: number): void {
  const count = row[name];
  if (typeof count === 'number') row[name] = count + difference;
}
