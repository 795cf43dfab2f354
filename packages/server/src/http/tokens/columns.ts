import type { TokenRow } from '@winesap/api';
import { columns, ID } from '../edge/columns.ts';

export const TOKEN_COLUMNS = columns<TokenRow>()(
  [
    ['state', (one) => one.health.state],
    ['organization', (one) => one.organizationName],
    ['location', (one) => one.locationName],
    ['identificationNumber', (one) => one.uId],
    ['policy', (one) => one.policyName],
    ['appleId', (one) => one.appleId],
    ['mode', (one) => one.mode],
    ['title', (one) => one.health.title],
    ['nextStep', (one) => one.health.nextStep.text],
    ['daysLeft', (one) => one.daysLeft],
    ['expiresAt', (one) => one.expiresAt],
    ['lastSuccessfulSync', (one) => one.lastSyncAt],
    ['assets', (one) => one.assets],
    ['lowAssets', (one) => one.lowAssets],
    ['appleSaid', (one) => one.health.apple?.line],
  ],
  {
    tokenId: ID,
    organizationId: ID,
    organizationName: 'organization',
    policyId: ID,
    policyName: 'policy',
    uId: 'identificationNumber',
    locationName: 'location',
    health: 'state',
    lastSyncAt: 'lastSuccessfulSync',
    scanning: 'not: changes within minutes',
  },
);
