import { type AppleClient, AppleRefusal, type CallOptions } from '@winesap/apple-client';

/**
 * Releases our claim. How Apple expects that is not documented (fact sheet §1.6, unknown 12): first null, then empty
 * texts, and what Apple shows afterwards decides. Returns true if the claim is no longer ours.
 */
export async function releaseClaim(
  client: AppleClient,
  installationId: string,
  options: CallOptions,
): Promise<boolean> {
  const stillOurs = async () => (await client.clientConfig(options)).mdmInfo?.id === installationId;
  if (!(await stillOurs())) return true;
  for (const mdmInfo of [null, { id: '', name: '', metadata: '' }]) {
    try {
      await client.setClientConfig({ mdmInfo }, options);
    } catch (error) {
      // Refused in this form; perhaps Apple accepts the other.
      if (!(error instanceof AppleRefusal) || error.httpStatus !== 400) throw error;
    }
    if (!(await stillOurs())) return true;
  }
  return false;
}
