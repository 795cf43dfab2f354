import {
  type Asset as AppleAsset,
  type Assignment as AppleAssignment,
  type ClientConfig as AppleClientConfig,
  type User as AppleUser,
  artworkUrl,
  type EventStatus,
  type StoreItem,
  UNLIMITED_COUNT,
} from '@winesap/apple-client';
import type { Asset, AssetMetadata, Assignment, ClientConfig, EventProgress, MdmInfo, User } from '@winesap/core';
import { cleanOrNull, cleanText } from './clean-text.ts';

/** Our words for what Apple says. A configuration without `uId` belongs to a token of the time before locations. */
export function configOf(config: AppleClientConfig, markOf: (secret: string) => string): ClientConfig {
  return {
    uId: cleanOrNull(config.uId) ?? '',
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

/** Who manages the location, in texts that can be kept and shown. */
export function mdmInfoOf(mdmInfo: AppleClientConfig['mdmInfo']): MdmInfo | null {
  if (mdmInfo === null) return null;
  const { id, name, metadata } = mdmInfo;
  return { id: cleanText(id), name: cleanText(name), metadata: cleanText(metadata) };
}

export function assetOf(asset: AppleAsset): Asset {
  const assigned = asset.assignedCount ?? 0;
  return {
    adamId: asset.adamId,
    pricingParam: asset.pricingParam,
    productType: asset.productType ?? 'App',
    unlimited: asset.unlimited,
    total: asset.unlimited ? UNLIMITED_COUNT : (asset.totalCount ?? 0),
    assigned,
    available: asset.unlimited ? UNLIMITED_COUNT : (asset.availableCount ?? 0),
    retired: asset.retiredCount ?? 0,
    deviceAssignable: asset.deviceAssignable ?? false,
    revocable: asset.revocable ?? false,
    platforms: [...asset.supportedPlatforms],
  };
}

/** A row that names no holder cannot be kept; Apple promises exactly one. */
export function assignmentOf(row: AppleAssignment): Assignment[] {
  const holder = row.serialNumber ?? row.clientUserId;
  if (holder === null || holder === undefined) return [];
  const holderKind = row.serialNumber === null || row.serialNumber === undefined ? 'user' : 'device';
  return [{ adamId: row.adamId, pricingParam: row.pricingParam, holderKind, holder }];
}

/** Without the invite code, which nothing here needs. */
export function userOf({ clientUserId, status, email, idHash }: AppleUser): User {
  return { clientUserId, status: status ?? '', email, idHash };
}

export function metadataOf(adamId: string, item: StoreItem | undefined): AssetMetadata {
  return {
    adamId,
    name: item?.name ?? null,
    bundleId: item?.bundleId ?? null,
    iconUrl: item?.artwork ? artworkUrl(item.artwork, 128) : null,
  };
}

/** Done is what is complete without a failure; a word nobody knows is still under way. */
export function progressOf(status: EventStatus): EventProgress {
  const [failure] = status.failures;
  if (failure !== undefined || status.eventStatus === 'FAILED')
    return {
      state: 'failed',
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
