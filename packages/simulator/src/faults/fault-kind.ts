/**
 * When a fault strikes: `edge` before Apple looks at the token, `refusal` where requests are throttled, `before` while
 * the request waits, `listing` before the rows of a page are chosen, `other-answer` and then `lie` on the JSON of an
 * answer, `after` on the finished answer; the others on notifications and events.
 */
export type FaultStage =
  | 'edge'
  | 'before'
  | 'refusal'
  | 'listing'
  | 'other-answer'
  | 'lie'
  | 'after'
  | 'notification'
  | 'event';

export type FaultOptions = Readonly<Record<string, string | number | boolean | null>>;

export interface FaultKind {
  readonly means: string;
  readonly stage: FaultStage;
  /** Option name → default. The type of the default is the type of the option; null is an optional text. */
  readonly options: FaultOptions;
  /** Option name → the texts it may be. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Option name → what its text looks like, and that in words. */
  readonly forms?: Readonly<Record<string, TextForm>>;
}

export interface TextForm {
  readonly fits: (text: string) => boolean;
  readonly words: string;
}

/** Which pages of a listing a fault strikes. Without it every page, and answers that have none. */
export const pageForm: TextForm = {
  fits: (text) => /^(first|middle|later|last|\d{1,9})$/.test(text),
  words: 'first, middle, later, last, or an index',
};

export const jsonForm: TextForm = {
  fits: (text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  },
  words: 'JSON',
};
