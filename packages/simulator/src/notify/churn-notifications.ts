import type { ChurnDone } from '../world/churn.ts';
import type { Location } from '../world/location.ts';
import type { World } from '../world/world.ts';

const ELEMENTS = 100;

/** Tells about changes another client made, as if they came from an event of its own. */
export function notifyChurn(world: World, location: Location, done: ChurnDone): void {
  const tell = (type: 'ASSOCIATE' | 'DISASSOCIATE', rows: readonly object[]) => {
    const eventId = world.random.uuid();
    for (let at = 0; at < rows.length; at += ELEMENTS) {
      const assignments = rows.slice(at, at + ELEMENTS);
      world.notify(location, 'ASSET_MANAGEMENT', { type, result: 'SUCCESS', eventId, assignments });
    }
  };
  tell('DISASSOCIATE', done.unassigned);
  tell('ASSOCIATE', done.assigned);
}
