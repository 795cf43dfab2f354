import { createHash } from 'node:crypto';

export interface Organization {
  readonly orgName: string;
  readonly organizationId: number;
  /** 64 hexadecimal characters. */
  readonly organizationIdHash: string;
  /** Managed Apple Accounts of the organization end in `@` and this. */
  readonly managedDomain: string;
}

export function createOrganization(orgName: string, number: number, managedDomain: string | undefined): Organization {
  const organizationId = 2_100_000 + number;
  return {
    orgName,
    organizationId,
    organizationIdHash: createHash('sha256').update(`organization ${organizationId}`).digest('hex'),
    managedDomain: managedDomain ?? `${domainLabel(orgName, number)}.example`,
  };
}

function domainLabel(orgName: string, number: number): string {
  const label = orgName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return label === '' ? `organization-${number}` : label;
}
