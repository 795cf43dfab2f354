import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AppleFailure, AppleFailureError } from '../src/domain/apple-failure.ts';
import type { MdmInfo } from '../src/domain/locations/claim.ts';
import type { AppleLocation, ClientConfig } from '../src/ports/apple.ts';
import { askApple, type Question } from '../src/use-cases/tokens/ask-apple.ts';

const refused = (errorNumber: number, httpStatus = 401): AppleFailure => ({
  kind: 'refused',
  httpStatus,
  errorNumber,
  errorMessage: 'said Apple',
  doing: 'asking',
  retryAfterMs: null,
});
const REVOKED = refused(9625);
const INVALID = refused(9622, 200);
const BUSY = refused(9646, 429);
const AWAY: AppleFailure = { kind: 'no-answer', reason: 'timeout', doing: 'asking', mayHaveArrived: false };
const FOREIGN: AppleFailure = {
  kind: 'other-location',
  httpStatus: 200,
  doing: 'asking',
  expected: 'ours',
  found: 'theirs',
  mayHaveArrived: false,
};

const configOf = (mdmInfo: MdmInfo | null = null): ClientConfig => ({
  uId: 'ours',
  locationName: 'Barn',
  country: 'US',
  defaultPlatform: null,
  websiteUrl: null,
  expiresAt: null,
  mdmInfo,
  hook: { url: null, secretMark: null, types: [] },
});
const CONFIG = configOf();

/** Returns the answers in order, whatever is asked, and repeats the last one. */
function locationOf(...answers: (AppleFailure | ClientConfig)[]) {
  const asked: string[] = [];
  const left = [...answers];
  const next = (what: string) => {
    asked.push(what);
    const answer = (left.length > 1 ? left.shift() : left[0]) ?? CONFIG;
    if ('kind' in answer) throw new AppleFailureError(answer);
    return answer;
  };
  const location = {
    clientConfig: async () => next('config'),
    probe: async () => next('assets'),
  } as Partial<AppleLocation> as AppleLocation;
  return { location, asked };
}

function ask(answers: (AppleFailure | ClientConfig)[], question: Partial<Question> = {}) {
  const { location, asked } = locationOf(...answers);
  const pause = async () => {
    asked.push('pause');
  };
  return { asked, answer: askApple({ pause }, location, { effort: 'quick', ...question }) };
}

test('a successful answer is accepted with one request', async () => {
  const { answer, asked } = ask([CONFIG]);

  expect(await answer).toEqual({ kind: 'config', config: CONFIG, withdrawn: null });
  expect(asked).toEqual(['config']);
});

test('an outage at Apple needs no confirmation', async () => {
  for (const failure of [BUSY, AWAY]) {
    const { answer, asked } = ask([failure]);

    expect(await answer).toEqual({ kind: 'failure', failure, confirmed: false, contradicted: false });
    expect(asked).toEqual(['config']);
  }
});

test('a refusal is confirmed by another endpoint immediately and by the same one a moment later', async () => {
  const { answer, asked } = ask([REVOKED]);

  expect(await answer).toEqual({ kind: 'failure', failure: REVOKED, confirmed: true, contradicted: false });
  expect(asked).toEqual(['config', 'assets', 'pause', 'config']);
});

test('a foreign location is confirmed in the same way', async () => {
  expect(await ask([FOREIGN]).answer).toMatchObject({ failure: FOREIGN, confirmed: true });
});

test.each([
  ['one', [INVALID]],
  ['two', [INVALID, INVALID]],
  ['one with 401', [refused(9722)]],
  ['two of different kinds', [refused(9621), FOREIGN]],
])('%s stray refusal ends no token, and is told as withdrawn', async (_how, strays) => {
  const { answer } = ask([...strays, CONFIG]);

  expect(await answer).toEqual({ kind: 'config', config: CONFIG, withdrawn: strays[0] });
});

test.each([
  ['Apple falls silent after the first refusal', [REVOKED, AWAY], REVOKED, false],
  ['Apple throttles in between', [REVOKED, BUSY, REVOKED], REVOKED, false],
  ['assets are read, configuration is refused', [REVOKED, CONFIG, REVOKED], REVOKED, true],
  ['configuration is read, assets are refused', [REVOKED, REVOKED, CONFIG, INVALID], INVALID, true],
])('nothing is confirmed when %s', async (_what, answers, failure, contradicted) => {
  expect(await ask(answers).answer).toEqual({ kind: 'failure', failure, confirmed: false, contradicted });
});

test('a refusal that is already confirmed costs one request', async () => {
  const { answer, asked } = ask([REVOKED], { sentence: 'revoked' });

  expect(await answer).toMatchObject({ failure: REVOKED, confirmed: true });
  expect(asked).toEqual(['config']);
});

test('a refusal that differs from the confirmed one is confirmed separately', async () => {
  const { answer, asked } = ask([INVALID], { sentence: 'revoked' });

  expect(await answer).toMatchObject({ failure: INVALID, confirmed: true });
  expect(asked).toHaveLength(4);
});

test("a scan's refusal is cleared only when both endpoints answer successfully", async () => {
  const cleared = ask([CONFIG, CONFIG], { suspicion: REVOKED });
  const confirmed = ask([REVOKED], { suspicion: REVOKED });
  const silent = ask([AWAY], { suspicion: REVOKED });
  const mixed = ask([CONFIG, REVOKED, REVOKED], { suspicion: REVOKED });

  expect(await cleared.answer).toEqual({ kind: 'config', config: CONFIG, withdrawn: REVOKED });
  expect(cleared.asked).toEqual(['config', 'assets']);
  expect(await confirmed.answer).toMatchObject({ confirmed: true });
  expect(await silent.answer).toMatchObject({ failure: REVOKED, confirmed: false });
  expect(await mixed.answer).toMatchObject({ failure: REVOKED, confirmed: false, contradicted: true });
});

test('a claim that is missing from one answer is not gone', async () => {
  const claim = { id: 'winesap', name: 'Winesap', metadata: '' };
  const left = ask([CONFIG, configOf(claim)], { claim });
  const gone = ask([CONFIG], { claim });

  expect(await left.answer).toMatchObject({ config: { mdmInfo: claim } });
  expect(await gone.answer).toMatchObject({ config: { mdmInfo: null } });
  expect(gone.asked).toEqual(['config', 'config']);
});

test('whatever Apple answers, a token ends only after three refusals in a row', async () => {
  const words = fc.constantFrom<AppleFailure | ClientConfig>(CONFIG, REVOKED, INVALID, FOREIGN, BUSY, AWAY);
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 5 }), async (answers) => {
      const { answer } = ask([...answers, CONFIG]);
      const result = await answer;
      if (result.kind === 'config' || !result.confirmed) return;
      const isSentence = (one: AppleFailure | ClientConfig) => 'kind' in one && one !== BUSY && one !== AWAY;
      expect(answers.slice(0, 3).filter(isSentence)).toHaveLength(3);
    }),
  );
});
