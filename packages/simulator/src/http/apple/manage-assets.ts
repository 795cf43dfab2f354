import { assetKey, type PricingParam } from '../../world/assets/asset.ts';
import {
  type AssetNamed,
  type AssetsWanted,
  associateWork,
  disassociateWork,
  revokeWork,
} from '../../world/assets/asset-work.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { refuseAbove, refuseTwice, textList } from './body-lists.ts';
import { accepted } from './events.ts';

export function associateAssets(call: TokenCall): object {
  const wanted = readManageAssets(call, true);
  return accepted(call, 'ASSOCIATE', associateWork(call.location, wanted, call.world.settings));
}

export function disassociateAssets(call: TokenCall): object {
  const wanted = readManageAssets(call, false);
  return accepted(call, 'DISASSOCIATE', disassociateWork(call.location, wanted, call.world.settings));
}

export function revokeAssets(call: TokenCall): object {
  const { limits } = call.world.settings;
  const users = textList(call.body.clientUserIds);
  const serials = textList(call.body.serialNumbers);
  refuseAbove(users.items, limits.maxRevokeClientUserIds, 9701);
  refuseAbove(serials.items, limits.maxRevokeSerialNumbers, 9702);
  refuseTwice(users.items, 9704);
  refuseTwice(serials.items, 9705);
  if (users.malformed || serials.malformed) throw new Refusal(9602);
  if (users.items.length + serials.items.length === 0) throw new Refusal(9719);
  refuseUnknownUsers(call, users.items);
  return accepted(call, 'REVOKE', revokeWork(call.location, users.items, serials.items, call.world.settings));
}

/** Refuses in the assumed order: counts, duplicates, arguments, rules of the assets, users. */
function readManageAssets(call: TokenCall, associate: boolean): AssetsWanted {
  const { limits } = call.world.settings;
  const assets = readAssets(call.body.assets);
  const users = textList(call.body.clientUserIds);
  const serials = textList(call.body.serialNumbers);
  const keys = assets.items.map((asset) => assetKey(asset.adamId, asset.pricingParam));
  refuseAbove(keys, limits.maxAssets, 9700);
  refuseAbove(users.items, limits.maxClientUserIds, 9701);
  refuseAbove(serials.items, limits.maxSerialNumbers, 9702);
  refuseTwice(keys, 9703);
  refuseTwice(users.items, 9704);
  refuseTwice(serials.items, 9705);
  if (assets.malformed || users.malformed || serials.malformed) throw new Refusal(9602);
  if (assets.items.length === 0) throw new Refusal(9718);
  if (users.items.length + serials.items.length === 0) throw new Refusal(9719);
  refuseByRules(call, assets.items, serials.items.length > 0, associate);
  refuseUnknownUsers(call, users.items);
  return { assets: assets.items, clientUserIds: users.items, serialNumbers: serials.items };
}

function readAssets(value: unknown): { items: AssetNamed[]; malformed: boolean } {
  if (value === undefined || value === null) return { items: [], malformed: false };
  if (!Array.isArray(value)) return { items: [], malformed: true };
  const items = value.map(readAsset).filter((asset) => asset !== undefined);
  return { items, malformed: items.length !== value.length };
}

function readAsset(value: unknown): AssetNamed | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { adamId, pricingParam } = value as Record<string, unknown>;
  if (typeof adamId !== 'string' || adamId === '') return undefined;
  if (pricingParam === undefined || pricingParam === null) return { adamId, pricingParam: 'STDQ' };
  return pricingParam === 'STDQ' || pricingParam === 'PLUS'
    ? { adamId, pricingParam: pricingParam as PricingParam }
    : undefined;
}

function refuseByRules(call: TokenCall, assets: readonly AssetNamed[], devices: boolean, associate: boolean): void {
  const { unknownAsset } = call.world.settings.unknowns;
  for (const named of assets) {
    const asset = call.location.assets.find(named.adamId, named.pricingParam);
    const info = { assets: [named] };
    if (asset === undefined) {
      if (unknownAsset === 'refuse-9602') throw new Refusal(9602, { info });
      if (unknownAsset === 'refuse-9718') throw new Refusal(9718, { info });
    } else if (associate) {
      if (devices && !asset.deviceAssignable) throw new Refusal(9707, { info });
    } else if (!asset.revocable) {
      throw new Refusal(9706, { info });
    } else if (devices && !asset.deviceAssignable) {
      throw new Refusal(9707, { info });
    }
  }
}

function refuseUnknownUsers(call: TokenCall, clientUserIds: readonly string[]): void {
  if (call.world.settings.unknowns.unknownUser !== 'refuse') return;
  const unknown = clientUserIds.filter((id) => call.location.users.active(id) === undefined);
  if (unknown.length > 0) throw new Refusal(9609, { info: {} });
}
