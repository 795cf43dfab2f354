// Assigns an app to devices: node assign.ts sToken_for_Office.vpptoken 361309726 SERIAL1 SERIAL2 …
import { readFile } from 'node:fs/promises';
import { assetTargets, createAppleClient, planChanges, targetOutcomes } from '@winesap/apple-client';

const [file = '', adamId = '', ...serialNumbers] = process.argv.slice(2);
const baseUrl = process.env.APPLE_URL;
const apple = createAppleClient({ contentToken: await readFile(file, 'utf8'), baseUrl });

const { limits } = await apple.currentServiceConfig();
const steps = planChanges({ associate: { assets: [{ adamId }], serialNumbers } }, limits);
for await (const { step, accepted } of apple.submit(steps)) {
  const end = await apple.followEvent(accepted.eventId, { silenceMs: 1_000 });
  for (const { target, outcome, failure } of targetOutcomes(assetTargets(step.request), end)) {
    console.log(`${target.serialNumber} ${outcome}${failure ? ` ${failure.errorNumber} ${failure.errorMessage}` : ''}`);
  }
}
