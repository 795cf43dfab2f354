import { type Api, ApiProblem, type ContentToken, routes } from '@winesap/api';
import type { AppleControl } from './apple-control.ts';
import type { Stage } from './build-apple.ts';
import { type Character, contentManagerOf, OTHER_SERVER } from './cast.ts';
import { until } from './until.ts';

const DAY_MS = 86_400_000;
const EXPIRING_IN_DAYS = 12;

interface World {
  api: Api;
  apple: AppleControl;
  signal?: AbortSignal;
}

/**
 * Creates the organization and policies of one demo customer, adds its token, and waits until it is scanned. A token
 * can only be added while it is valid, so the one that should expire gets `shortLifeMs`, and another attempt with a
 * longer life if that was too short.
 */
export async function settle(world: World, stage: Stage, shortLifeMs: number): Promise<ContentToken> {
  const { api } = world;
  const { character } = stage;
  const organization = await api.call(routes.addOrganization, { body: { name: character.organization } });
  const policyId = await addPolicies(api, organization.id, character);
  const started = Date.now();
  for (let lifeMs = shortLifeMs; ; lifeMs *= 2) {
    try {
      const token = await addToken(world, stage, policyId, lifeMs);
      if (character.inheritance)
        await api.call(routes.setTokenInheritance, { params: { policyId }, body: { enabled: true } });
      return token;
    } catch (error) {
      const tooSlow = error instanceof ApiProblem && error.problem.code === 'token-file.expired';
      if (!tooSlow || Date.now() - started > 60_000) throw error;
    }
  }
}

/** Brings the token into its planned state and waits until Winesap shows it. */
export async function meetFate(
  { api, apple, signal }: World,
  { character, location }: Stage,
  token: ContentToken,
): Promise<void> {
  switch (character.becomes) {
    case 'revoked':
      await apple.resetPassword(contentManagerOf(location.managedDomain));
      break;
    case 'claimed-elsewhere':
      await apple.claim(location.uId, OTHER_SERVER);
      break;
    case 'expired': {
      const msLeft = Date.parse(token.identity.expiresAt ?? '') - Date.now();
      if (msLeft > 0)
        await until(
          async () => Date.now(),
          (now) => now > Date.parse(token.identity.expiresAt ?? ''),
          { what: () => '', ...(signal && { signal }) },
        );
      break;
    }
    case 'expiring':
    case 'healthy':
      break;
  }
  for (const purchase of character.later) await apple.buy(location.uId, purchase);
  await until(
    () => api.call(routes.checkToken, { params: { tokenId: token.tokenId } }),
    ({ health }) => health.state === character.becomes,
    {
      everyMs: 400,
      what: ({ health }) =>
        `${location.locationName} should be ${character.becomes} and is ${health.state}: ${health.title}`,
      ...(signal && { signal }),
    },
  );
}

async function addPolicies(api: Api, organizationId: string, { policies, holder }: Character): Promise<string> {
  const { policies: first } = await api.call(routes.listPolicies, { params: { organizationId } });
  const ids = new Map([['', first[0]?.id ?? null]]);
  for (const path of policies) {
    const name = path.at(-1) ?? '';
    const parentId = ids.get(path.slice(0, -1).join('/')) ?? null;
    const policy = await api.call(routes.addPolicy, { params: { organizationId }, body: { name, parentId } });
    ids.set(path.join('/'), policy.id);
  }
  const held = ids.get(holder.join('/'));
  if (!held) throw new Error(`The cast has no policy ${holder.join('/')}.`);
  return held;
}

async function addToken(
  { api, apple, signal }: World,
  { character, location }: Stage,
  policyId: string,
  lifeMs: number,
): Promise<ContentToken> {
  const expiresAt = expiryOf(character, lifeMs);
  const text = await apple.downloadToken(location.uId, expiresAt && { expiresAt });
  const body = new TextEncoder().encode(text);
  const fileName = `sToken_for_${location.locationName}.vpptoken`;
  const { file } = await api.call(routes.inspectTokenFile, { query: { fileName }, body });
  const saved = await api.call(routes.addToken, {
    params: { policyId },
    query: { fileName, fingerprint: file.fingerprint, mode: character.mode },
    body,
  });
  return await until(
    () => api.call(routes.getToken, { params: { tokenId: saved.token.tokenId } }),
    ({ lastSyncAt, scan }) => lastSyncAt !== null || scan?.state === 'failed',
    { what: ({ health }) => `${location.locationName} was not read: ${health.title}`, ...(signal && { signal }) },
  );
}

function expiryOf({ becomes }: Character, lifeMs: number): Date | undefined {
  if (becomes === 'expiring') return new Date(Date.now() + (EXPIRING_IN_DAYS + 0.5) * DAY_MS);
  return becomes === 'expired' ? new Date(Date.now() + lifeMs) : undefined;
}
