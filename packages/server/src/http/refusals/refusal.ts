import type { EdgeCode } from './edge-words.ts';

/** A refusal by the edge itself, before any use case runs. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: EdgeCode;
  readonly data: Readonly<Record<string, unknown>>;
  constructor(code: EdgeCode, data: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}
