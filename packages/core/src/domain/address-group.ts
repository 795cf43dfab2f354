/**
 * Whom an IP address stands for when tries are counted: itself, or of the newer kind the /64 that one subscriber has, in
 * which every machine can take as many addresses as it likes.
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
