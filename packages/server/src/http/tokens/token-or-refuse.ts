import type { ContentToken } from '@winesap/api';
import { AppError } from '@winesap/core';
import { readToken } from '../../store/tokens/reads/tokens.ts';
import type { Context } from '../edge/context.ts';

export async function tokenOrRefuse({ db, now }: Context, tokenId: string): Promise<ContentToken> {
  const token = await readToken(db, tokenId, now());
  if (token === null) throw new AppError('token.not-found', { tokenId });
  return token;
}
