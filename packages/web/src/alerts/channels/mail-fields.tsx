import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import type { ChannelForm } from './channel-form.ts';
import classes from './channels.module.css';

interface Props {
  form: ChannelForm;
  hasPassword: boolean;
  onChange: (next: Partial<ChannelForm>) => void;
}

const SECURITY = [
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'tls', label: 'TLS' },
  { value: 'none', label: 'None' },
];
const USUAL_PORT = { starttls: '587', tls: '465', none: '25' } as const;

/** The mail server, and from whom to whom. */
export function MailFields({ form, hasPassword, onChange }: Props) {
  return (
    <>
      <TextInput
        label="To"
        description="One address or several, with commas."
        value={form.to}
        autoComplete="off"
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <TextInput
        label="From"
        value={form.from}
        autoComplete="off"
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <div className={classes.server}>
        <TextInput
          label="Mail server"
          placeholder="smtp.example.org"
          value={form.host}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ host: event.currentTarget.value })}
        />
        <NativeSelect
          label="Security"
          value={form.security}
          data={SECURITY}
          onChange={(event) => {
            const security = event.currentTarget.value as ChannelForm['security'];
            // A port that a person chose stays.
            const usual = form.port === USUAL_PORT[form.security];
            onChange({ security, ...(usual ? { port: USUAL_PORT[security] } : {}) });
          }}
        />
        <TextInput
          label="Port"
          inputMode="numeric"
          value={form.port}
          onChange={(event) => onChange({ port: event.currentTarget.value })}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="User"
          description="Empty when the server asks for none."
          value={form.user}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          description={hasPassword ? 'Empty: the stored one stays.' : 'Sealed, and not shown again.'}
          value={form.password}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed' }}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      </div>
    </>
  );
}
