import type { RowCursor } from '../../ports/licenses.ts';
import type { Store, Tx } from '../../ports/store.ts';

/**
 * Runs a long task in transactions short enough for others to get in between. `step` returns false while there is more.
 */
export async function inSlices(write: Store['write'], step: (tx: Tx) => Promise<boolean>): Promise<void> {
  while (!(await write(step)));
}

/** Does the same along the rows of a location: `step` returns where the next one begins, null at the end. */
export async function alongRows<At = RowCursor, On = Tx>(
  run: (work: (on: On) => Promise<At | null>) => Promise<At | null>,
  step: (on: On, after: At | null) => Promise<At | null>,
): Promise<void> {
  let place: At | null = null;
  do {
    const after: At | null = place;
    place = await run((on) => step(on, after));
  } while (place !== null);
}
