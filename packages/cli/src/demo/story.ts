import { join } from 'node:path';
import { factLines } from '../show/facts.ts';
import type { Style } from '../terminal/style.ts';
import { shellWord } from '../words/shell-word.ts';
import type { Demo } from './start-demo.ts';

/** What to open, how to sign in, and a story to try. */
export function storyLines(demo: Demo, kept: boolean, style: Style): string[] {
  const { url, owner, portalUrl, filesFolder, files, apiKeyFile } = demo;
  const fresh = join(filesFolder, 'sToken_for_Chicago HQ.vpptoken');
  return [
    '',
    style.bold(`Winesap is at ${url}`),
    ...factLines([
      ['Sign in as', owner.email],
      ['Password', owner.password],
      ['Apple’s portal, simulated', portalUrl],
      ['Ready-made files', filesFolder],
    ]),
    ...files.map(({ name, tells }) => style.grey(`    ${name}: ${tells}`)),
    '',
    style.bold('A story to try'),
    '  1. Dashboard → Events, filter Receiver Type = vpp-token: which tokens do not work, and why.',
    '  2. Overview: open Northwind · Chicago HQ. The red box says that Apple has revoked its token.',
    `  3. Get a fresh file: download one at ${portalUrl} or take the one in the folder above.`,
    '  4. Renew: drop the file, Save, compare old and new, Save.',
    '  5. Watch the scan; the red box is gone and the last successful sync is now.',
    '  6. Try the file for Denver Store on Chicago HQ: refused, with both identities shown.',
    '',
    style.bold('The same on the command line'),
    `  export WINESAP_URL=${url} WINESAP_API_KEY=$(cat ${shellWord(apiKeyFile)})`,
    '  npx winesap tokens list',
    `  npx winesap tokens renew ${shellWord(fresh)}`,
    '',
    style.grey(kept ? `Ctrl-C ends it. ${demo.folder} stays.` : 'Ctrl-C ends it and removes everything again.'),
  ];
}
