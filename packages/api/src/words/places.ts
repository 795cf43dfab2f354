/** `Northwind / Retail`; a policy that bears its organization's name is said once. */
export function placeOf(at: { organizationName: string; policyName: string }): string {
  return at.organizationName === at.policyName ? at.policyName : `${at.organizationName} / ${at.policyName}`;
}
