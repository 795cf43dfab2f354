import type { AppleFailure } from '../domain/apple-failure.ts';
import { AppleFailureError } from '../domain/apple-failure.ts';
import type { Identity } from '../domain/identity.ts';
import type { TokenFileReading } from '../domain/token-file.ts';
import { readTokenFile } from '../domain/token-file.ts';
import { stateOfFailure } from '../domain/token-state.ts';
import { AppError } from '../errors.ts';
import type { Abort } from '../ports/abort.ts';
import type { AppleLocation, ClientConfig } from '../ports/apple.ts';
import type { Deps } from '../ports/deps.ts';

export interface ReadFile {
  /** The credential. Secret. */
  text: string;
  fingerprint: string;
  bytes: number;
  name: string | null;
  organizationName: string | null;
  expiresAt: Date | null;
}

/** What the bytes are; throws the code of what they are instead. Asks nobody. */
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

/** Asks Apple who a file belongs to: one read that counts, and one that may fail. Nothing is stored. */
export async function identify(location: AppleLocation, file: ReadFile, signal?: Abort): Promise<Identity> {
  try {
    const config = await location.clientConfig('quick', signal);
    // A token of the time before locations opens none; there is nothing to hold it by.
    if (config.uId === '') throw new AppError('token-file.not-accepted', { reason: 'no-location' });
    const account = await location.account(signal);
    return identityOf(config, { ...account, organizationName: file.organizationName }, file.expiresAt);
  } catch (error) {
    if (error instanceof AppleFailureError) throw refusalOfFile(error.failure, error);
    throw error;
  }
}

export function identityOf(
  config: ClientConfig,
  known: Partial<Pick<Identity, 'appleId' | 'email' | 'appleOrganizationId' | 'organizationName'>>,
  fileExpiresAt: Date | null,
): Identity {
  return {
    uId: config.uId,
    locationName: config.locationName,
    country: config.country,
    defaultPlatform: config.defaultPlatform,
    websiteUrl: config.websiteUrl,
    expiresAt: config.expiresAt ?? fileExpiresAt,
    mdmInfo: config.mdmInfo,
    appleId: known.appleId ?? null,
    email: known.email ?? null,
    appleOrganizationId: known.appleOrganizationId ?? null,
    organizationName: known.organizationName ?? null,
  };
}

/** What Apple's answer says about the file that was sent with it. */
function refusalOfFile(failure: AppleFailure, cause: unknown): AppError {
  const data = { failure };
  const state = stateOfFailure(failure);
  switch (state) {
    case 'expired':
      return new AppError('token-file.expired', data, { cause });
    case 'revoked':
      return new AppError('token-file.revoked', data, { cause });
    case 'invalid':
      return new AppError('token-file.not-accepted', data, { cause });
    case 'not-permitted':
      return new AppError('token-file.not-permitted', data, { cause });
    default:
      return appleRefusal(failure, cause);
  }
}

/** Apple's failure as a refusal of ours, when it says nothing about a file. */
export function appleRefusal(failure: AppleFailure, cause: unknown): AppError {
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
