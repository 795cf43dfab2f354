import { parser } from '@prometheus-io/lezer-promql';

/**
 * Returns the names of metrics in an expression, each once, by the grammar that Prometheus uses in its own editor.
 * Errors: Error if the expression is invalid.
 */
export function promqlNames(expression: string): string[] {
  const names = new Set<string>();
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to }) => {
      if (type.isError) throw new Error(`Not PromQL at ${from}: ${expression}`);
      if (name === 'VectorSelector') {
        const metric = /^[a-zA-Z_:][\w:]*/.exec(expression.slice(from, to))?.[0];
        if (metric !== undefined) names.add(metric);
      }
    },
  });
  return [...names].sort();
}
