import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, expectTypeOf, test } from 'vitest';
import type {
  AppleClient,
  AppleNotification,
  Assignment,
  Collected,
  Consistency,
  ManageAssets,
  NotificationTypeName,
  TokenProblem,
} from '../src/index.ts';
import { AppleError, AppleNoAnswer, AppleRefusal, AppleUnreadable, createAppleClient } from '../src/index.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));

/** The following is checked when this file is compiled, which the last test here does. */
export function typesThatMustHold(apple: AppleClient, error: AppleError, notification: AppleNotification): void {
  expectTypeOf(apple.assignments).returns.resolves.toEqualTypeOf<
    Collected<Assignment> & { readonly consistency: Consistency }
  >();
  expectTypeOf(apple.clientConfig).returns.resolves.toHaveProperty('tokenExpirationDate').toEqualTypeOf<Date | null>();

  // Errors are distinguished by `kind` or by class.
  if (error instanceof AppleRefusal) expectTypeOf(error.tokenProblem).toEqualTypeOf<TokenProblem | null>();
  if (error instanceof AppleNoAnswer) {
    expectTypeOf(error.reason).toEqualTypeOf<'timeout' | 'network' | 'aborted' | 'moved'>();
  }
  if (error instanceof AppleUnreadable) expectTypeOf(error.bodyStart).toEqualTypeOf<string>();
  // @ts-expect-error only refusals have a number
  error.errorNumber;
  // @ts-expect-error an error needs a kind
  new AppleError('x');

  // Notifications are distinguished by `kind`; unknown types have their own.
  if (notification.kind === 'ASSET_COUNT') expectTypeOf(notification.countDelta).toEqualTypeOf<number>();
  if (notification.kind === 'OTHER') expectTypeOf(notification.notificationType).toEqualTypeOf<string>();
  // @ts-expect-error a test notification has no event
  if (notification.kind === 'TEST_NOTIFICATION') notification.eventId;

  // Apple's words are known, and others are allowed.
  expectTypeOf<'TOMORROWS_TYPE'>().toExtend<NotificationTypeName>();
  expectTypeOf<'ASSET_COUNT'>().toExtend<NotificationTypeName>();

  // Requests are strict.
  expectTypeOf<{ assets: { adamId: string }[]; serialNumbers: string[] }>().toExtend<ManageAssets>();
  // @ts-expect-error IDs are text
  void apple.associateAssets({ assets: [{ adamId: 361309726 }], serialNumbers: ['S1'] });
  // @ts-expect-error a claim needs all three
  void apple.setClientConfig({ mdmInfo: { id: 'i', name: 'n' } });
  // @ts-expect-error filters are Apple's
  void apple.assets({ colour: 'red' });
  // @ts-expect-error a token is required
  createAppleClient({});
  // @ts-expect-error answers are read-only
  void apple.assets().then(({ rows }) => rows.push());
}

test("the types hold, and the client compiles without Node's types", async () => {
  const compiled = [`${here}/tsconfig.types.json`, `${here}/../tsconfig.json`].map((project) =>
    run(tsc, ['-p', project]),
  );

  expect(await Promise.all(compiled)).toMatchObject([{ stdout: '' }, { stdout: '' }]);
});
