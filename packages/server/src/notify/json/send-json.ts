import { compileTemplate, refusedHeader } from '@winesap/core';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';
import type { Send } from '../send.ts';
import { JsonSettings } from './settings.ts';

/** Sends a message as JSON after a template: see the README beside this. */
export const sendJson: Send = async (settings, message, { allowPrivate, timeoutMs }) => {
  const { url, headers, template } = JsonSettings.parse(settings);
  const refused = refusedHeader(headers);
  if (refused !== null)
    return { kind: 'failed', note: `The header ${refused.name} is not sent. Edit the channel and remove it.` };
  const compiled = compileTemplate(template);
  if ('problem' in compiled)
    return { kind: 'failed', note: `Line ${compiled.line}, column ${compiled.column}: ${compiled.problem}` };
  const body = compiled.fill(message);
  return outcomeOf(await postJson({ url, headers: withId(headers, message.id), body, allowPrivate, timeoutMs }));
};

/** The same however often it is sent, for receivers that drop repeats by it. */
function withId(headers: Record<string, string>, id: string): Record<string, string> {
  return { 'idempotency-key': id, ...headers };
}
