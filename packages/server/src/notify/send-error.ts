/** A delivery failure with Winesap's own text, so that it can be shown. */
export class SendError extends Error {
  override name = 'SendError';
}
