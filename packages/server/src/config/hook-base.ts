const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const APPLE = 'https://vpp.itunes.apple.com';

export type HookBase = { base: string } | { base: null; off: 'switched-off' | 'no-public-url' | 'not-https' };

/**
 * Returns the address for Apple up to the location's own part, or why there is none. Apple accepts only https; a
 * simulator on this machine also accepts plain http from this machine.
 */
export function hookBaseOf(config: {
  publicUrl: string | undefined;
  appleUrl: string;
  notifications: boolean;
}): HookBase {
  if (!config.notifications) return { base: null, off: 'switched-off' };
  if (config.publicUrl === undefined) return { base: null, off: 'no-public-url' };
  const { protocol, hostname } = new URL(config.publicUrl);
  const isSimulated = config.appleUrl !== APPLE && LOOPBACK.has(hostname);
  if (protocol !== 'https:' && !isSimulated) return { base: null, off: 'not-https' };
  return { base: `${config.publicUrl}/hooks/apple/` };
}
