import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppleControl, type AppleLocation, createAppleControl } from '@winesap/testkit';
import { startSimulator } from 'winesap-simulator';
import { type Outcome, winesap } from './winesap.ts';

/** Apple's side and a folder of files, for a command that needs nothing else. */
export interface AppleSide {
  apple: AppleControl;
  folder: string;
  url: string;
  /** Writes a file into the folder and returns its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Creates a location and a file of its token. */
  token(
    name: string,
    wish?: { org?: string; location?: string; expiresAt?: Date },
  ): Promise<{ path: string; location: AppleLocation; text: string }>;
  check(...args: string[]): Promise<Outcome>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function appleSide(): Promise<AppleSide> {
  const simulator = await startSimulator({ rateLimit: false });
  const folder = mkdtempSync(join(tmpdir(), 'winesap-check-'));
  const apple = createAppleControl(simulator.control);
  const file: AppleSide['file'] = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return {
    apple,
    folder,
    url: simulator.url,
    file,
    token: async (name, { org = 'Northwind', location = 'Chicago HQ', expiresAt } = {}) => {
      const made = await apple.addLocation({ orgName: org, locationName: location });
      const text = await apple.tokenFile(made.uId, expiresAt && { expiresAt });
      return { path: file(name, text), location: made, text };
    },
    check: (...args) => winesap(null, ['check', ...args], { env: { WINESAP_APPLE_URL: simulator.url } }),
    [Symbol.asyncDispose]: async () => {
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const daysFromNow = (days: number): Date => new Date(Date.now() + days * 86_400_000);
