// @ts-expect-error The parser has no types.
import parse from 'parse-prometheus-text-format';

export interface MetricRow {
  labels?: Record<string, string>;
  value?: string;
  buckets?: Record<string, string>;
  count?: string;
  sum?: string;
}

export interface MetricFamily {
  name: string;
  help: string;
  type: string;
  metrics: MetricRow[];
}

/** Reads Prometheus' text format with a parser that is neither ours nor the writer's. */
export function readPrometheusText(text: string): MetricFamily[] {
  return parse(text) as MetricFamily[];
}
