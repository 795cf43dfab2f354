import { routes, TokenState } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { monitoringCode } from '../../exit-code.ts';
import { findOrganization } from '../../find/find-policy.ts';
import { copyToOutput } from '../../output/copy-to-output.ts';
import { refusal } from '../../refusal.ts';
import { tokenListLines } from '../../show/token-list.ts';

interface Options {
  organization?: string;
  state?: string;
  search?: string;
  exitCode?: boolean;
  csv?: boolean;
}

export function tokensListCommand(app: App): Command {
  return new Command('list')
    .description('all tokens, worst first')
    .option('--organization <name>', 'only of this organization')
    .option('--state <state>', `only in this state: ${STATES.join(', ')}`)
    .option('--search <text>', 'found in location, organization, policy, Apple ID or identification number')
    .option('--exit-code', 'for monitoring: exit with 0 ok, 1 soon, 2 broken, 3 unknown or could not ask')
    .option('--csv', 'all tokens as CSV')
    .action(
      action(app, async (session, options: Options) => {
        if (options.csv) {
          if (options.organization ?? options.state ?? options.search ?? session.options.json)
            throw refusal(
              'usage.csv',
              '--csv always gives all tokens.',
              'Leave the other options away, or use --json.',
            );
          await copyToOutput(session, await session.open(routes.exportTokens, {}));
          return;
        }
        const answer = await session.call(routes.listTokens, {
          query: {
            ...(options.organization && { organizationId: (await findOrganization(session, options.organization)).id }),
            ...(options.state && { state: readState(options.state) }),
            ...(options.search && { q: options.search }),
          },
        });
        const { terminal, now } = session.context;
        const filtered = Boolean(options.organization ?? options.state ?? options.search);
        session.answer(answer, () => tokenListLines(answer, { terminal, now: now(), filtered }));
        if (options.exitCode) return monitoringCode(answer.tokens.map(({ health }) => health.severity));
      }),
    );
}

const STATES = TokenState.options;

function readState(text: string): TokenState {
  const state = STATES.find((each) => each === text.toLowerCase());
  if (state !== undefined) return state;
  throw refusal('usage.state', `“${text}” is not a state of a token.`, `States are: ${STATES.join(', ')}.`);
}
