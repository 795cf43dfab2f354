/** How to identify a token on the command line; part of each command's help. */
export const TOKEN_ARGUMENT = 'location, Organization/Location, identification number (uId) or id';
export const POLICY_ARGUMENT = 'Organization/Policy/… or id';
export const FILE_ARGUMENT = 'the .vpptoken file as Apple gave it, or - for standard input';
