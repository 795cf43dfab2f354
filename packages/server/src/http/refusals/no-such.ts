import type { Words } from './error-facts.ts';

/** Somebody asked for what is not there, or no longer. */
export function noSuch(what: string, detail = 'It may have been removed meanwhile.'): Words {
  return { status: 404, title: `There is no such ${what}.`, detail };
}
