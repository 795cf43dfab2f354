/** `Northwind / Retail`; a policy with its organization's name is shown once. */
export function placeOf(at: { organizationName: string; policyName: string }): string {
  return at.organizationName === at.policyName ? at.policyName : `${at.organizationName} / ${at.policyName}`;
}
