import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { refusal } from '../../refusal.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensExpiryDaysCommand(app: App): Command {
  return new Command('expiry-days')
    .description('days before expiry on which reminders of this token are sent, instead of those of the rules')
    .argument('<token>', TOKEN_ARGUMENT)
    .argument('<days>', '90,60,30, or default: those of the rules')
    .action(
      action(app, async (session, meant: string, text: string) => {
        const days = readDays(text);
        const { tokenId, locationName } = await findToken(session, meant);
        await session.call(routes.changeExpiryDays, { params: { tokenId }, body: { days } });
        session.answer({ tokenId, days }, () => [
          days === null
            ? `Expiry reminders of ${locationName}: default rules.`
            : `Expiry reminders of ${locationName}: ${days.join(', ')} days before.`,
        ]);
      }),
    );
}

function readDays(text: string): number[] | null {
  if (text === 'default') return null;
  const days = text.split(',').map((one) => Number(one.trim()));
  if (days.every((one) => Number.isInteger(one) && one >= 1 && one <= 365)) return days.toSorted((a, b) => b - a);
  throw refusal('usage.expiry-days', `“${text}” are no days.`, 'Write whole numbers from 1 to 365, like 90,60,30.');
}
