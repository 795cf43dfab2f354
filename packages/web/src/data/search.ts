/** Search parameters as people read them: `?level=error&q=9625`, every value a text. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (typeof value === 'string' && value !== '') params.set(name, value);
  return params.size === 0 ? '' : `?${params}`;
}

/** Keeps the named texts of a search and drops the rest, so that a mistyped address still opens. */
export function texts<Name extends string>(
  search: Record<string, unknown>,
  ...names: readonly Name[]
): { [N in Name]?: string | undefined } {
  const kept: { [N in Name]?: string | undefined } = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') kept[name] = value;
  }
  return kept;
}

/** The value when it is one of the words, else nothing. */
export function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}
