import { Textarea, TextInput } from '@mantine/core';
import type { ChannelKind } from '@winesap/api';
import type { ChannelForm } from './channel-form.ts';

interface Props {
  form: ChannelForm;
  stored: boolean;
  headerNames: readonly string[];
  onChange: (next: Partial<ChannelForm>) => void;
}

const WHERE: Record<Exclude<ChannelKind, 'email'>, string> = {
  slack: 'In Slack: an app of yours with Incoming Webhooks, a webhook for the channel.',
  teams: 'In Teams: Workflows, “Post to a channel when a webhook request is received”.',
  webhook: 'Messages are signed after Standard Webhooks; the secret is shown once, after Save.',
  json: 'Whatever takes JSON: a ticket system, a pager.',
};

/** Where a message is posted to, and in which form. */
export function WebFields({ form, stored, headerNames, onChange }: Props) {
  if (form.kind === 'email') return null;
  return (
    <>
      <TextInput
        label="Address"
        description={stored ? `It is sealed and not shown. Empty: it stays. ${WHERE[form.kind]}` : WHERE[form.kind]}
        placeholder={stored ? 'as it is' : 'https://…'}
        value={form.url}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      {form.kind === 'json' && (
        <>
          <Textarea
            label="Headers"
            description={
              headerNames.length > 0
                ? `One a line, as Name: value. Empty: ${headerNames.join(', ')} stay as they are.`
                : 'One a line, as Name: value. Sealed like a password. May stay empty.'
            }
            placeholder="Authorization: Bearer …"
            autosize
            minRows={2}
            spellCheck={false}
            value={form.headers}
            onChange={(event) => onChange({ headers: event.currentTarget.value })}
          />
          <Textarea
            label="Template"
            description="JSON with {{title}}, {{text}}, {{total}}, {{alerts}}, {{link}}, {{organizationName}}, {{locationName}}."
            autosize
            minRows={6}
            maxRows={16}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mono)', fontSize: '13px' } }}
            value={form.template}
            onChange={(event) => onChange({ template: event.currentTarget.value })}
          />
        </>
      )}
    </>
  );
}
