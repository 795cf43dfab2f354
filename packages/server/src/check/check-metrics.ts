import { Gauge, Registry } from 'prom-client';
import type { CheckedState, CheckReport } from './check-report.ts';

const TOKEN = ['file', 'organization', 'location', 'uid'] as const;
const LEVEL = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const;
const STATES = [
  'healthy',
  'expiring',
  'expired',
  'revoked',
  'invalid',
  'not-permitted',
  'claimed-elsewhere',
  'terms',
  'throttled',
  'unreachable',
  'unknown',
  'not-asked',
] as const satisfies readonly CheckedState[];

/** The report in Prometheus' text form, for the text-file collector of the node exporter. Names as in `/metrics`. */
export async function checkMetrics(report: CheckReport): Promise<string> {
  const registers = [new Registry()];
  const expiry = new Gauge({
    name: 'winesap_token_expiry_timestamp_seconds',
    help: 'When the content token expires, seconds since 1970.',
    labelNames: TOKEN,
    registers,
  });
  const state = new Gauge({
    name: 'winesap_token_state',
    help: '1 for the state the content token is in, 0 for the others.',
    labelNames: [...TOKEN, 'state'],
    registers,
  });
  const level = new Gauge({
    name: 'winesap_token_check_level',
    help: 'As exit codes: 0 ok, 1 warning, 2 critical, 3 unknown.',
    labelNames: TOKEN,
    registers,
  });
  const worst = new Gauge({
    name: 'winesap_check_level',
    help: 'The worst level of all files, as an exit code.',
    registers,
  });
  const at = new Gauge({
    name: 'winesap_check_timestamp_seconds',
    help: 'When winesap check was run, seconds since 1970. An old one means that the check itself is failing.',
    registers,
  });
  for (const token of report.tokens) {
    const labels = {
      file: token.file,
      organization: token.organizationName ?? '',
      location: token.locationName ?? '',
      uid: token.uId ?? '',
    };
    if (token.expiresAt !== null) expiry.set(labels, Date.parse(token.expiresAt) / 1000);
    for (const one of STATES) state.set({ ...labels, state: one }, one === token.state ? 1 : 0);
    level.set(labels, LEVEL[token.level]);
  }
  for (const { file, level: of } of report.others)
    if (of !== null) level.set({ file, organization: '', location: '', uid: '' }, LEVEL[of]);
  worst.set(LEVEL[report.level]);
  at.set(Date.parse(report.checkedAt) / 1000);
  const [registry] = registers;
  return registry?.metrics() ?? '';
}
