import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { serve } from '@winesap/server';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { type Demo, startDemo } from 'winesap';
import { startSimulator } from 'winesap-simulator';
import { compressPng } from './compress-png.ts';

/**
 * Takes the manual's pictures of the console, with the demo's data, into docs/images. Run by hand: npm run screenshots,
 * or only some: npm run screenshots -- asset location.
 */

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
/** The location that works and is managed. */
const HEALTHY = 'Harbor Clinic';
const LOOKS = [
  { suffix: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { suffix: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { suffix: '390', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

interface Scene {
  name: string;
  /** Opens the screen. Returns what must be visible before the picture is taken. */
  play(page: Page, demo: Demo): Promise<Locator>;
}

const SCENES: Scene[] = [
  {
    name: 'overview',
    play: async (page) => {
      await page.goto('/');
      return page.getByRole('heading', { name: /need you$/ });
    },
  },
  {
    name: 'broken',
    play: async (page, demo) => {
      await page.goto(await addressOf(demo, 'Chicago HQ'));
      return page.getByRole('region', { name: 'Token problem: Revoked' });
    },
  },
  {
    name: 'renew-window-1',
    play: async (page, demo) => {
      await page.goto(`${await addressOf(demo, 'Chicago HQ')}?window=renew`);
      return page.getByRole('dialog', { name: 'Renew Chicago HQ' });
    },
  },
  { name: 'renew-window-2', play: (page, demo) => offer(page, demo, 'Chicago HQ', 'Is this the right token?') },
  { name: 'mismatch', play: (page, demo) => offer(page, demo, 'Denver Store', 'This file opens another location') },
  {
    name: 'events',
    play: async (page) => {
      await page.goto('/events?receiverType=vpp-token');
      return page.getByRole('list', { name: 'Events' }).getByRole('button').first();
    },
  },
  {
    name: 'assets',
    play: async (page, demo) => {
      await page.goto(`/policies/${(await tokenOf(demo, HEALTHY)).policyId}/assets`);
      return page.getByRole('table', { name: 'Apps and books of this location' });
    },
  },
  {
    name: 'asset',
    play: async (page, demo) => {
      await page.goto(await assetAddressOf(demo, HEALTHY));
      await page.getByRole('slider', { name: 'Counts over time' }).waitFor();
      return page.getByRole('table', { name: 'Who holds a license of it' });
    },
  },
  {
    name: 'location',
    play: async (page, demo) => {
      await page.goto(`/locations/${(await tokenOf(demo, HEALTHY)).uId}`);
      return page.getByRole('table', { name: 'Scans of this location, newest first' });
    },
  },
];

async function ask<Answer>(demo: Demo, path: string): Promise<Answer> {
  const response = await fetch(`${demo.url}${path}`, {
    headers: { 'x-api-key': (await readFile(demo.apiKeyFile, 'utf8')).trim() },
  });
  return (await response.json()) as Answer;
}

async function tokenOf(demo: Demo, locationName: string): Promise<{ policyId: string; uId: string }> {
  const path = `/api/tokens?q=${encodeURIComponent(locationName)}`;
  const { tokens } = await ask<{ tokens: { policyId: string; uId: string }[] }>(demo, path);
  const [token] = tokens;
  if (token === undefined) throw new Error(`The demo has no location ${locationName}.`);
  return token;
}

async function addressOf(demo: Demo, locationName: string): Promise<string> {
  return `/policies/${(await tokenOf(demo, locationName)).policyId}/settings/apple-apps`;
}

/** The asset of a location with the most devices. */
async function assetAddressOf(demo: Demo, locationName: string): Promise<string> {
  const { uId } = await tokenOf(demo, locationName);
  const path = `/api/locations/${uId}/assets?sort=assigned&order=desc&limit=1`;
  const { assets } = await ask<{ assets: { adamId: string; pricingParam: string }[] }>(demo, path);
  return `/locations/${uId}/assets/${assets[0]?.adamId}/${assets[0]?.pricingParam}`;
}

/** Saves the first window with a location's file. Returns the second window. */
async function offer(page: Page, demo: Demo, fileOf: string, next: string): Promise<Locator> {
  await page.goto(`${await addressOf(demo, 'Chicago HQ')}?window=renew`);
  const first = page.getByRole('dialog', { name: 'Renew Chicago HQ' });
  await first.getByLabel('Choose a file').setInputFiles(join(demo.filesFolder, `sToken_for_${fileOf}.vpptoken`));
  await first.getByRole('button', { name: 'Save' }).click();
  return page.getByRole('dialog', { name: next });
}

async function signIn(page: Page, demo: Demo): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(demo.owner.email);
  await page.getByLabel('Password', { exact: true }).fill(demo.owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /account menu/ }).waitFor();
}

const wanted = process.argv.slice(2);

async function takePictures(demo: Demo, browser: Browser): Promise<void> {
  for (const { suffix, ...look } of LOOKS) {
    const context = await browser.newContext({
      ...look,
      baseURL: demo.url,
      reducedMotion: 'reduce',
      locale: 'en-US',
      deviceScaleFactor: 1,
    });
    const page = await context.newPage();
    await signIn(page, demo);
    for (const { name, play } of SCENES.filter((scene) => wanted.length === 0 || wanted.includes(scene.name))) {
      await (await play(page, demo)).waitFor();
      await page.waitForLoadState('load');
      await page.evaluate(() => document.fonts.ready);
      const picture = compressPng(await page.screenshot({ animations: 'disabled' }));
      await writeFile(join(FOLDER, `${name}-${suffix}.png`), picture);
      process.stdout.write(`${name}-${suffix}.png ${Math.round(picture.length / 1024)} KB\n`);
    }
    await context.close();
  }
}

await mkdir(FOLDER, { recursive: true });
const demo = await startDemo(startSimulator, serve);
try {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    await takePictures(demo, browser);
  } finally {
    await browser.close();
  }
} finally {
  await demo.stop();
}
