/** The windows of a token, in the address so that a link can open one. */
export const TOKEN_WINDOWS = ['renew', 'add', 'remove', 'claim', 'expiry-days'] as const;
export type TokenWindow = (typeof TOKEN_WINDOWS)[number];
