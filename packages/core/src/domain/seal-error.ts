/** What is wrong with the sealing keys, or why a sealed text does not open. */
export type SealErrorCode =
  | 'seal.key-invalid'
  | 'seal.key-missing'
  | 'seal.no-key-fits'
  | 'seal.damaged'
  /** It was sealed for another place: the text was moved. */
  | 'seal.other-place';

/** Never contains a key or any part of the text. */
export class SealError extends Error {
  override name = 'SealError';
  readonly code: SealErrorCode;
  constructor(code: SealErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
