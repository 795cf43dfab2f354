export { type Simulator, type SimulatorOptions, startSimulator } from './start-simulator.ts';
export type { ClockKind } from './time/clock.ts';
export { type Certificate, makeCertificate } from './tls/certificate.ts';
