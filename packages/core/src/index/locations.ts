export { type ClaimState, holderOf, type MdmInfo, type Mode } from '../domain/locations/claim.ts';
export { type Identity, kindOfOrganization, portalOf } from '../domain/locations/identity.ts';
export type { Trailer } from '../domain/locations/trailer.ts';
