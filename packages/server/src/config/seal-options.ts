import type { Config } from './load-config.ts';

/** Where the sealing keys are. */
export function sealOptionsOf(config: Pick<Config, 'dataDir' | 'sealKey' | 'sealKeyFile'>) {
  return { dataDir: config.dataDir, key: config.sealKey?.reveal(), keyFile: config.sealKeyFile };
}
