import { assign } from '../assets/licenses.ts';
import type { Location } from '../location.ts';
import { associate } from './user-work.ts';

/**
 * Registers so many people at a location, two of three with an account of the organization, each holding one of its books
 * as long as there are free ones. Every eighth has retired since, and kept the book.
 */
export function bulkUsers(location: Location, count: number): void {
  const books = location.assets.all.filter((asset) => !asset.deviceAssignable);
  const before = location.users.all.length;
  for (let n = 0; n < count; n++) {
    const name = `person-${String(before + n + 1).padStart(3, '0')}`;
    const mail = `${name}@${location.organization.managedDomain}`;
    const user = location.users.create(name, mail);
    if (n % 3 !== 0) associate(location, user, mail);
    const book = books[n % books.length];
    if (book !== undefined) assign(location, book, user.holder);
    if (n % 8 === 7) location.users.retire(user);
  }
}
