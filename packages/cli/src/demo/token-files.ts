import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppleControl } from './apple-control.ts';
import type { AppleWorld } from './build-apple.ts';

/** A file in the demo's folder and its purpose. */
export interface ReadyFile {
  name: string;
  tells: string;
}

/**
 * Writes files to try a renewal with: a new one for every token that needs it, and wrong ones of the kind that people
 * really choose. New files are downloaded after the old ones have failed, so that they are valid.
 */
export async function writeTokenFiles(folder: string, apple: AppleControl, world: AppleWorld): Promise<ReadyFile[]> {
  await mkdir(folder, { recursive: true });
  const files: ReadyFile[] = [];
  const write = async (name: string, tells: string, text: string) => {
    await writeFile(join(folder, name), text);
    files.push({ name, tells });
  };
  for (const { character, location } of world.stages) {
    if (character.becomes === 'healthy' || character.becomes === 'claimed-elsewhere') continue;
    await write(
      `sToken_for_${location.locationName}.vpptoken`,
      `renews ${location.orgName} · ${location.locationName}`,
      await apple.downloadToken(location.uId),
    );
  }
  const { elsewhere } = world;
  await write(
    `sToken_for_${elsewhere.locationName}.vpptoken`,
    'opens another location: refused, with both identities shown',
    await apple.downloadToken(elsewhere.uId),
  );
  await write('Northwind_Token_smime.p7m', 'a device enrollment token, the usual mistake', ENROLLMENT_TOKEN);
  await write('Apple Business.html', 'a page saved by mistake', PAGE);
  return files;
}

const ENROLLMENT_TOKEN = `Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="smime.p7m"
Content-Description: S/MIME Encrypted Message

MIAGCSqGSIb3DQEHA6CAMIACAQAxggFnMIIBYwIBADBLMDcxCzAJBgNVBAYTAlVTMRIwEAYDVQQK
DAlOb3J0aHdpbmQxFDASBgNVBAMMC2RlbW8ubm8ua2V5AhAAAAAAAAAAAAAAAAAAAAAAMA0GCSqG
AAAAAAAAAAAAAA==
`;

const PAGE = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Preferences</title></head>
<body><h1>Payments and Billing</h1><p>Sign in to continue.</p></body></html>
`;
