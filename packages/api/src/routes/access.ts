import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { Instant, Name } from '../schemas/common.ts';
import { OpenLinks } from '../schemas/files/open-links.ts';
import { ApiKey, Email, OwnedKey, Password, Person, Role } from '../schemas/person.ts';

const tag = 'People and sign-in';
const PersonParams = z.strictObject({ personId: z.string().min(1) });

export const access = {
  getSetup: defineRoute('GET', '/api/setup', {
    access: 'public',
    tag,
    summary: 'Whether the first owner is still to be made',
    response: z.object({ needed: z.boolean(), version: z.string(), demo: z.boolean() }),
  }),
  setUp: defineRoute('POST', '/api/setup', {
    access: 'public',
    tag,
    summary: 'Make the first owner; only while there is nobody',
    status: 201,
    body: z.strictObject({
      setupCode: z.string().max(60).describe('As Winesap prints it where it was started.'),
      name: Name,
      email: Email,
      password: Password,
      organizationName: Name.optional(),
    }),
    response: Person,
    refusals: ['setup.done', 'setup.wrong-code', 'request.too-many'],
  }),
  signIn: defineRoute('POST', '/api/auth/sign-in/email', {
    access: 'public',
    tag,
    summary: 'Sign in; answers with a session cookie',
    body: z.strictObject({
      email: z.string().max(200),
      password: z.string().max(200),
      rememberMe: z.boolean().optional(),
    }),
    response: z.looseObject({ user: z.looseObject({ id: z.string() }) }),
    refusals: ['sign-in.refused', 'sign-in.too-many'],
  }),
  signOut: defineRoute('POST', '/api/auth/sign-out', {
    access: 'public',
    tag,
    summary: 'End the session',
    body: z.strictObject({}),
    response: z.looseObject({}),
  }),
  changePassword: defineRoute('POST', '/api/auth/change-password', {
    access: 'viewer',
    withKey: false,
    tag,
    summary: 'Change your own password',
    body: z.strictObject({
      currentPassword: z.string().max(200),
      newPassword: Password,
      revokeOtherSessions: z.boolean().optional(),
    }),
    response: z.looseObject({ user: z.looseObject({ id: z.string() }) }),
    refusals: ['sign-in.refused', 'sign-in.too-many'],
  }),
  getMe: defineRoute('GET', '/api/me', {
    access: 'viewer',
    tag,
    summary: 'Who is signed in',
    response: Person.extend({ demo: z.boolean(), appleUrl: z.string(), version: z.string() }),
  }),
  listPeople: defineRoute('GET', '/api/people', {
    access: 'owner',
    tag,
    summary: 'Everybody with access',
    response: z.object({ people: z.array(Person) }),
  }),
  listOpenLinks: defineRoute('GET', '/api/people/links', {
    access: 'owner',
    tag,
    summary: 'Upload links that still work and calendar feeds, with the person who made each',
    response: OpenLinks,
  }),
  addPerson: defineRoute('POST', '/api/people', {
    access: 'owner',
    withKey: false,
    tag,
    summary: 'Give a person access',
    status: 201,
    body: z.strictObject({ name: Name, email: Email, password: Password, role: Role }),
    response: Person,
    refusals: ['person.exists'],
  }),
  changePerson: defineRoute('PATCH', '/api/people/{personId}', {
    access: 'owner',
    withKey: false,
    tag,
    summary: 'Change a role or set a new password; a new password ends the person’s sessions and API keys',
    params: PersonParams,
    body: z.strictObject({ role: Role.optional(), password: Password.optional() }),
    response: Person,
    refusals: ['person.not-found', 'person.last-owner'],
  }),
  removePerson: defineRoute('DELETE', '/api/people/{personId}', {
    access: 'owner',
    withKey: false,
    tag,
    summary: 'Take access away; the person’s sessions and keys end',
    description:
      'Upload links and calendar feeds that the person made work for anyone who has their address. With links=end, the default, they end too; with links=hand-over they keep working and become yours.',
    params: PersonParams,
    query: z.strictObject({ links: z.enum(['end', 'hand-over']).default('end') }),
    refusals: ['person.not-found', 'person.last-owner'],
  }),
  listKeys: defineRoute('GET', '/api/keys', {
    access: 'viewer',
    tag,
    summary: 'Your API keys',
    response: z.object({ keys: z.array(ApiKey) }),
  }),
  listAllKeys: defineRoute('GET', '/api/keys/all', {
    access: 'owner',
    tag,
    summary: 'The API keys of all people',
    response: z.object({ keys: z.array(OwnedKey) }),
  }),
  addKey: defineRoute('POST', '/api/keys', {
    access: 'viewer',
    withKey: false,
    tag,
    summary: 'Make an API key; its text is shown this once. It can do what you can, except make keys or change people.',
    status: 201,
    body: z.strictObject({
      name: Name,
      expiresAt: Instant.optional().describe('Within ten years. Without it, a year from now.'),
    }),
    response: ApiKey.extend({ key: z.string(), expiresAt: Instant }),
  }),
  removeKey: defineRoute('DELETE', '/api/keys/{keyId}', {
    access: 'viewer',
    tag,
    summary: 'End an API key: your own, or anybody’s if you are an owner',
    params: z.strictObject({ keyId: z.string().min(1) }),
    refusals: ['key.not-found'],
  }),
};
