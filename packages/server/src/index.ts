export { ConfigError } from './config/load-config.ts';
export { type ServeOptions, serve, work } from './main.ts';
export { resealRows } from './reseal-rows.ts';
export { resetPassword } from './reset-password.ts';
