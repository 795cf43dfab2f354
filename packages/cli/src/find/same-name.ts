/** Whether two names are the same to a person, ignoring case, composed accents, and surrounding spaces. */
export function sameName(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

const folded = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLocaleLowerCase('en');
