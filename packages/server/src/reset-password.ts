import { AppError } from '@winesap/core';
import { createAuth } from './auth/create-auth.ts';
import { loadConfig } from './config/load-config.ts';
import { openExisting } from './open-existing.ts';

/**
 * Sets a new password for a locked-out person, directly in the database. Requires access to the machine; with the
 * embedded database, the server has to be stopped first. Their sessions and API keys end.
 * Errors: person.not-found; data-folder.in-use while the server runs; data-folder.empty if there is no database.
 */
export async function resetPassword(options: {
  env: Readonly<Record<string, string | undefined>>;
  email: string;
  password: string;
}): Promise<void> {
  const database = await openExisting(loadConfig(options.env));
  try {
    // Nobody signs in here, so the secret for cookies does not matter.
    const auth = createAuth({ db: database.db, publicUrl: null, secret: 'no cookie is signed with this secret' });
    const people = await auth.people.list();
    const person = people.find(({ email }) => email === options.email.trim().toLowerCase());
    if (person === undefined) throw new AppError('person.not-found', {});
    await auth.people.change(person.id, { password: options.password });
  } finally {
    await database.close();
  }
}
