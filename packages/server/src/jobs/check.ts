import { AppError, checkToken, type Deps } from '@winesap/core';

export async function checkJob(deps: Deps, { tokenId }: { tokenId: string }, signal: AbortSignal): Promise<void> {
  try {
    await checkToken(deps, tokenId, 'patient', signal);
  } catch (error) {
    // Removed between being due and being asked about.
    if (!(error instanceof AppError && error.code === 'token.not-found')) throw error;
  }
}
