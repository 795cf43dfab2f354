export type StoreErrorCode =
  | 'data-folder.in-use'
  | 'data-folder.empty'
  | 'database.unreachable'
  | 'database.outer-use'
  | 'schema.newer'
  | 'schema.older'
  | 'schema.changed';

/** A refusal of the database layer, with a sentence for the person who starts or runs the server. No secrets in it. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
