import type { Words } from './error-facts.ts';

/** The requested thing does not exist, or no longer does. */
export function noSuch(what: string, detail = 'It may have been removed meanwhile.'): Words {
  return { status: 404, title: `There is no such ${what}.`, detail };
}
