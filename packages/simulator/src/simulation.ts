import { Faults } from './faults/faults.ts';
import { AppleService } from './http/apple-service.ts';
import { RequestLog } from './http/request-log.ts';
import { notifyChurn } from './notify/churn-notifications.ts';
import { Notifier } from './notify/notifier.ts';
import { Random } from './random.ts';
import { findScenario } from './scenarios/scenarios.ts';
import { Clock, type ClockKind } from './time/clock.ts';
import { World } from './world/world.ts';

/** How a world begins. */
export interface SimulationOptions {
  /** A scenario by name; without one the world is empty. */
  readonly scenario?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly latencyMs?: number | undefined;
  /** 15 requests per second and location unless set to false. */
  readonly rateLimit?: boolean | undefined;
  /** `real` runs by itself, `virtual` only on request. */
  readonly clock?: ClockKind | undefined;
  /** When the clock starts, epoch milliseconds; the present by default. */
  readonly now?: number | undefined;
  /** Makes ids and tokens the same in every run that does the same. */
  readonly seed?: string | undefined;
}

/** A world with everything that is around it. A reset puts a new one in its place. */
export interface Simulation {
  readonly world: World;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly notifier: Notifier;
  readonly apple: AppleService;
}

export function createSimulation(options: SimulationOptions, log: (line: string) => void): Simulation {
  const clock = new Clock(options.clock ?? 'real', options.now ?? Date.now());
  const faults = new Faults();
  const world = new World(clock, faults, new Random(options.seed));
  const notifier = new Notifier(world, faults);
  world.notify = (location, type, notification) => notifier.notify(location, type, notification);
  world.testReceiver = (location, config) => notifier.test(location, config);
  world.notifyChurn = (location, done) => notifyChurn(world, location, done);
  const requests = new RequestLog();
  if (options.pageSize !== undefined) world.settings.pageSize = options.pageSize;
  if (options.latencyMs !== undefined) world.settings.latencyMs = options.latencyMs;
  if (options.rateLimit !== undefined) world.settings.rateLimit = options.rateLimit;
  if (options.scenario !== undefined) findScenario(options.scenario).build(world);
  return { world, faults, requests, notifier, apple: new AppleService(world, faults, requests, log) };
}
