export type StoreErrorCode =
  | 'data-folder.in-use'
  | 'data-folder.empty'
  | 'database.unreachable'
  | 'database.outer-use'
  | 'schema.newer'
  | 'schema.older'
  | 'schema.changed';

/** A refusal by the database layer, with a text for the person who starts or runs the server. Contains no secrets. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
