import { readFile } from 'node:fs/promises';
import { AppError } from '@winesap/core';
import type { Log } from '../log/create-log.ts';
import type { People } from './people.ts';

export interface OwnerSettings {
  ownerEmail?: string | undefined;
  ownerPasswordFile?: string | undefined;
}

/** Creates the first owner without the setup page, for automated installations. Does nothing once any person exists. */
export async function addOwnerFromSettings(
  settings: OwnerSettings,
  people: Pick<People, 'count' | 'addFirst'>,
  log: Log,
): Promise<void> {
  if (settings.ownerEmail === undefined || settings.ownerPasswordFile === undefined) return;
  if ((await people.count()) > 0) return;
  const password = (await readFile(settings.ownerPasswordFile, 'utf8')).trim();
  try {
    await people.addFirst({ name: 'Owner', email: settings.ownerEmail, password });
  } catch (error) {
    // Another process that started at the same moment was faster.
    if (error instanceof AppError && error.code === 'setup.done') return;
    throw error;
  }
  log.info({}, 'first owner made from the settings');
}
