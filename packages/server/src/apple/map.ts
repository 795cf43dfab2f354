import {
  type Asset as AppleAsset,
  type Assignment as AppleAssignment,
  type ClientConfig as AppleClientConfig,
  type Trailer as AppleTrailer,
  type User as AppleUser,
  artworkUrl,
  type EventStatus,
  type StoreItem,
  UNLIMITED_COUNT,
} from '@winesap/apple-client';
import type {
  AssetMetadata,
  Assignment,
  ClientConfig,
  EventProgress,
  MdmInfo,
  SaidAsset,
  Trailer,
  User,
} from '@winesap/core';
import { cleanOrNull, cleanText } from './clean-text.ts';

/** Maps what Apple says about a location to our words. Anything may be missing; null means left out. */
export function configOf(config: AppleClientConfig, markOf: (secret: string) => string): ClientConfig {
  return {
    uId: cleanOrNull(config.uId),
    locationName: cleanOrNull(config.locationName),
    country: cleanOrNull(config.countryISO2ACode),
    defaultPlatform: cleanOrNull(config.defaultPlatform),
    websiteUrl: cleanOrNull(config.websiteURL),
    expiresAt: config.tokenExpirationDate,
    mdmInfo: mdmInfoOf(config.mdmInfo),
    hook: {
      url: cleanOrNull(config.notificationUrl, 2000),
      secretMark: config.notificationAuthToken === null ? null : markOf(config.notificationAuthToken),
      types: config.subscribedNotificationTypes.map((type) => cleanText(type)),
    },
  };
}

export function trailerOf({ uId, tokenExpirationDate, mdmInfo }: AppleTrailer): Trailer {
  return { uId: cleanOrNull(uId), expiresAt: tokenExpirationDate, mdmInfo: mdmInfoOf(mdmInfo) };
}

/** Maps who manages the location, in texts that can be stored and shown. */
function mdmInfoOf(mdmInfo: AppleClientConfig['mdmInfo']): MdmInfo | null {
  if (mdmInfo === null) return null;
  const { id, name, metadata } = mdmInfo;
  return { id: cleanText(id), name: cleanText(name), metadata: cleanText(metadata) };
}

/** Apple sends 32-bit counts. A larger one is treated as missing. */
function countOf(count: number | null): number | null {
  return count !== null && Number.isInteger(count) && count >= 0 && count <= UNLIMITED_COUNT ? count : null;
}

export function assetOf(asset: AppleAsset): SaidAsset {
  return {
    adamId: cleanText(asset.adamId),
    pricingParam: cleanText(asset.pricingParam),
    productType: cleanOrNull(asset.productType),
    unlimited: asset.unlimited,
    total: asset.unlimited ? UNLIMITED_COUNT : countOf(asset.totalCount),
    assigned: countOf(asset.assignedCount),
    available: asset.unlimited ? UNLIMITED_COUNT : countOf(asset.availableCount),
    retired: countOf(asset.retiredCount),
    deviceAssignable: asset.deviceAssignable,
    revocable: asset.revocable,
    platforms: asset.supportedPlatforms.map((platform) => cleanText(platform, 40)),
  };
}

/** Longer names of holders are invalid. */
const LONGEST_HOLDER = 1000;

/**
 * A row with no holder or with two can't be stored: Apple promises exactly one, and which of two it is remains unknown.
 */
export function assignmentOf(row: AppleAssignment): Assignment[] {
  const serialNumber = holderOf(row.serialNumber);
  const clientUserId = holderOf(row.clientUserId);
  const holder = serialNumber ?? clientUserId;
  if (holder === null || (serialNumber !== null && clientUserId !== null)) return [];
  const { adamId, pricingParam } = row;
  const holderKind = serialNumber === null ? 'user' : 'device';
  return [{ adamId: cleanText(adamId), pricingParam: cleanText(pricingParam), holderKind, holder }];
}

function holderOf(name: string | null): string | null {
  return name === null || name.length > LONGEST_HOLDER ? null : cleanOrNull(name, LONGEST_HOLDER);
}

/** Without the invite code, which Winesap does not need. */
export function userOf({ clientUserId, status, email, idHash }: AppleUser): User {
  return {
    clientUserId: cleanText(clientUserId, LONGEST_HOLDER),
    status: cleanOrNull(status) ?? '',
    email: cleanOrNull(email),
    idHash: cleanOrNull(idHash),
  };
}

export function metadataOf(adamId: string, item: StoreItem | undefined): AssetMetadata {
  return {
    adamId,
    name: cleanOrNull(item?.name),
    bundleId: cleanOrNull(item?.bundleId),
    iconUrl: item?.artwork ? artworkUrl(item.artwork, 128) : null,
  };
}

/** A complete event without a failure is done; an unknown word means that it is still under way. */
export function progressOf(status: EventStatus): EventProgress {
  const [failure] = status.failures;
  if (failure !== undefined || status.eventStatus === 'FAILED')
    return {
      state: 'failed',
      certain: status.eventStatus === 'FAILED',
      failure: {
        kind: 'refused',
        httpStatus: 200,
        errorNumber: failure?.errorNumber ?? null,
        errorMessage: cleanOrNull(failure?.errorMessage),
        doing: 'disassociating assets',
        retryAfterMs: null,
      },
    };
  return { state: status.eventStatus === 'COMPLETE' ? 'done' : 'pending' };
}
