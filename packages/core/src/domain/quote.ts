/** Numbers as people write them: 48,000. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  const digits = String(number).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${number === 1 ? singular : plural}`;
}

/** Of an address only where it leads: `https://mdm.example/…`. What follows may be a secret. */
export function withoutPath(url: string): string {
  const [, origin] = /^([a-z]+:\/\/[^/?#]+)/i.exec(url) ?? [];
  return origin === undefined ? '…' : `${origin.replace(/\/\/.*@/, '//')}/…`;
}
