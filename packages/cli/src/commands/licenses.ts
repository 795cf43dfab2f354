import { Command } from 'commander';
import type { App } from '../action.ts';
import { licensesExportCommand } from './licenses-export.ts';
import { licensesHistoryCommand } from './licenses-history.ts';
import { licensesHolderCommand } from './licenses-holder.ts';
import { licensesListCommand } from './licenses-list.ts';
import { licensesLowCommand } from './licenses-low.ts';
import { licensesReleaseCommand } from './licenses-release.ts';
import { licensesThresholdCommand } from './licenses-threshold.ts';
import { licensesUsersCommand } from './licenses-users.ts';

export function licensesCommand(app: App): Command {
  return new Command('licenses')
    .description('apps and books, how many licenses are left, and who holds them')
    .addCommand(licensesListCommand(app), { isDefault: true })
    .addCommand(licensesHolderCommand(app))
    .addCommand(licensesUsersCommand(app))
    .addCommand(licensesHistoryCommand(app))
    .addCommand(licensesLowCommand(app))
    .addCommand(licensesThresholdCommand(app))
    .addCommand(licensesExportCommand(app))
    .addCommand(licensesReleaseCommand(app));
}
