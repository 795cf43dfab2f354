/** Where test processes request what is created once for the whole run. */
const DESK = 'TEST_RUN_DESK';

export type DeskThing = 'postgres' | 'ready-database' | 'empty-folder' | 'ready-folder';

export function announceDesk(url: string): void {
  process.env[DESK] = url;
}

/** Returns the address or path of the run's own resource; nothing if the run has no desk (Vitest's `globalSetup`). */
export async function askDesk(thing: DeskThing): Promise<string | undefined> {
  const desk = process.env[DESK];
  if (desk === undefined) return undefined;
  const answer = await fetch(`${desk}/${thing}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
