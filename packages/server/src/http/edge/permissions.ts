import type { Asset, ContentToken, Permission, PolicyDetail, Role } from '@winesap/api';
import { AppError, type ErrorCode, mayActAs, refuseRelease, type TokenRecord } from '@winesap/core';
import type { Place } from '../../store/organizations/reads/policies.ts';
import type { EdgeCode } from '../refusals/edge-words.ts';
import { wordsOf } from '../refusals/errors.ts';

const YES: Permission = { allowed: true, code: null, reason: null };

/**
 * Returns what the person may do with a policy's token here, and why not: the same rules that refuse the action itself.
 */
export function permissions(place: Place, token: ContentToken | null, role: Role): PolicyDetail['may'] {
  const { tree, policy } = place;
  const effective = tree.effectiveToken(policy.id);
  const admin = role === 'viewer' ? no('request.not-permitted', { needed: 'admin', role }) : YES;
  const noToken = no('policy.no-token');
  const inherited: Permission = no('policy.inherits-token', { policyName: tree.node(effective?.holderId ?? '')?.name });
  const own = effective === null ? noToken : effective.source === 'inherited' ? inherited : YES;
  return {
    add: first(admin, effective === null ? YES : effective.source === 'own' ? no('policy.holds-token') : inherited),
    renew: first(admin, token === null ? noToken : YES),
    remove: first(admin, own),
    scan: first(admin, token === null ? noToken : YES),
    changeInheritance: first(
      admin,
      policy.tokenInheritance ? YES : own === noToken ? no('inheritance.no-token') : own,
      conflict(place),
    ),
    changeMode: first(admin, own),
    deletePolicy: first(
      mayActAs(role, 'admin') ? YES : admin,
      policy.tokenId !== null ? no('policy.holds-token') : YES,
      tree.children(policy.id).length > 0
        ? no('policy.has-children', { policies: tree.children(policy.id).map(({ name }) => name) })
        : YES,
      tree.ordered().length === 1 ? no('policy.is-last') : YES,
    ),
  };
}

/** Returns whether one license of the asset can be released here, and why not. */
export function mayRelease(token: TokenRecord | null, asset: Asset, role: Role): Permission {
  if (role === 'viewer') return no('request.not-permitted', { needed: 'admin', role });
  if (token === null) return no('policy.no-token');
  if (!asset.revocable) return no('release.not-revocable', { productType: asset.productType });
  try {
    refuseRelease(token);
    return YES;
  } catch (error) {
    if (error instanceof AppError) return no(error.code, error.data);
    throw error;
  }
}

function conflict({ tree, policy }: Place): Permission {
  if (policy.tokenInheritance) return YES;
  const inTheWay = tree.inTheWayOfInheritance(policy.id);
  return inTheWay.length === 0
    ? YES
    : no('inheritance.child-holds-token', { policies: inTheWay.map(({ name }) => name) });
}

function no(code: ErrorCode | EdgeCode, data: Record<string, unknown> = {}): Permission {
  const { title, detail } = wordsOf(code, data);
  return { allowed: false, code, reason: `${title} ${detail}` };
}

/** The first obstacle. */
function first(...permissions: Permission[]): Permission {
  return permissions.find(({ allowed }) => !allowed) ?? YES;
}
