import { parseArgs } from 'node:util';
import { scenarios } from './scenarios/scenarios.ts';
import type { SimulatorOptions } from './start-simulator.ts';
import { certificateIn } from './tls/certificate-folder.ts';

export const usage = `winesap-simulator: Apple's App and Book Management API on this machine

  --port N          port to listen on; 0 picks a free one (8471)
  --host HOST       address to listen on (127.0.0.1)
  --scenario NAME   a world to start with: ${Object.keys(scenarios).join(', ')}
  --page-size N     rows per page (1000)
  --latency-ms N    added to every answer (0)
  --no-rate-limit   do not enforce 15 requests per second and location
  --clock KIND      real or virtual (real)
  --now INSTANT     where the clock starts, ISO 8601
  --tls FOLDER      speak https, with certificate.pem and key.pem of this folder; made there the first time
  --seed TEXT       make ids and tokens the same in every run that does the same
  --exit-with-parent  end when the process that started this one is gone
  --help            this text
`;

export interface ProgramOptions extends SimulatorOptions {
  /** End when the process that started this one is gone. */
  readonly exitWithParent: boolean;
}

/** The options of a command line; `help` when it asks for help. Throws a sentence for anything wrong. */
export function readOptions(args: readonly string[]): ProgramOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8471' },
      host: { type: 'string' },
      scenario: { type: 'string' },
      'page-size': { type: 'string' },
      'latency-ms': { type: 'string' },
      'no-rate-limit': { type: 'boolean', default: false },
      clock: { type: 'string', default: 'real' },
      now: { type: 'string' },
      tls: { type: 'string' },
      seed: { type: 'string' },
      'exit-with-parent': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.clock !== 'real' && values.clock !== 'virtual') throw new Error('--clock is real or virtual');
  const now = values.now === undefined ? undefined : Date.parse(values.now);
  if (Number.isNaN(now)) throw new Error('--now is an ISO 8601 instant');
  return {
    port: whole('--port', values.port, 0, 65_535),
    host: values.host,
    scenario: values.scenario,
    pageSize: whole('--page-size', values['page-size'], 1, 100_000),
    latencyMs: whole('--latency-ms', values['latency-ms'], 0, 600_000),
    rateLimit: !values['no-rate-limit'],
    clock: values.clock,
    now,
    seed: values.seed,
    exitWithParent: values['exit-with-parent'],
    tls: values.tls === undefined ? undefined : certificateIn(values.tls),
  };
}

function whole(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new Error(`${name} is a whole number from ${min} to ${max}`);
  return value;
}
