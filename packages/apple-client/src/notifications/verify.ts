/**
 * Whether an `Authorization` header carries one of the secrets. Pass the old and the new one while Apple may still send
 * either. Takes the same time whichever character differs, and always compares with all secrets.
 */
export function isAuthorized(authorization: string | null | undefined, secrets: readonly string[]): boolean {
  const given = new TextEncoder().encode(/^bearer +(.*)$/i.exec(authorization?.trim() ?? '')?.[1] ?? '');
  let found = 0;
  for (const secret of secrets) {
    // An empty secret would match a request without one.
    if (secret !== '') found |= same(given, new TextEncoder().encode(secret));
  }
  return found === 1;
}

/** Returns 1 if equal, 0 if not, after as many steps as the secret is long. */
function same(given: Uint8Array, secret: Uint8Array): 0 | 1 {
  let different = given.length ^ secret.length;
  for (let at = 0; at < secret.length; at++) {
    different |= (secret[at] ?? 0) ^ (given[at] ?? 0x1_00);
  }
  return different === 0 ? 1 : 0;
}
