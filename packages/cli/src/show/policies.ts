import { type PlacedPolicy, policyPath } from '../find/find-policy.ts';
import type { Style } from '../terminal/style.ts';
import { tableLines } from '../terminal/table.ts';
import { SEVERITIES, severityPaint } from '../words/severity.ts';

/** Shows policies as paths, with the token that each uses. */
export function policyLines(
  placed: readonly PlacedPolicy[],
  { style, width }: { style: Style; width: number },
): string[] {
  if (placed.length === 0) return ['No policies. Add an organization first: winesap organizations add NAME'];
  const rows = placed.map((each) => {
    const { token } = each.policy;
    return [
      { text: policyPath(each) },
      token === null
        ? { text: 'no token', paint: style.grey }
        : {
            text: `${SEVERITIES[token.severity].mark} ${token.label}${token.source === 'inherited' ? ', inherited' : ''}`,
            paint: severityPaint(token.severity, style),
          },
    ];
  });
  const columns = [{ title: 'Policy', min: 16 }, { title: 'Token' }];
  return tableLines(columns, rows, width, style.bold) ?? rows.flatMap((cells) => cells.map(({ text }) => text));
}
