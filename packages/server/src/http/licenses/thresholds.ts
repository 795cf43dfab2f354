import { setThreshold } from '@winesap/core';
import { readThresholds } from '../../store/licenses/reads/thresholds.ts';
import type { Context } from '../edge/context.ts';
import type { HandlersOf } from '../edge/handler.ts';

export function thresholdHandlers({ deps, db }: Context): HandlersOf<'thresholds'> {
  return {
    listThresholds: async () => ({ thresholds: await readThresholds(db) }),
    setThreshold: async ({ body, actor }) => {
      await setThreshold(deps, body, actor);
      return { thresholds: await readThresholds(db) };
    },
  };
}
