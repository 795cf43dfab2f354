/**
 * Where a sealed text belongs: table, row, and purpose. The place is authenticated with the text, so that it opens
 * nowhere else. Stored seals depend on it: never change its form.
 */
export type SealPlace =
  | `content_tokens/${string}/token/${string}`
  | `uploads/${string}/file`
  | `batch_files/${string}/file`
  | `channels/${string}/settings`
  | `hooks/${string}/secret`;

/** A token also belongs to its location: a relabeled row must not read or change another location. */
export const tokenPlace = (tokenId: string, uId: string): SealPlace => `content_tokens/${tokenId}/token/${uId}`;
export const uploadPlace = (uploadId: string): SealPlace => `uploads/${uploadId}/file`;
export const batchFilePlace = (fileId: string): SealPlace => `batch_files/${fileId}/file`;
export const channelPlace = (channelId: string): SealPlace => `channels/${channelId}/settings`;
/** The current and the next secret share a place, because the next one becomes the current one unchanged. */
export const hookPlace = (uId: string): SealPlace => `hooks/${uId}/secret`;
