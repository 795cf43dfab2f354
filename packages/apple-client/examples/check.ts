// Checks whether a token works: node check.ts sToken_for_Office.vpptoken
import { readFile } from 'node:fs/promises';
import { AppleError, AppleRefusal, createAppleClient } from '@winesap/apple-client';

const [file = '', baseUrl] = process.argv.slice(2);
const apple = createAppleClient({ contentToken: await readFile(file, 'utf8'), baseUrl });

try {
  const { locationName, uId, tokenExpirationDate, mdmInfo } = await apple.clientConfig({ retry: false });
  console.log(`${locationName} (${uId}) until ${tokenExpirationDate?.toISOString().slice(0, 10)}`);
  console.log(mdmInfo ? `managed by ${mdmInfo.name}` : 'managed by nobody');
} catch (error) {
  if (!(error instanceof AppleError)) throw error;
  console.log(error.message); // 401 - error while retrieving client config || 9625 - The server has revoked the sToken.
  process.exitCode = error instanceof AppleRefusal && error.tokenProblem ? 2 : 3;
}
