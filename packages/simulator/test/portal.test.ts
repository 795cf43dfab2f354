import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start();
});
afterAll(() => apple.close());

test('the page for people comes with everything it loads, also with a slash at the end', async () => {
  const page = await fetch(`${apple.url}/_sim/`);
  const html = await page.text();

  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    expect((await fetch(`${apple.url}${path}`)).status, path).toBe(200);
  }
  expect((await fetch(`${apple.url}/_sim`)).status).toBe(200);
});
