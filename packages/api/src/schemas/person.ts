import { z } from 'zod';
import { Instant } from './common.ts';

export const Role = z.enum(['owner', 'admin', 'viewer']).meta({ id: 'Role' });
export type Role = z.output<typeof Role>;

export const Email = z.email().max(200);
export const Password = z.string().min(12).max(200).describe('At least 12 characters.');

export const Person = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: Role, createdAt: Instant })
  .meta({ id: 'Person' });
export type Person = z.output<typeof Person>;

export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.string().nullable().describe('First characters, to tell keys apart.'),
    createdAt: Instant,
    expiresAt: Instant.nullable().describe('Null for keys made before every key expired: it never does.'),
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.output<typeof ApiKey>;

/** A key and the person whose rights it has. */
export const OwnedKey = ApiKey.extend({
  person: z.object({ id: z.string(), name: z.string(), email: z.string(), role: Role }),
}).meta({ id: 'OwnedKey' });
export type OwnedKey = z.output<typeof OwnedKey>;
