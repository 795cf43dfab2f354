import type { Severity } from '@winesap/api';
import type { Style } from '../terminal/style.ts';

/** A symbol for each severity, beside its word; color only repeats them. */
export const SEVERITIES: Record<Severity, { mark: string; paint: keyof Style }> = {
  broken: { mark: '●', paint: 'red' },
  soon: { mark: '◐', paint: 'amber' },
  ok: { mark: '○', paint: 'green' },
  checking: { mark: '◔', paint: 'blue' },
  unknown: { mark: '?', paint: 'violet' },
};

export function severityPaint(severity: Severity, style: Style): (text: string) => string {
  return style[SEVERITIES[severity].paint];
}
