import { text, type Words } from './error-facts.ts';

/** Refusals that only the edge knows. */
export const EDGE_CODES = [
  'policy.no-token',
  'hook.not-found',
  'hook.wrong-secret',
  'request.invalid',
  'request.too-big',
  'request.too-deep',
  'request.too-slow',
  'request.form',
  'request.not-signed-in',
  'request.not-permitted',
  'request.session-needed',
  'request.not-found',
  'request.foreign-origin',
  'request.foreign-host',
  'request.too-many',
  'sign-in.refused',
  'sign-in.too-many',
  'stream.too-many',
  'server.stopping',
  'status.cannot-write',
  'internal',
] as const;
export type EdgeCode = (typeof EDGE_CODES)[number];

/** Refusals before any use case runs. */
export const EDGE_WORDS: Record<EdgeCode, Words> = {
  'hook.not-found': {
    status: 404,
    title: 'There is nothing at this address.',
    detail: 'Notifications of Apple come to the address that is set there.',
  },
  'hook.wrong-secret': {
    status: 401,
    title: 'This is not the secret of this address.',
    detail: 'Apple sends it in the Authorization header, as it was set.',
  },
  'policy.no-token': { status: 409, title: 'There is no token here.', detail: 'Add one first.' },
  'request.invalid': {
    status: 400,
    title: 'Something in the request is missing or not in the expected form.',
    detail: ({ problems }) =>
      Array.isArray(problems) ? problems.join(' ') : 'See /api/openapi.json for what is expected.',
  },
  'request.too-big': {
    status: 413,
    title: 'The request is too big.',
    detail: 'See /api/openapi.json for what is expected.',
  },
  'request.too-deep': {
    status: 400,
    title: 'The request nests too deep.',
    detail: ({ deepest }) =>
      `Its JSON may nest ${String(deepest)} levels deep. See /api/openapi.json for what is expected.`,
  },
  'request.too-slow': {
    status: 408,
    title: 'The request took too long to arrive.',
    detail: 'Send it again. WINESAP_REQUEST_SECONDS says how long one may take.',
  },
  'request.form': {
    status: 415,
    title: 'This is a form with a file in it, not the file.',
    detail: 'Send the file itself as the body, for example with curl --data-binary @FILE. Nothing was stored.',
  },
  'request.not-signed-in': {
    status: 401,
    title: 'Nobody is signed in.',
    detail: 'Sign in, or send an API key as x-api-key. The session may have ended.',
  },
  'request.not-permitted': {
    status: 403,
    title: ({ needed }) => `This needs the role ${text(needed)}.`,
    detail: ({ role }) => `You are ${text(role)}. Ask an owner.`,
  },
  'request.session-needed': {
    status: 403,
    title: 'An API key can’t do this.',
    detail: 'Sign in with your e-mail address and password. Only a person can make API keys and change who has access.',
  },
  'request.not-found': {
    status: 404,
    title: 'There is nothing at this address.',
    detail: 'See /api/openapi.json for what there is.',
  },
  'request.foreign-origin': {
    status: 403,
    title: 'The request comes from a page of another site.',
    detail: 'If Winesap stands behind a proxy, set WINESAP_PUBLIC_URL to the address people use.',
  },
  'request.foreign-host': {
    status: 421,
    title: ({ host }) => `This Winesap doesn’t answer to the name ${text(host)}.`,
    detail: 'If it is yours, name it in WINESAP_ALLOWED_HOSTS, or set WINESAP_PUBLIC_URL to the address people use.',
  },
  'request.too-many': { status: 429, title: 'Too many attempts.', detail: 'Wait a minute, then try again.' },
  'sign-in.refused': {
    status: 401,
    title: 'This e-mail address and password do not go together.',
    detail: 'Check both. An owner can set a new password.',
  },
  'sign-in.too-many': { status: 429, title: 'Too many attempts to sign in.', detail: 'Wait a minute, then try again.' },
  'stream.too-many': {
    status: 429,
    title: 'You have too many live streams open.',
    detail: ({ most }) => `Close some: one person can have ${String(most)} at a time.`,
  },
  'status.cannot-write': {
    status: 503,
    title: 'Winesap can’t store anything right now.',
    detail: ({ reason }) =>
      reason === 'disk-full'
        ? 'Less than 64 MB are free on the disk of its data folder. Free some space; it continues by itself.'
        : 'Its database is away, or the database’s disk is full; the log says which. It continues by itself once that is fixed.',
  },
  'server.stopping': {
    status: 503,
    title: 'Winesap is stopping.',
    detail: 'It finishes what it has begun and takes nothing new. Try again in a few seconds.',
  },
  internal: {
    status: 500,
    title: 'Something broke inside Winesap.',
    detail: 'The log of the server says what, under the request’s number. Nothing that was acknowledged is lost.',
  },
};
