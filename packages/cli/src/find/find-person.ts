import type { Person } from '@winesap/api';
import { findNamed } from './find-named.ts';

/** The person somebody means, by e-mail address, name or id. Errors: `person.not-found`, `person.ambiguous`. */
export function findPerson(people: readonly Person[], meant: string): Person {
  return people.find(({ email }) => email === meant.trim().toLowerCase()) ?? findNamed('person', people, meant);
}
