import { parse } from 'yaml';

export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** The alerts of a Prometheus rule file, of all its groups. Errors: of the parser, when it is no YAML. */
export function readAlertRules(text: string): AlertRule[] {
  const file = parse(text) as { groups: { name: string; rules: AlertRule[] }[] };
  return file.groups.flatMap(({ rules }) => rules);
}
