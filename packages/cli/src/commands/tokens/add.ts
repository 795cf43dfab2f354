import { type Inspection, type Mode, routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findPolicy, policyPath } from '../../find/find-policy.ts';
import { readRenewTargets } from '../../find/renew-targets.ts';
import { readTokenFile } from '../../input/token-file-input.ts';
import { refusal } from '../../refusal.ts';
import { fileQuery } from '../../renewal/preview-renewal.ts';
import { tellSaved } from '../../renewal/tell-saved.ts';
import { confirm } from '../../session/confirm.ts';
import { inspectionLines } from '../../show/inspection.ts';
import { FILE_ARGUMENT, POLICY_ARGUMENT } from '../arguments.ts';
import { addFiles, refuseForMany } from './add-files.ts';

interface Options {
  mode?: Mode;
  takeOverFrom?: string;
  yes?: boolean;
  wait: boolean;
}

export function tokensAddCommand(app: App): Command {
  return new Command('add')
    .description('add tokens: one to a policy, or many files, each where it belongs; shows everything first, and asks')
    .usage('[options] <policy> <file> --mode <mode>, or <files...>')
    .argument('<policy-or-files...>', `${POLICY_ARGUMENT}, and ${FILE_ARGUMENT}; or files only`)
    .addOption(
      new Option('--mode <mode>', 'watch: only ever read the location; manage: hold the claim').choices([
        'watch',
        'manage',
      ]),
    )
    .option('--take-over-from <claim-id>', 'with --mode manage: knowingly take the claim from this other server')
    .option('--yes', 'do not ask')
    .option('--no-wait', 'do not wait for the first scan')
    .action(
      action(app, async (session, args: string[], options: Options) => {
        const { token: policyMeant, files } = await readRenewTargets(args);
        if (policyMeant === null) {
          refuseForMany(options);
          return await addFiles(session, files, options);
        }
        const [path = '-'] = files;
        const { mode } = options;
        if (mode === undefined)
          throw refusal('usage.arguments', 'Say what Winesap does there.', 'Add --mode watch or --mode manage.');
        const file = await readTokenFile(path, session.context.stdin);
        const placed = await findPolicy(session, policyMeant);
        const inspection = await session.call(routes.inspectTokenFile, {
          query: fileQuery(file),
          body: file.bytes,
        });
        const { terminal, now } = session.context;
        if (!session.options.json) {
          terminal.out(terminal.style.bold(`This file opens, for ${policyPath(placed)}:`));
          for (const line of inspectionLines(inspection, now())) terminal.out(line);
        }
        refuseWhereHeld(inspection, { ...options, mode });
        await confirm(session, question(inspection, { ...options, mode }), { ...options, stdinTaken: path === '-' });
        const saved = await session.call(routes.addToken, {
          params: { policyId: placed.policy.id },
          query: {
            ...fileQuery(file),
            fingerprint: inspection.file.fingerprint,
            mode,
            ...(options.takeOverFrom !== undefined && { takeOverFrom: options.takeOverFrom }),
          },
          body: file.bytes,
        });
        await tellSaved(session, saved, options.wait);
      }),
    );
}

/** What the server would refuse too, reported before the confirmation. */
function refuseWhereHeld({ heldBy, identity }: Inspection, { mode, takeOverFrom }: Options & { mode: Mode }): void {
  if (heldBy !== null)
    throw refusal(
      'location.held',
      `Winesap already holds a token for ${identity.locationName ?? identity.uId}.`,
      `It belongs to ${heldBy.organizationName}, policy ${heldBy.policyName}. To renew it: winesap tokens renew FILE.`,
      { ...heldBy },
    );
  const { claim } = identity;
  if (mode === 'manage' && claim.state === 'foreign' && takeOverFrom === undefined)
    throw refusal(
      'claim.held',
      `${claim.words} manages this location.`,
      `Nothing is taken silently. Only watch it with --mode watch, or take it over with --take-over-from ${claim.id}.`,
      { claim },
    );
}

function question({ identity }: Inspection, { mode, takeOverFrom }: Options & { mode: Mode }): string {
  if (mode === 'watch') return 'Add and only watch it?';
  return takeOverFrom !== undefined && identity.claim.state === 'foreign'
    ? `Add and take it over from ${identity.claim.words}? That server must then stop managing it.`
    : 'Add and manage it?';
}
