import { type AppleFailure, AppleFailureError } from '../../domain/apple-failure.ts';
import { holderOf, type MdmInfo } from '../../domain/locations/claim.ts';
import { isSentence, stateOfFailure, type TokenState } from '../../domain/tokens/token-state.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation, ClientConfig, Effort } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';

/**
 * Apple's verdict on a token. `withdrawn`: Apple did not confirm its refusal. `confirmed`: Apple confirmed a refusal
 * that ends the token. `contradicted`: one endpoint refuses, another answers successfully.
 */
export type Answer =
  | { kind: 'config'; config: ClientConfig; withdrawn: AppleFailure | null }
  | { kind: 'failure'; failure: AppleFailure; confirmed: boolean; contradicted: boolean };

export interface Question {
  effort: Effort;
  /** A scan's refusal just now: one successful answer does not clear it. */
  suspicion?: AppleFailure | null;
  /** A confirmed refusal needs no second look. */
  sentence?: TokenState | null;
  /** The known claim: Apple can leave it out of an answer, and a missing claim does not mean a free location yet. */
  claim?: MdmInfo | null;
  signal?: Abort | undefined;
}

/** Long enough that one bad moment at Apple does not answer twice, short enough for a person who waits. */
const BREATH_MS = 1000;

type Attempt<T> = { value: T } | { failure: AppleFailure };

/**
 * Checks a token. One refusal ends no token: it counts only if client config, the assets, and after a moment client
 * config again are all refused. Two that agree could be one bad server at Apple; three across two endpoints and a
 * second hardly are. If the answers differ, nothing is confirmed.
 */
export async function askApple(deps: Pick<Deps, 'pause'>, location: AppleLocation, ask: Question): Promise<Answer> {
  const { effort, signal } = ask;
  const config = () => attempt(() => askConfig(location, ask), signal);
  const probe = () => attempt(() => location.probe(effort, signal), signal);

  const first = await config();
  const suspicion = ask.suspicion ?? null;
  if ('value' in first && suspicion === null) return { kind: 'config', config: first.value, withdrawn: null };
  if ('failure' in first && isKnown(first.failure, ask.sentence)) return refusal(first.failure, { confirmed: true });
  if ('failure' in first && !isSentence(stateOfFailure(first.failure))) return refusal(suspicion ?? first.failure);

  const second = await probe();
  if ('value' in first && 'value' in second) return { kind: 'config', config: first.value, withdrawn: suspicion };

  await deps.pause(BREATH_MS, signal);
  const third = await config();
  if ('value' in third) {
    const doubt = 'failure' in first ? first.failure : (suspicion ?? failureOf(second));
    const last = 'value' in second ? second : await probe();
    if ('value' in last) return { kind: 'config', config: third.value, withdrawn: doubt };
    return refusal(last.failure, { contradicted: true });
  }
  const all = [first, second, third].map(failureOf);
  const confirmed = all.every((one) => one !== null && isSentence(stateOfFailure(one)));
  const contradicted = 'value' in first || 'value' in second;
  // A refusal says more than a missing answer after it.
  const failure = isSentence(stateOfFailure(third.failure)) ? third.failure : (failureOf(first) ?? suspicion);
  return refusal(failure ?? third.failure, { confirmed, contradicted });
}

/**
 * Reads the configuration. If it lacks a known claim, reads it once more: Apple may have left the claim out, and a
 * location without a claim is one that others may take.
 */
export async function askConfig(
  location: AppleLocation,
  { effort, claim = null, signal }: Pick<Question, 'effort' | 'claim' | 'signal'>,
): Promise<ClientConfig> {
  const config = await location.clientConfig(effort, signal);
  const isGone = holderOf(claim, '') === 'foreign' && holderOf(config.mdmInfo, '') === 'free';
  return isGone ? location.clientConfig(effort, signal) : config;
}

function refusal(failure: AppleFailure, so: { confirmed?: boolean; contradicted?: boolean } = {}): Answer {
  return { kind: 'failure', failure, confirmed: so.confirmed ?? false, contradicted: so.contradicted ?? false };
}

function isKnown(failure: AppleFailure, sentence: TokenState | null | undefined): boolean {
  return sentence !== undefined && sentence !== null && stateOfFailure(failure) === sentence;
}

function failureOf(made: Attempt<unknown>): AppleFailure | null {
  return 'failure' in made ? made.failure : null;
}

async function attempt<T>(ask: () => Promise<T>, signal: Abort | undefined): Promise<Attempt<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    // An aborted request says nothing about the token.
    if (signal?.aborted || !(error instanceof AppleFailureError)) throw error;
    return { failure: error.failure };
  }
}
