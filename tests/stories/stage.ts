import { type Session, type Stack, type StackOptions, startStack } from '@winesap/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Look, launchBrowser, type Visit, visit } from './browser.ts';
import { buildConsoleIfOld } from './built-console.ts';

export interface Stage {
  readonly stack: Stack;
  /** Opens a separate window for the test. It is closed afterwards, and must have reported no errors. */
  open(options?: { as?: Session; path?: string; look?: Look }): Promise<Visit>;
}

/** A complete stack with the built console and a browser, for the tests of a file. */
export function setStage(options: StackOptions = {}, prepare: (stack: Stack) => Promise<void> = async () => {}): Stage {
  let stack: Stack | undefined;
  let browser: Browser | undefined;
  let visits: Visit[] = [];

  beforeAll(async () => {
    buildConsoleIfOld();
    [stack, browser] = await Promise.all([startStack(options), launchBrowser()]);
    await prepare(stack);
  });
  afterEach(async () => {
    const ended = visits;
    visits = [];
    for (const { close } of ended) await close();
    for (const { complaints } of ended) expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  return {
    get stack() {
      if (stack === undefined) throw new Error('The stage is set only while tests run.');
      return stack;
    },
    open: async (wish = {}) => {
      if (stack === undefined || browser === undefined) throw new Error('The stage is set only while tests run.');
      const opened = await visit(browser, stack, wish);
      visits.push(opened);
      return opened;
    },
  };
}
