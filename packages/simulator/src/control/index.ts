export type * from './answers.ts';
export { SimulatorRefusal } from './ask.ts';
export { type ControlClient, controlClient } from './client.ts';
