import { z } from 'zod';

export const HttpUrl = z.url({ protocol: /^https?$/ });

/** Labels a channel that posts to an address by the host only, because the rest may be a credential. */
export function factsOfUrl({ url }: { url: string }): { target: string; host: string } {
  const { host, hostname } = new URL(url);
  return { target: host, host: hostname };
}

export function isOtherOrigin(one: { url: string }, other: { url: string }): boolean {
  return new URL(one.url).origin !== new URL(other.url).origin;
}
