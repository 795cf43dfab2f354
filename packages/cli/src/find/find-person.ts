import type { Person } from '@winesap/api';
import { findNamed } from './find-named.ts';

/** Returns the person with this email address, name, or ID. Errors: `person.not-found`, `person.ambiguous`. */
export function findPerson(people: readonly Person[], meant: string): Person {
  return people.find(({ email }) => email === meant.trim().toLowerCase()) ?? findNamed('person', people, meant);
}
