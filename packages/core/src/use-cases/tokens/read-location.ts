import type { AppleFailure } from '../../domain/apple-failure.ts';
import { AppleFailureError } from '../../domain/apple-failure.ts';
import type { Identity } from '../../domain/locations/identity.ts';
import type { Trailer } from '../../domain/locations/trailer.ts';
import type { TokenFileReading } from '../../domain/tokens/token-file.ts';
import { readTokenFile } from '../../domain/tokens/token-file.ts';
import { isSentence, stateOfFailure } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import { type Answer, askApple } from './ask-apple.ts';

export interface ReadFile {
  /** The credential. Secret. */
  text: string;
  fingerprint: string;
  bytes: number;
  name: string | null;
  organizationName: string | null;
  expiresAt: Date | null;
}

/** Identifies the bytes. Throws the code of what they are if they aren't a content token. Sends nothing. */
export function openTokenFile(deps: Pick<Deps, 'seal' | 'now'>, bytes: Uint8Array, name: string | null): ReadFile {
  const reading: TokenFileReading = readTokenFile(bytes);
  if (reading.kind === 'refused') throw new AppError(reading.code, { bytes: bytes.length, fileName: name });
  if (reading.expiresAt !== null && reading.expiresAt.getTime() <= deps.now().getTime())
    throw new AppError('token-file.expired', { expiresAt: reading.expiresAt.toISOString(), fileName: name });
  return {
    text: reading.text,
    fingerprint: deps.seal.fingerprint(reading.text),
    bytes: bytes.length,
    name,
    organizationName: reading.organizationName,
    expiresAt: reading.expiresAt,
  };
}

/**
 * Asks Apple whom a file belongs to: client config and the first assets, which must name the same location, and the
 * account, which is optional. A refusal counts if Apple confirms it. Nothing is stored.
 */
export async function identify(
  deps: Pick<Deps, 'pause'>,
  location: AppleLocation,
  file: ReadFile,
  signal?: Abort,
): Promise<Identity> {
  const answer = await askApple(deps, location, { effort: 'quick', signal });
  if (answer.kind === 'failure') throw refusalOfFile(answer);
  const [account, beside] = await Promise.all([
    location.account(signal),
    unlessRefused(location.probe('quick', signal)),
  ]);
  const { config } = answer;
  const uId = config.uId ?? beside?.uId ?? null;
  if (uId === null) throw new AppError('token-file.location-missing', { fileName: file.name });
  if (beside !== null && beside.uId !== null && beside.uId !== uId)
    throw new AppError('token-file.location-unclear', { uIds: [uId, beside.uId] });
  return {
    uId,
    locationName: config.locationName,
    country: config.country,
    defaultPlatform: config.defaultPlatform,
    websiteUrl: config.websiteUrl,
    expiresAt: config.expiresAt ?? file.expiresAt,
    mdmInfo: config.mdmInfo,
    appleId: account?.appleId ?? null,
    email: account?.email ?? null,
    appleOrganizationId: account?.appleOrganizationId ?? null,
    organizationName: file.organizationName,
  };
}

/** A missing second opinion is ignored. */
async function unlessRefused(asked: Promise<Trailer>): Promise<Trailer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppleFailureError) return null;
    throw error;
  }
}

/** Returns what Apple's answer says about the file that was sent with it. */
function refusalOfFile({ failure, confirmed }: Extract<Answer, { kind: 'failure' }>): AppError {
  const data = { failure };
  const state = stateOfFailure(failure);
  if (isSentence(state) && !confirmed) return new AppError('apple.unclear', data);
  switch (state) {
    case 'expired':
      return new AppError('token-file.expired', data);
    case 'revoked':
      return new AppError('token-file.revoked', data);
    case 'invalid':
      return new AppError('token-file.not-accepted', data);
    case 'not-permitted':
      return new AppError('token-file.not-permitted', data);
    default:
      return appleRefusal(failure);
  }
}

/** Returns Apple's failure as one of our refusals if it says nothing about a file. */
export function appleRefusal(failure: AppleFailure, cause?: unknown): AppError {
  const data = { failure };
  if (failure.kind === 'no-answer') return new AppError('apple.no-answer', data, { cause });
  if (failure.kind === 'unreadable') return new AppError('apple.unreadable', data, { cause });
  if (failure.kind === 'other-location') return new AppError('apple.other-location', data, { cause });
  if (failure.kind === 'not-asked') return new AppError('token.locked', { reason: failure.reason }, { cause });
  switch (stateOfFailure(failure)) {
    case 'throttled':
      return new AppError('apple.busy', data, { cause });
    case 'unreachable':
      return new AppError('apple.away', data, { cause });
    default:
      return new AppError('apple.refused', data, { cause });
  }
}
