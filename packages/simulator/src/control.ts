export type * from './control/answers.ts';
export { SimulatorRefusal } from './control/ask.ts';
export { type ControlClient, controlClient } from './control/client.ts';
