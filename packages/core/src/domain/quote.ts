/** Numbers as people write them: 48,000. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${amount(number)} ${number === 1 ? singular : plural}`;
}

export function amount(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Of an address only where it leads: `https://mdm.example/…`. What follows may be a secret. */
export function withoutPath(url: string): string {
  const [, origin] = /^([a-z]+:\/\/[^/?#]+)/i.exec(url) ?? [];
  return origin === undefined ? '…' : `${origin.replace(/\/\/.*@/, '//')}/…`;
}
