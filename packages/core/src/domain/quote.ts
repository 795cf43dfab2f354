/** Formats a number for people: 48,000. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${amount(number)} ${number === 1 ? singular : plural}`;
}

export function amount(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Shows only the origin of an address: `https://mdm.example/…`. The rest may be a secret. */
export function withoutPath(url: string): string {
  const [, origin] = /^([a-z]+:\/\/[^/?#]+)/i.exec(url) ?? [];
  return origin === undefined ? '…' : `${origin.replace(/\/\/.*@/, '//')}/…`;
}
