import { type AppleClient, AppleRefusal, type CallOptions } from '@winesap/apple-client';

/**
 * Takes our claim back. How Apple wants that said is not documented (fact sheet §1.6, unknown 12): first null, then
 * empty texts, and what Apple shows afterwards decides. True when the claim is not ours any more.
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
      // Refused in this spelling; perhaps it takes the other.
      if (!(error instanceof AppleRefusal) || error.httpStatus !== 400) throw error;
    }
    if (!(await stillOurs())) return true;
  }
  return false;
}
