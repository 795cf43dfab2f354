export type SealErrorCode = 'seal.key-invalid' | 'seal.key-missing' | 'seal.no-key-fits' | 'seal.damaged';

/** What is wrong with the sealing keys or with a sealed text. Never holds a key or the text. */
export class SealError extends Error {
  override name = 'SealError';
  readonly code: SealErrorCode;
  constructor(code: SealErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
