import type { Person } from '@winesap/api';

/** Who makes the request, and which credential they used. */
export interface Caller {
  person: Person;
  credential: Credential;
}

/** `expiresAt` is null for keys created before every key expired. */
export interface Credential {
  kind: 'session' | 'key';
  id: string;
  expiresAt: Date | null;
}
