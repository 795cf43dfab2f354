import { wrap } from '../terminal/wrap.ts';

/** Shows text below a headline, indented and wrapped to the terminal. */
export function indented(text: string, width: number, indent = '  '): string[] {
  const lines = Number.isFinite(width) ? wrap(text, Math.max(20, width - indent.length)) : [text];
  return lines.map((line) => indent + line);
}
