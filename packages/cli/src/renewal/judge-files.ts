import { ApiProblem, type Problem, type RenewalPreview, routes } from '@winesap/api';
import { readTokenFile, type TokenFileInput } from '../input/token-file-input.ts';
import type { Session } from '../session/session.ts';
import { fileQuery, previewRenewal } from './preview-renewal.ts';
import { renewalRefusal } from './renewal-refusal.ts';

/** A file and its effect: it renews the token of a preview, or does nothing, with the reason. */
export type JudgedFile = { path: string } & (
  | { file: TokenFileInput; preview: RenewalPreview; problem: null }
  | { preview: RenewalPreview | null; problem: Problem }
);

/** Apple is asked several times for each file. Its limits are per location, so a few locations run in parallel. */
const AT_ONCE = 5;

/**
 * Finds the token that each file belongs to, and what renewing it would do. Nothing is stored. A problem with one file
 * does not affect the others; a problem that concerns all (no answer, no key) is thrown. Shape: in the order of the
 * paths.
 */
export async function judgeFiles(
  session: Session,
  paths: readonly string[],
  acceptOlder: boolean,
): Promise<JudgedFile[]> {
  const { terminal } = session.context;
  const judged: JudgedFile[] = [];
  // The first one alone, so that a general refusal occurs only once.
  for (let at = 0; at < paths.length; at = judged.length) {
    if (!session.options.json) terminal.progress(`Looking at the files: ${at} of ${paths.length} …`);
    const some = paths.slice(at, at === 0 ? 1 : at + AT_ONCE);
    judged.push(...(await Promise.all(some.map((path) => judgeFile(session, path, acceptOlder)))));
  }
  terminal.progress(null);
  return eachTokenOnce(judged);
}

function eachTokenOnce(judged: readonly JudgedFile[]): JudgedFile[] {
  const first = new Map<string, string>();
  return judged.map((one) => {
    if (one.problem !== null) return one;
    const before = first.get(one.preview.tokenId);
    if (before !== undefined) return { path: one.path, preview: one.preview, problem: second(before) };
    first.set(one.preview.tokenId, one.path);
    return one;
  });
}

async function judgeFile(session: Session, path: string, acceptOlder: boolean): Promise<JudgedFile> {
  try {
    const file = await readTokenFile(path, session.context.stdin);
    const { heldBy, identity } = await session.call(routes.inspectTokenFile, {
      query: fileQuery(file),
      body: file.bytes,
    });
    if (heldBy === null) return { path, preview: null, problem: notHeld(identity.locationName ?? identity.uId) };
    const preview = await previewRenewal(session, heldBy.tokenId, file);
    const refused = renewalRefusal(preview, acceptOlder);
    return refused === null ? { path, file, preview, problem: null } : { path, preview, problem: refused.problem };
  } catch (error) {
    if (error instanceof ApiProblem && isOfThisFile(error.problem))
      return { path, preview: null, problem: error.problem };
    throw error;
  }
}

/** Refusals of one file; anything else would also fail the next file. */
export function isOfThisFile({ code }: Problem): boolean {
  return /^(token-file|renewal|preview|token|apple|usage\.file)\b/.test(code);
}

const own = (code: string, title: string, detail: string): Problem => ({
  type: 'about:blank',
  status: 0,
  code,
  title,
  detail,
});

const notHeld = (location: string): Problem =>
  own('token.not-found', `Winesap holds no token for ${location}.`, 'Add it with winesap tokens add.');

const second = (before: string): Problem =>
  own('renewal.same-token', `${before} renews the same token.`, 'Only the first file of a token is taken.');
