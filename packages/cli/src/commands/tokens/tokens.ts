import { Command } from 'commander';
import type { App } from '../../action.ts';
import { tokensAddCommand } from './add.ts';
import { tokensCheckCommand } from './check.ts';
import { tokensExpiryDaysCommand } from './expiry-days.ts';
import { tokensListCommand } from './list.ts';
import { tokensModeCommand } from './mode.ts';
import { tokensPreviewCommand } from './preview.ts';
import { tokensRemoveCommand } from './remove.ts';
import { tokensRenewCommand } from './renew.ts';
import { tokensScanCommand } from './scan.ts';
import { tokensScansCommand } from './scans.ts';
import { tokensShowCommand } from './show.ts';

import { tokensUploadLinkCommand } from './upload-link.ts';
import { tokensUploadsCommand } from './uploads.ts';

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
