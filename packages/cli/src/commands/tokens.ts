import { Command } from 'commander';
import type { App } from '../action.ts';
import { tokensAddCommand } from './tokens-add.ts';
import { tokensCheckCommand } from './tokens-check.ts';
import { tokensExpiryDaysCommand } from './tokens-expiry-days.ts';
import { tokensListCommand } from './tokens-list.ts';
import { tokensModeCommand } from './tokens-mode.ts';
import { tokensPreviewCommand } from './tokens-preview.ts';
import { tokensRemoveCommand } from './tokens-remove.ts';
import { tokensRenewCommand } from './tokens-renew.ts';
import { tokensScanCommand } from './tokens-scan.ts';
import { tokensScansCommand } from './tokens-scans.ts';
import { tokensShowCommand } from './tokens-show.ts';

import { tokensUploadLinkCommand } from './tokens-upload-link.ts';
import { tokensUploadsCommand } from './tokens-uploads.ts';

export function tokensCommand(app: App): Command {
  return new Command('tokens')
    .description('list, add, renew, check and remove content tokens')
    .addCommand(tokensListCommand(app))
    .addCommand(tokensShowCommand(app))
    .addCommand(tokensAddCommand(app))
    .addCommand(tokensPreviewCommand(app))
    .addCommand(tokensRenewCommand(app))
    .addCommand(tokensScanCommand(app))
    .addCommand(tokensScansCommand(app))
    .addCommand(tokensCheckCommand(app))
    .addCommand(tokensModeCommand(app))
    .addCommand(tokensExpiryDaysCommand(app))
    .addCommand(tokensUploadLinkCommand(app))
    .addCommand(tokensUploadsCommand(app))
    .addCommand(tokensRemoveCommand(app));
}
