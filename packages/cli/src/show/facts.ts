import stringWidth from 'string-width';
import { pad } from '../terminal/wrap.ts';

/** Shows names and values in columns. Null values are left out. */
export function factLines(facts: readonly (readonly [name: string, value: string | null])[], indent = '  '): string[] {
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '');
  const width = Math.max(0, ...known.map(([name]) => stringWidth(name)));
  return known.map(([name, value]) => `${indent}${pad(name, width)}  ${value}`);
}
