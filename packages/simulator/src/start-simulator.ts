import type { Outcome } from './http/apple-service.ts';
import { answerControl } from './http/control/control-service.ts';
import type { AppleRequest } from './http/request.ts';
import { listen } from './http/web-server.ts';
import { iconAt } from './icons/icon-route.ts';
import { createSimulation, type SimulationOptions } from './simulation.ts';
import type { Certificate } from './tls/certificate.ts';

export interface SimulatorOptions extends SimulationOptions {
  /** 0 picks a free one, the default. */
  readonly port?: number | undefined;
  /** 127.0.0.1 by default. */
  readonly host?: string | undefined;
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
  let running = createSimulation(options, log);
  const reset = (scenario: string | undefined) => {
    const next = createSimulation({ ...options, scenario: scenario ?? options.scenario }, log);
    running.world.clock.close();
    running = next;
    return running;
  };
  const answer = async (request: AppleRequest): Promise<Outcome> => {
    if (request.path === CONTROL || request.path.startsWith(`${CONTROL}/`)) {
      const path = request.path.slice(CONTROL.length);
      return { kind: 'answer', answer: await answerControl({ ...running, reset }, request, path) };
    }
    const icon = request.method === 'GET' ? iconAt(request.path) : undefined;
    return icon === undefined ? running.apple.answer(request) : { kind: 'answer', answer: icon };
  };
  const server = await listen(options.port ?? 0, options.host ?? '127.0.0.1', answer, log, options.tls);
  return {
    url: server.url,
    control: `${server.url}${CONTROL}`,
    close: async () => {
      running.world.clock.close();
      await server.close();
    },
  };
}
