import { type Deps, followRelease } from '@winesap/core';

export async function releaseJob(deps: Deps, { releaseId }: { releaseId: string }, signal: AbortSignal): Promise<void> {
  await followRelease(deps, releaseId, signal);
}
