import { ApiProblem, type Problem, type RenewalPreview, routes } from '@winesap/api';
import { fileQuery, previewRenewal } from './preview-renewal.ts';
import { renewalRefusal } from './renewal-refusal.ts';
import type { Session } from './session.ts';
import { readTokenFile, type TokenFileInput } from './token-file-input.ts';

/** A file and what it would do: renew the token of a preview, or nothing, and why. */
export type JudgedFile = { path: string } & (
  | { file: TokenFileInput; preview: RenewalPreview; problem: null }
  | { preview: RenewalPreview | null; problem: Problem }
);

/**
 * Finds the token each file belongs to and what renewing it would do, one file after another, so that Apple's limits are
 * kept. Nothing is stored. What is wrong with one file does not touch the others; what concerns all (no answer, no key)
 * is thrown.
 */
export async function judgeFiles(
  session: Session,
  paths: readonly string[],
  acceptOlder: boolean,
): Promise<JudgedFile[]> {
  const judged: JudgedFile[] = [];
  const taken = new Map<string, string>();
  for (const [at, path] of paths.entries()) {
    session.context.terminal.progress(session.options.json ? null : `Looking at file ${at + 1} of ${paths.length} …`);
    const one = await judgeFile(session, path, acceptOlder);
    const before = one.preview === null ? undefined : taken.get(one.preview.tokenId);
    if (one.problem === null && before !== undefined)
      judged.push({ path, preview: one.preview, problem: second(before) });
    else judged.push(one);
    if (one.problem === null && before === undefined) taken.set(one.preview.tokenId, path);
  }
  session.context.terminal.progress(null);
  return judged;
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

/** Refusals of one file; everything else would meet the next file as well. */
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
