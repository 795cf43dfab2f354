/** A failure of sending whose words are Winesap's own, so that they may be shown. */
export class SendError extends Error {
  override name = 'SendError';
}
