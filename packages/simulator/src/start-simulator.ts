import { Faults } from './faults/faults.ts';
import { AppleService, type Outcome } from './http/apple-service.ts';
import { answerControl } from './http/control/control-service.ts';
import type { AppleRequest } from './http/request.ts';
import { RequestLog } from './http/request-log.ts';
import { listen } from './http/web-server.ts';
import { iconAt } from './icons/icon-route.ts';
import { notifyChurn } from './notify/churn-notifications.ts';
import { Notifier } from './notify/notifier.ts';
import { findScenario } from './scenarios/scenarios.ts';
import { Clock, type ClockKind } from './time/clock.ts';
import type { Certificate } from './tls/certificate.ts';
import { World } from './world/world.ts';

export interface SimulatorOptions {
  /** 0 picks a free one, the default. */
  readonly port?: number | undefined;
  /** 127.0.0.1 by default. */
  readonly host?: string | undefined;
  /** A scenario by name; without one the world is empty. */
  readonly scenario?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly latencyMs?: number | undefined;
  /** 15 requests per second and location unless set to false. */
  readonly rateLimit?: boolean | undefined;
  /** `real` runs by itself, `virtual` only when told. */
  readonly clock?: ClockKind | undefined;
  /** Where the clock starts, epoch milliseconds; the present by default. */
  readonly now?: number | undefined;
  /** Speak https with this certificate and key (PEM); `makeCertificate` makes one. */
  readonly tls?: Certificate | undefined;
  /** Gets log lines; nothing is logged by default. */
  readonly log?: ((line: string) => void) | undefined;
}

export interface Simulator {
  /** What replaces Apple's host. */
  readonly url: string;
  /** The control surface. */
  readonly control: string;
  close(): Promise<void>;
}

const CONTROL = '/_sim';

/** Starts Apple's side on this machine. Throws when the port is taken or the scenario unknown. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const log = options.log ?? (() => undefined);
  const clock = new Clock(options.clock ?? 'real', options.now ?? Date.now());
  const faults = new Faults();
  const world = new World(clock, faults);
  const notifier = new Notifier(world, faults);
  world.notify = (location, type, notification) => notifier.notify(location, type, notification);
  world.testReceiver = (location, config) => notifier.test(location, config);
  world.notifyChurn = (location, done) => notifyChurn(world.notify, location, done);
  const requests = new RequestLog();
  if (options.pageSize !== undefined) world.settings.pageSize = options.pageSize;
  if (options.latencyMs !== undefined) world.settings.latencyMs = options.latencyMs;
  if (options.rateLimit !== undefined) world.settings.rateLimit = options.rateLimit;
  if (options.scenario !== undefined) findScenario(options.scenario).build(world);
  const apple = new AppleService(world, faults, requests, log);
  const answer = async (request: AppleRequest): Promise<Outcome> => {
    if (request.path === CONTROL || request.path.startsWith(`${CONTROL}/`)) {
      const path = request.path.slice(CONTROL.length);
      return { kind: 'answer', answer: await answerControl({ world, faults, requests, notifier }, request, path) };
    }
    const icon = request.method === 'GET' ? iconAt(request.path) : undefined;
    return icon === undefined ? apple.answer(request) : { kind: 'answer', answer: icon };
  };
  const server = await listen(options.port ?? 0, options.host ?? '127.0.0.1', answer, log, options.tls);
  return {
    url: server.url,
    control: `${server.url}${CONTROL}`,
    close: async () => {
      clock.close();
      await server.close();
    },
  };
}
