export { type AppleControl, type AppleLocation, createAppleControl } from './demo/apple-control.ts';
export { CAST, type Character } from './demo/cast.ts';
export { OWNER, ownerApi } from './demo/owner.ts';
export { type Demo, type DemoOptions, startDemo } from './demo/start-demo.ts';
export { run } from './run.ts';
