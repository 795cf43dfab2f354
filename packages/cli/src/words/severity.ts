import type { Severity } from '@winesap/api';
import type { Style } from '../terminal/style.ts';

/** A shape and a word for each severity; color only repeats them. */
export const SEVERITIES: Record<Severity, { mark: string; word: string; paint: keyof Style }> = {
  broken: { mark: '●', word: 'Broken', paint: 'red' },
  soon: { mark: '◐', word: 'Soon', paint: 'amber' },
  ok: { mark: '○', word: 'Healthy', paint: 'green' },
  checking: { mark: '◔', word: 'Checking', paint: 'blue' },
  unknown: { mark: '?', word: 'Unknown', paint: 'violet' },
};

export function severityPaint(severity: Severity, style: Style): (text: string) => string {
  return style[SEVERITIES[severity].paint];
}
