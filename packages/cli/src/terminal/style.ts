import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/**
 * Colors text, or leaves it as it is. Color is never the only carrier of meaning: a mark or a word always says the
 * same.
 */
export interface Style {
  bold(text: string): string;
  grey(text: string): string;
  red(text: string): string;
  amber(text: string): string;
  green(text: string): string;
  violet(text: string): string;
  blue(text: string): string;
}

/**
 * Whether to color a stream: `NO_COLOR` (any text) disables it, `FORCE_COLOR` (not empty, not 0) enables it, otherwise
 * only a terminal that is not `dumb` has color.
 */
export function wantsColor(env: Record<string, string | undefined>, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true;
  return isTerminal && env.TERM !== 'dumb';
}

export function createStyle(colored: boolean): Style {
  const paint = (format: Format) => (text: string) =>
    colored && text !== '' ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    grey: paint('gray'),
    red: paint('red'),
    amber: paint('yellow'),
    green: paint('green'),
    violet: paint('magenta'),
    blue: paint('blue'),
  };
}
