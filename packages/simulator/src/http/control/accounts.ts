import type { ControlCall, ControlResult } from './control-call.ts';
import { ControlRefusal, choiceField, readFields } from './fields.ts';

export function resetPassword({ world, params, body }: ControlCall): ControlResult {
  readFields(body, {});
  return { revoked: world.resetPassword(known({ world, params })) };
}

export function setRole({ world, params, body }: ControlCall): ControlResult {
  const { role } = readFields(body, { role: choiceField('content-manager', 'read-only', 'none') });
  const account = world.account(known({ world, params }));
  account.role = role;
  return { appleId: account.appleId, role };
}

function known({ world, params }: Pick<ControlCall, 'world' | 'params'>): string {
  const appleId = params.appleId ?? '';
  if (!world.knowsAccount(appleId)) throw new ControlRefusal(`no account ${appleId} has downloaded a token`, 404);
  return appleId;
}
