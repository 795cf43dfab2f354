import { parse } from 'yaml';

export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** Returns the alerts of a Prometheus rule file, of all its groups. Errors: the parser's, if it isn't YAML. */
export function readAlertRules(text: string): AlertRule[] {
  const file = parse(text) as { groups: { name: string; rules: AlertRule[] }[] };
  return file.groups.flatMap(({ rules }) => rules);
}
