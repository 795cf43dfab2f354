import { routes, type Threshold, type ThresholdScope } from '@winesap/api';
import { thresholdWords } from '@winesap/api/words';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findOrganization, findPolicy } from '../../find/find-policy.ts';
import { findToken } from '../../find/find-token.ts';
import { refusal } from '../../refusal.ts';
import type { Session } from '../../session/session.ts';
import { tableLines } from '../../terminal/table.ts';

interface Options {
  organization?: string;
  policy?: string;
  location?: string;
  asset?: string;
  pricing: string;
}

export function licensesThresholdCommand(app: App): Command {
  return new Command('threshold')
    .description('when licenses count as low; with a value it is changed')
    .argument('[value]', '10%, a number of licenses, never, or inherit: as what stands above says')
    .option('--organization <name>', 'for this organization')
    .option('--policy <policy>', 'for the token of this policy and of those below')
    .option('--location <location>', 'with --asset: where')
    .option('--asset <adamId>', 'for this asset')
    .addOption(new Option('--pricing <param>', 'of a book owned in two qualities').default('STDQ'))
    .action(
      action(app, async (session, value: string | undefined, options: Options) => {
        const answer =
          value === undefined
            ? await session.call(routes.listThresholds, {})
            : await session.call(routes.setThreshold, {
                body: { threshold: readThreshold(value), scope: await readScope(session, options) },
              });
        session.answer(answer, () => {
          const rows = answer.thresholds.map(({ scope, label, threshold }) =>
            [scope.kind, label, thresholdWords(threshold)].map((text) => ({ text })),
          );
          const columns = ['For', 'Which', 'Low when'].map((title) => ({ title }));
          return tableLines(columns, rows, Infinity, session.context.terminal.style.bold) ?? [];
        });
      }),
    );
}

function readThreshold(text: string): Threshold | null {
  if (text === 'inherit') return null;
  if (text === 'never') return { unit: 'never' };
  const [, digits, percent] = /^(\d{1,7})(\s*%)?$/.exec(text.trim()) ?? [];
  const amount = Number(digits);
  if (digits === undefined || (percent !== undefined && amount > 100))
    throw refusal('usage.threshold', `“${text}” is not a threshold.`, 'Give 10%, a number like 5, never, or inherit.');
  return { unit: percent === undefined ? 'licenses' : 'percent', amount };
}

/** Without a scope, the whole installation. Errors: usage.scope. */
async function readScope(session: Session, options: Options): Promise<ThresholdScope> {
  const { organization, policy, location, asset, pricing } = options;
  const named = [organization, policy, location ?? asset].filter((one) => one !== undefined);
  if (named.length > 1 || (location === undefined) !== (asset === undefined))
    throw refusal(
      'usage.scope',
      'It is not clear what the threshold is for.',
      'Give --organization, or --policy, or --location together with --asset, or none for everywhere.',
    );
  if (organization !== undefined)
    return { kind: 'organization', organizationId: (await findOrganization(session, organization)).id };
  if (policy !== undefined) return { kind: 'policy', policyId: (await findPolicy(session, policy)).policy.id };
  if (location === undefined || asset === undefined) return { kind: 'installation' };
  return { kind: 'asset', uId: (await findToken(session, location)).uId, adamId: asset, pricingParam: pricing };
}
