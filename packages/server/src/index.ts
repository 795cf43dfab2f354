export { ConfigError } from './config/load-config.ts';
export { type ServeOptions, serve } from './main.ts';
