import { randomUUID } from 'node:crypto';
import { type Answer, json } from '../answer.ts';

/** A refusal in the form of the catalog API: a list of errors, all texts. */
export class CatalogRefusal extends Error {
  readonly #status: number;
  readonly #title: string;
  readonly #parameter: string | undefined;

  constructor(status: number, title: string, detail: string, parameter?: string) {
    super(detail);
    this.#status = status;
    this.#title = title;
    this.#parameter = parameter;
  }

  answer(): Answer {
    const error = {
      id: randomUUID(),
      code: `${this.#status}00`,
      status: String(this.#status),
      title: this.#title,
      detail: this.message,
      ...(this.#parameter === undefined ? {} : { source: { parameter: this.#parameter } }),
    };
    return json(this.#status, { errors: [error] });
  }
}
