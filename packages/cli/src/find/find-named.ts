import { refusal } from '../refusal.ts';
import { sameName } from './same-name.ts';

/**
 * Returns the item of a list with this ID or name. Errors: `calendar-feed.not-found`, `calendar-feed.ambiguous`, and so
 * on.
 */
export function findNamed<T extends { id: string; name: string }>(kind: string, all: readonly T[], meant: string): T {
  const found = all.filter(({ id, name }) => id === meant.toLowerCase() || sameName(name, meant));
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  const list = (found.length > 0 ? found : all).slice(0, 20).map(({ name, id }) => `${name} (${id})`);
  const code = kind.replaceAll(' ', '-');
  throw refusal(
    found.length > 1 ? `${code}.ambiguous` : `${code}.not-found`,
    found.length > 1 ? `Several ${kind}s are called “${meant}”.` : `There is no ${kind} “${meant}”.`,
    list.length === 0 ? 'There are none.' : `There are: ${list.join(', ')}.`,
  );
}
