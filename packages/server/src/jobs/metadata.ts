import { type Deps, readMetadata } from '@winesap/core';

export async function metadataJob(deps: Deps, { tokenId }: { tokenId: string }, signal: AbortSignal): Promise<void> {
  await readMetadata(deps, tokenId, signal);
}
