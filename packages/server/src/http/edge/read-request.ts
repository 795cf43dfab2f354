import { type AnyRoute, TOKEN_FILE } from '@winesap/api';
import { MAX_TOKEN_FILE_BYTES } from '@winesap/core';
import type { FastifyRequest } from 'fastify';
import { type ZodType, z } from 'zod';
import { Refusal } from '../refusals/refusal.ts';

/** What a stranger can make us read and parse: setup and sign-in need a few hundred bytes. */
const PUBLIC_BODY_BYTES = 4 * 1024;
/** The largest useful body contains a channel's template. */
const MAX_BODY_BYTES = 256 * 1024;

/** Returns how many bytes of a body are read at most. */
export function bodyLimitOf(route: AnyRoute): number {
  if (route.body === TOKEN_FILE) return MAX_TOKEN_FILE_BYTES;
  return route.access === 'public' ? PUBLIC_BODY_BYTES : MAX_BODY_BYTES;
}

/** Errors: `request.invalid`, with all problems. */
export function read<T>(schema: ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `${[...path, key].join('.')}: isn’t known here.`);
    return [`${path.join('.') || where}: ${issue.message}.`];
  });
  throw new Refusal('request.invalid', { where, problems });
}

/** Returns the body in the form that the route expects. Errors: `request.invalid`, `request.form`. */
export function readBody(route: AnyRoute, request: FastifyRequest): unknown {
  if (route.body === TOKEN_FILE) return readFile(request.body, request.headers['content-type']);
  // Anything but JSON arrives as bytes.
  const bytes = Buffer.isBuffer(request.body) ? request.body : null;
  if (bytes !== null && bytes.length > 0)
    throw new Refusal('request.invalid', {
      problems: ['the body: has to be JSON, sent with the content type application/json.'],
    });
  const body = bytes === null ? (request.body ?? {}) : {};
  if (route.body !== undefined) return read(route.body as ZodType, body, 'the body');
  read(NO_BODY, body, 'the body');
  return undefined;
}

/** A file is bytes, whatever its content type; forms are not unpacked. */
function readFile(body: unknown, contentType = ''): Uint8Array {
  const bytes = Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array();
  const isForm = contentType.startsWith('multipart/') && bytes[0] === HYPHEN && bytes[1] === HYPHEN;
  if (isForm) throw new Refusal('request.form');
  return bytes;
}

const HYPHEN = 0x2d;
const NO_BODY = z.strictObject({});
