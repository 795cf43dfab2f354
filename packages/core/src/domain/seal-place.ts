/**
 * Where a sealed text belongs: table, row, and purpose. The place is authenticated with the text, so that a text opens
 * nowhere else. Stored seals carry it: never change the form of one.
 */
export type SealPlace =
  | `content_tokens/${string}/token/${string}`
  | `uploads/${string}/file`
  | `channels/${string}/settings`
  | `hooks/${string}/secret`;

/** A token belongs to its location as well: a row that is relabeled must not read, or change, another location. */
export const tokenPlace = (tokenId: string, uId: string): SealPlace => `content_tokens/${tokenId}/token/${uId}`;
export const uploadPlace = (uploadId: string): SealPlace => `uploads/${uploadId}/file`;
export const channelPlace = (channelId: string): SealPlace => `channels/${channelId}/settings`;
/** The present and the next secret share a place, since the next becomes the present one as it is. */
export const hookPlace = (uId: string): SealPlace => `hooks/${uId}/secret`;
