import { type AppleClient, AppleRefusal, type CallOptions, type MdmInfo } from '@winesap/apple-client';

/**
 * Asks Apple to stop notifying us. How it expects that is not documented: first empty texts, then our address without
 * any types; what Apple shows afterwards decides. The claim is sent along, because omitted properties may be lost.
 */
export async function releaseHook(
  client: AppleClient,
  mdmInfo: MdmInfo,
  hook: { path: string; secret: string },
  options: CallOptions,
): Promise<boolean> {
  const shown = async () => {
    const { notificationUrl: url, subscribedNotificationTypes: types } = await client.clientConfig(options);
    return url?.endsWith(`/${hook.path}`) && types.length > 0 ? url : null;
  };
  const url = await shown();
  if (url === null) return true;
  for (const [notificationUrl, notificationAuthToken] of [
    ['', ''],
    [url, hook.secret],
  ] as const) {
    try {
      const request = { mdmInfo, notificationUrl, notificationAuthToken, notificationTypes: [] };
      await client.setClientConfig(request, options);
    } catch (error) {
      // Refused in this form; perhaps Apple accepts the other.
      if (!(error instanceof AppleRefusal) || error.httpStatus !== 400) throw error;
    }
    if ((await shown()) === null) return true;
  }
  return false;
}
