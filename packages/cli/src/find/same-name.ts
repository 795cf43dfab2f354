/** Whether two names are one to a person: letters' case, composed accents and outer spaces do not count. */
export function sameName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

const folded = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLocaleLowerCase('en');
