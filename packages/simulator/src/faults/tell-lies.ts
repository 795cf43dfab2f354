import type { Answer } from '../http/answer.ts';
import type { Faults, Occasion, PageSeen } from './faults.ts';
import type { AnswerJson, LieContext } from './lies/lie.ts';
import { isLie, lies } from './lies/lies.ts';

/** An answer with the lies told that fit it. Without any it is the same answer, unread. */
export async function tellLies(
  faults: Faults,
  answer: Answer,
  occasion: Occasion,
  context: Omit<LieContext, 'fault' | 'options' | 'path'>,
): Promise<Answer> {
  if (!faults.active.some(({ name }) => isLie(name))) return answer;
  const body = readJson(answer);
  if (body === undefined) return answer;
  const seen = { ...occasion, page: pageSeen(body) };
  let lied = false;
  for (const fault of [...faults.allOf('other-answer', seen), ...faults.allOf('lie', seen)]) {
    if (!isLie(fault.name)) continue;
    const { options } = fault;
    if (!(await lies[fault.name](body, { ...context, fault, options, path: occasion.path ?? '' }))) continue;
    faults.use(fault);
    lied = true;
  }
  return lied ? { ...answer, body: JSON.stringify(body) } : answer;
}

function readJson({ body, headers }: Answer): AnswerJson | undefined {
  if (typeof body !== 'string' || headers['content-type']?.includes('json') !== true) return undefined;
  const value: unknown = JSON.parse(body);
  return typeof value === 'object' && value !== null ? (value as AnswerJson) : undefined;
}

function pageSeen({ currentPageIndex, nextPageIndex }: AnswerJson): PageSeen | undefined {
  return typeof currentPageIndex === 'number'
    ? { index: currentPageIndex, last: nextPageIndex === undefined }
    : undefined;
}
