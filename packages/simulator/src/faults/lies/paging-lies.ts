import type { ActiveFault } from '../faults.ts';
import { type AnswerJson, type Lie, put } from './lie.ts';

export const wrongNextPage: Lie = (answer, { options }) => {
  const { index, next, pages } = pagingOf(answer);
  if (index === undefined) return false;
  switch (options.how) {
    case 'missing':
      return put(answer, 'nextPageIndex', undefined);
    case 'skips':
      return next !== undefined && put(answer, 'nextPageIndex', next + 1 < pages ? next + 1 : undefined);
    case 'repeats':
      return put(answer, 'nextPageIndex', index);
    case 'back':
      return index > 0 && put(answer, 'nextPageIndex', index - 1);
    case 'first':
      return put(answer, 'nextPageIndex', 0);
    default:
      return put(answer, 'nextPageIndex', pages + 1);
  }
};

export const wrongPageIndex: Lie = (answer, { options }) => {
  const { index } = pagingOf(answer);
  if (index === undefined) return false;
  const values: Record<string, number> = { zero: 0, next: index + 1, negative: -1 };
  return put(answer, 'currentPageIndex', values[String(options.how)]);
};

export const wrongTotalPages: Lie = (answer, { options }) => {
  const { index, pages } = pagingOf(answer);
  if (index === undefined) return false;
  const values: Record<string, number> = { lower: Math.max(0, pages - 1), higher: pages + 1, zero: 0, huge: 2 ** 53 };
  return put(answer, 'totalPages', values[String(options.how)]);
};

export const wrongSize: Lie = (answer, { options }) => {
  const { size } = answer;
  if (typeof size !== 'number') return false;
  const values: Record<string, number> = { lower: Math.max(0, size - 1), higher: size + 1, zero: 0 };
  return put(answer, 'size', values[String(options.how)]);
};

/** What a stuck version was when it was first seen, by location and path. */
const stuck = new WeakMap<ActiveFault, Map<string, string>>();

export const wrongVersion: Lie = (answer, { fault, options, location, path }) => {
  const { versionId } = answer;
  if (typeof versionId !== 'string') return false;
  switch (options.how) {
    case 'missing':
      return put(answer, 'versionId', undefined);
    case 'empty':
      return put(answer, 'versionId', '');
    case 'stuck': {
      const seen = stuck.get(fault) ?? new Map<string, string>();
      stuck.set(fault, seen);
      const key = `${location?.uId} ${path}`;
      const first = seen.get(key) ?? versionId;
      seen.set(key, first);
      return put(answer, 'versionId', first);
    }
    default:
      return put(answer, 'versionId', `${versionId}-${fault.struck + 1}`);
  }
};

export const repeatedPage: Lie = async (answer, { options, reread }) => {
  const { index } = pagingOf(answer);
  if (index === undefined || index === 0) return false;
  const before = await reread({ pageIndex: index - 1 });
  if (before === undefined) return false;
  const { currentPageIndex, nextPageIndex } = answer;
  for (const member of Object.keys(answer)) delete answer[member];
  Object.assign(answer, before);
  if (options.index === 'asked') {
    put(answer, 'currentPageIndex', currentPageIndex);
    put(answer, 'nextPageIndex', nextPageIndex);
  }
  return true;
};

function pagingOf(answer: AnswerJson): { index: number | undefined; next: number | undefined; pages: number } {
  const { currentPageIndex, nextPageIndex, totalPages } = answer;
  return {
    index: typeof currentPageIndex === 'number' ? currentPageIndex : undefined,
    next: typeof nextPageIndex === 'number' ? nextPageIndex : undefined,
    pages: typeof totalPages === 'number' ? totalPages : 0,
  };
}
