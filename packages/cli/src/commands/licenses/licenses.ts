import { Command } from 'commander';
import type { App } from '../../action.ts';
import { licensesExportCommand } from './export.ts';
import { licensesHistoryCommand } from './history.ts';
import { licensesHolderCommand } from './holder.ts';
import { licensesListCommand } from './list.ts';
import { licensesLowCommand } from './low.ts';
import { licensesReleaseCommand } from './release.ts';
import { licensesThresholdCommand } from './threshold.ts';
import { licensesUsersCommand } from './users.ts';

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
