import { routes } from '@winesap/api';
import { Argument, Command } from 'commander';
import { type App, action } from '../action.ts';
import { findOrganization, findPolicy, placedPolicies, policyPath } from '../find/find-policy.ts';
import { refusal } from '../refusal.ts';
import { policyLines } from '../show/policies.ts';
import { POLICY_ARGUMENT } from './arguments.ts';

export function policiesCommand(app: App): Command {
  return new Command('policies')
    .description('list and add policies, let children use a policy’s token')
    .addCommand(listCommand(app))
    .addCommand(addCommand(app))
    .addCommand(inheritanceCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list')
    .description('all policies as paths, with the token each uses')
    .argument('[organization]', 'only of this organization')
    .action(
      action(app, async (session, meant: string | undefined) => {
        const organizations =
          meant === undefined
            ? (await session.call(routes.listOrganizations, {})).organizations
            : [await findOrganization(session, meant)];
        const placed = (await Promise.all(organizations.map((each) => placedPolicies(session, each)))).flat();
        const document = { policies: placed.map((each) => ({ ...each.policy, path: policyPath(each) })) };
        session.answer(document, () => policyLines(placed, session.context.terminal));
      }),
    );
}

function addCommand(app: App): Command {
  return new Command('add')
    .description('add a policy below an organization or below another policy')
    .argument('<path>', 'Organization/NAME or Organization/Policy/…/NAME')
    .action(
      action(app, async (session, path: string) => {
        const slash = path.lastIndexOf('/');
        const name = path.slice(slash + 1).trim();
        if (slash < 1 || name === '')
          throw refusal('usage.path', `“${path}” does not say where.`, 'Write Organization/NAME.');
        const parent = await findPolicy(session, path.slice(0, slash));
        const policy = await session.call(routes.addPolicy, {
          params: { organizationId: parent.organization.id },
          body: { name, parentId: parent.policy.id },
        });
        session.answer(policy, () => [`Added ${policyPath({ ...parent, names: [...parent.names, policy.name] })}.`]);
      }),
    );
}

function inheritanceCommand(app: App): Command {
  return new Command('inheritance')
    .description('Enable Token Inheritance: children use this policy’s token')
    .argument('<policy>', POLICY_ARGUMENT)
    .addArgument(new Argument('<state>').choices(['on', 'off']))
    .action(
      action(app, async (session, meant: string, state: 'on' | 'off') => {
        const placed = await findPolicy(session, meant);
        const policy = await session.call(routes.setTokenInheritance, {
          params: { policyId: placed.policy.id },
          body: { enabled: state === 'on' },
        });
        session.answer(policy, () => [
          state === 'on'
            ? `Children of ${policyPath(placed)} use its token now.`
            : `Children of ${policyPath(placed)} no longer use its token.`,
        ]);
      }),
    );
}
