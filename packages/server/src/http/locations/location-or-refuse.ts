import { AppError } from '@winesap/core';
import { readLocationRef } from '../../store/licenses/reads/location.ts';
import type { Context } from '../edge/context.ts';

export async function locationOrRefuse({ db }: Context, uId: string) {
  const location = await readLocationRef(db, uId);
  if (location === null) throw new AppError('location.not-found', { uId });
  return location;
}
