import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricsReading, readingMetrics } from './reading-metrics.ts';

/** What this process has done since it started, and what the database says now. */
export interface Metrics {
  /** An attempt at Apple is over. `status` null: there was no answer. */
  exchanged(exchange: { status: number | null; errorNumber: number | null; ms: number }): void;
  jobEnded(queue: string, seconds: number, result: JobResult): void;
  notificationReceived(): void;
  notificationRefused(why: string): void;
  /** Prometheus' text format 0.0.4, with this media type. */
  readonly type: string;
  text(reading: MetricsReading): Promise<string>;
}

/** `stopped`: the process ends, and the job runs again. */
export type JobResult = 'done' | 'broke' | 'stopped';

/** From a small location to one with two million assignments. */
const SCAN_SECONDS = [1, 5, 15, 60, 300, 1800, 7200];
const APPLE_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(version: string): Metrics {
  const own = new Registry();
  const registers = [own];
  collectDefaultMetrics({ register: own });
  new Gauge({
    name: 'winesap_build_info',
    help: 'Always 1; the label says which version runs.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  const requests = new Counter({
    name: 'winesap_apple_requests_total',
    help: 'Attempts at Apple, by HTTP status (none: no answer came) and Apple’s error number (empty: none).',
    labelNames: ['status', 'error'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'winesap_apple_request_duration_seconds',
    help: 'How long attempts at Apple took.',
    buckets: APPLE_SECONDS,
    registers,
  });
  const scanSeconds = new Histogram({
    name: 'winesap_scan_duration_seconds',
    help: 'How long scans took in this process, with or without a result.',
    buckets: SCAN_SECONDS,
    registers,
  });
  const jobs = new Counter({
    name: 'winesap_jobs_total',
    help: 'Jobs that ended in this process; stopped ones are run again.',
    labelNames: ['queue', 'result'],
    registers,
  });
  const received = new Counter({
    name: 'winesap_notifications_received_total',
    help: 'Notifications of Apple that were stored, repeats counted.',
    registers,
  });
  const refused = new Counter({
    name: 'winesap_notifications_refused_total',
    help: 'Requests to the addresses of notifications that were refused, by reason.',
    labelNames: ['reason'],
    registers,
  });
  return {
    notificationReceived: () => received.inc(),
    notificationRefused: (reason) => refused.inc({ reason }),
    exchanged: ({ status, errorNumber, ms }) => {
      requests.inc({ status: status ?? 'none', error: errorNumber ?? '' });
      requestSeconds.observe(ms / 1000);
    },
    jobEnded: (queue, seconds, result) => {
      jobs.inc({ queue, result });
      if (queue === 'scan' && result !== 'stopped') scanSeconds.observe(seconds);
    },
    type: own.contentType,
    text: async (reading) => `${await readingMetrics(reading)}\n${await own.metrics()}`,
  };
}
