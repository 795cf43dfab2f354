import { z } from 'zod';
import { factsOfUrl, HttpUrl, isOtherOrigin } from '../by-url.ts';
import { defineKind } from '../channel-kind.ts';
import { outcomeOf } from '../http-outcome.ts';
import { postJson } from '../post-json.ts';
import { refusedHeader } from './header-names.ts';
import { compileTemplate } from './json-template.ts';

/** Sends a message as JSON from a template: see the README in this folder. */
export const json = defineKind({
  settings: z.object({
    url: HttpUrl,
    /** Often an `Authorization`, so they are as secret as a password. */
    headers: z.record(z.string(), z.string()),
    template: z.string(),
  }),
  facts: factsOfUrl,
  refusal({ headers, template }) {
    const header = refusedHeader(headers);
    if (header !== null) return { code: 'channel.header-refused', data: { ...header } };
    const compiled = compileTemplate(template);
    return 'problem' in compiled ? { code: 'channel.template-invalid', data: { ...compiled } } : null;
  },
  secrets: { names: ['headers'], leadElsewhere: isOtherOrigin },
  async send({ url, headers, template }, message, { allowPrivate, timeoutMs }) {
    const refused = refusedHeader(headers);
    if (refused !== null)
      return { kind: 'failed', note: `The header ${refused.name} is not sent. Edit the channel and remove it.` };
    const compiled = compileTemplate(template);
    if ('problem' in compiled)
      return { kind: 'failed', note: `Line ${compiled.line}, column ${compiled.column}: ${compiled.problem}` };
    const body = compiled.fill(message);
    return outcomeOf(await postJson({ url, headers: withId(headers, message.id), body, allowPrivate, timeoutMs }));
  },
});

/** The same for every attempt, so that receivers can drop repeats. */
function withId(headers: Record<string, string>, id: string): Record<string, string> {
  return { 'idempotency-key': id, ...headers };
}
