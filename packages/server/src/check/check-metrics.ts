import { TOKEN_STATES } from '@winesap/core';
import { gaugeText } from '../metrics/text-format.ts';
import type { CheckedState, CheckReport, TokenCheck } from './check-report.ts';

const LEVEL = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const;
const STATES: readonly CheckedState[] = [...TOKEN_STATES, 'not-asked'];

/**
 * Returns the report in Prometheus' text format, for the textfile collector of the node exporter. Names as in
 * `/metrics`.
 */
export function checkMetrics(report: CheckReport): string {
  const known = report.tokens.map((token) => ({ token, labels: labelsOf(token) }));
  return [
    gaugeText({
      name: 'winesap_token_expiry_timestamp_seconds',
      help: 'When the content token expires, seconds since 1970.',
      rows: known.flatMap(({ token, labels }) =>
        token.expiresAt === null ? [] : [[labels, Date.parse(token.expiresAt) / 1000] as const],
      ),
    }),
    gaugeText({
      name: 'winesap_token_state',
      help: '1 for the state the content token is in, 0 for the others.',
      rows: known.flatMap(({ token, labels }) =>
        STATES.map((state) => [{ ...labels, state }, state === token.state ? 1 : 0] as const),
      ),
    }),
    gaugeText({
      name: 'winesap_token_check_level',
      help: 'As exit codes: 0 ok, 1 warning, 2 critical, 3 unknown.',
      rows: [
        ...known.map(({ token, labels }) => [labels, LEVEL[token.level]] as const),
        ...report.others.flatMap(({ file, level }) =>
          level === null ? [] : [[{ file, organization: '', location: '', uid: '' }, LEVEL[level]] as const],
        ),
      ],
    }),
    gaugeText({
      name: 'winesap_check_level',
      help: 'The worst level of all files, as an exit code.',
      rows: [[{}, LEVEL[report.level]]],
    }),
    gaugeText({
      name: 'winesap_check_timestamp_seconds',
      help: 'When winesap check was run, seconds since 1970. An old one means that the check itself is failing.',
      rows: [[{}, Date.parse(report.checkedAt) / 1000]],
    }),
  ].join('\n');
}

function labelsOf({ file, organizationName, locationName, uId }: TokenCheck) {
  return { file, organization: organizationName ?? '', location: locationName ?? '', uid: uId ?? '' };
}
