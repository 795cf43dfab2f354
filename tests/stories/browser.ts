import { patience, type Session, type Stack } from '@winesap/testkit';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

export interface Look {
  viewport?: { width: number; height: number };
  theme?: 'light' | 'dark';
  /** Touch instead of a pointer. */
  touch?: boolean;
}

/** A person's browser window, and the errors that the person would not see. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Script errors and console messages, including those of the content security policy. */
  complaints: string[];
  close(): Promise<void>;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PROGRAM, args: QUIET });
}

/** Opens the console, signed in with the session if there is one. */
export async function visit(
  browser: Browser,
  stack: Stack,
  { as, path = '/', look = {} }: { as?: Session; path?: string; look?: Look } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: stack.url,
    viewport: look.viewport ?? WIDE,
    colorScheme: look.theme ?? 'light',
    hasTouch: look.touch ?? false,
    isMobile: look.touch ?? false,
    reducedMotion: 'reduce',
    locale: 'en-US',
  });
  context.setDefaultTimeout(10_000 * patience());
  if (as !== undefined)
    await context.addCookies(
      as.cookie.split('; ').map((pair) => {
        const at = pair.indexOf('=');
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: stack.url, httpOnly: true };
      }),
    );
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser also reports a refused request as an error; tests check what the page does with it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  // The browser's file dialog is intercepted from the start: requesting it only when a key is pressed could be too
  // late.
  page.on('filechooser', () => {});
  await page.goto(path);
  return { page, context, complaints, close: () => context.close() };
}

interface TextFile {
  name: string;
  text: string;
}

/** Drops a file from the desktop onto a place of the page. */
export function dropFile(zone: Locator, file: TextFile): Promise<void> {
  return dropFiles(zone, [file]);
}

/** Drops many files at once. */
export async function dropFiles(zone: Locator, files: readonly TextFile[]): Promise<void> {
  const dataTransfer = await zone.page().evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, text } of given) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(type, { dataTransfer });
}

/** Chooses a file in the browser's own window. */
export async function chooseFile(field: Locator, file: TextFile): Promise<void> {
  const opened = field.page().waitForEvent('filechooser');
  await field.click();
  await (await opened).setFiles({
    name: file.name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(file.text, 'utf8'),
  });
}

/** Waits for it; `withinMs` if much has to be done first. */
export async function seen(place: Locator, withinMs?: number): Promise<Locator> {
  await place.waitFor({ state: 'visible', ...(withinMs === undefined ? {} : { timeout: withinMs * patience() }) });
  return place;
}

export async function gone(place: Locator): Promise<void> {
  await place.waitFor({ state: 'hidden' });
}

/** Returns why a button is disabled, as assistive technology announces it. */
export async function reasonOf(button: Locator): Promise<string> {
  await seen(button);
  return button.evaluate((element) => {
    const id = element.getAttribute('aria-describedby')?.split(' ')[0] ?? '';
    return element.getAttribute('aria-disabled') === 'true' ? (document.getElementById(id)?.textContent ?? '') : '';
  });
}

export const appleAppsOf = (policyId: string) => `/policies/${policyId}/settings/apple-apps`;

/** Returns the visible text: content hidden by style or layout is left out. */
export function wordsOf(place: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered counts here
  return place.innerText();
}

/** Presses a disabled button, as a person might. */
export function press(button: Locator): Promise<void> {
  return button.click({ force: true });
}
