import { wrap } from '../terminal/wrap.ts';

/** Text under a headline: indented, and folded where the terminal ends. */
export function indented(text: string, width: number, indent = '  '): string[] {
  const lines = Number.isFinite(width) ? wrap(text, Math.max(20, width - indent.length)) : [text];
  return lines.map((line) => indent + line);
}
