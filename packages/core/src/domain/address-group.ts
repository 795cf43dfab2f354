/**
 * Returns the key under which tries of an IP address are counted: the address itself, or for IPv6 its /64, because one
 * subscriber can use every address in it.
 */
export function addressGroup(address: string): string {
  const [bare = ''] = address.split('%');
  const older = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (older !== undefined) return older;
  const [head = '', tail] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const parts = [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4);
  return `${parts.map((part) => Number.parseInt(part, 16).toString(16)).join(':')}::/64`;
}
