import type { Location } from '../../world/location.ts';
import { type Lie, type LieContext, put } from './lie.ts';

const NOBODY = '2199999999999999';

/** Another location's `uId`, over the true rows or that location's. */
export const uIdChanges: Lie = async (answer, context) => {
  if (typeof answer.uId !== 'string') return false;
  const other = otherLocation(context);
  if (context.options.rows === 'own') return put(answer, 'uId', other?.uId ?? String(context.options.to ?? NOBODY));
  const theirs = other === undefined ? undefined : await context.reread({ location: other });
  if (theirs === undefined) return false;
  for (const member of Object.keys(answer)) delete answer[member];
  Object.assign(answer, theirs);
  return true;
};

/** The one that is named, or the first that is not the caller's own. */
function otherLocation({ options, world, location }: LieContext): Location | undefined {
  if (typeof options.to === 'string') return world.locations.get(options.to);
  return [...world.locations.values()].find((one) => one !== location);
}
