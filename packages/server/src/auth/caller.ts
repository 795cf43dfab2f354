import type { Person } from '@winesap/api';

/** Who calls, and what they showed for it. */
export interface Caller {
  person: Person;
  credential: Credential;
}

/** `expiresAt` is null for keys made before every key expired. */
export interface Credential {
  kind: 'session' | 'key';
  id: string;
  expiresAt: Date | null;
}
