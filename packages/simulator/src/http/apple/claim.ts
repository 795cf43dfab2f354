import type { MdmInfo } from '../../world/location.ts';
import type { Settings } from '../../world/settings.ts';
import { Refusal } from '../refusal.ts';

/** The claim of a client config request: all three parts, within their lengths; how one is cleared is a switch. */
export function readClaim(wanted: unknown, { limits, unknowns }: Settings): MdmInfo | 'clear' | 'leave' {
  const clearable = (how: 'null' | 'empty-strings') => unknowns.clearClaim === how || unknowns.clearClaim === 'both';
  if (wanted === undefined) return 'leave';
  if (wanted === null) {
    if (clearable('null')) return 'clear';
    throw new Refusal(9723);
  }
  if (typeof wanted !== 'object' || Array.isArray(wanted)) throw new Refusal(9602);
  const { id, name, metadata } = wanted as Record<string, unknown>;
  const claim = { id: part(id), name: part(name), metadata: part(metadata) };
  if (claim.id === '' && claim.name === '' && claim.metadata === '' && clearable('empty-strings')) return 'clear';
  if (claim.id === '' || claim.name === '') throw new Refusal(9723);
  if (claim.id.length > (limits.maxMdmIdLength ?? 100)) throw new Refusal(9724);
  if (claim.name.length > (limits.maxMdmNameLength ?? 100)) throw new Refusal(9725);
  if (claim.metadata.length > (limits.maxMdmMetadataLength ?? 255)) throw new Refusal(9713);
  return claim;
}

function part(value: unknown): string {
  if (value === undefined || value === null) throw new Refusal(9723);
  if (typeof value !== 'string') throw new Refusal(9602);
  return value;
}
