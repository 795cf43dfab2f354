import { expect, test } from 'vitest';
import { asUnavailable } from '../src/store/engine/unavailable.ts';

const failed = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

test.each([
  ['a connection that broke while something was sent', failed('EPIPE', { syscall: 'write', errno: -32 })],
  ['a server that nobody answers at', failed('ECONNREFUSED', { syscall: 'connect' })],
  ['a server that is shutting down', failed('57P01', { severity: 'FATAL' })],
  ['a full disk', failed('53100', { severity: 'ERROR' })],
  ['a client that noticed by itself', new Error('Connection terminated unexpectedly')],
])('%s: the database is away', (_, error) => {
  expect(asUnavailable(error)).toMatchObject({ code: 'database.away' });
});

test("PostgreSQL's error about a statement is unchanged", () => {
  const error = failed('23505', { severity: 'ERROR' });

  expect(asUnavailable(error)).toBe(error);
});
