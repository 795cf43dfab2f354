import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { channelKind, type Field } from '@winesap/api';
import type { ChannelForm } from './channel-form.ts';
import classes from './channels.module.css';
import { chosen, isKept, keptHeaders, textIn } from './field-values.ts';

interface Props {
  form: ChannelForm;
  onChange: (next: Partial<ChannelForm>) => void;
}

/** The settings of a kind of channel, in the rows that its description puts them in. */
export function KindFields({ form, onChange }: Props) {
  return rowsOf(channelKind(form.kind).fields).map((row) => {
    const inputs = row.map(([name, field]) => (
      <FieldInput
        key={name}
        field={field}
        value={textIn(name, field, form)}
        help={helpOf(name, field, form.stored)}
        isKept={isKept(name, field, form.stored)}
        onType={(typed) => onChange({ typed: { ...form.typed, [name]: typed } })}
        onChoose={(choice) => onChange({ typed: chosen(name, choice, form) })}
      />
    ));
    const [[first] = ['']] = row;
    return inputs.length === 1 ? (
      inputs
    ) : (
      <div key={first} className={classes.row} data-fields={inputs.length}>
        {inputs}
      </div>
    );
  });
}

type Row = [name: string, field: Field][];

function rowsOf(fields: Readonly<Record<string, Field>>): Row[] {
  const rows: Row[] = [];
  for (const entry of Object.entries(fields)) {
    const last = rows.at(-1);
    if (entry[1].beside && last !== undefined) last.push(entry);
    else rows.push([entry]);
  }
  return rows;
}

/** What is sealed says that it is, and what becomes of a field that is left empty. */
function helpOf(name: string, field: Field, stored: ChannelForm['stored']): string | undefined {
  const kept = isKept(name, field, stored);
  switch (field.input) {
    case 'url':
      return kept ? `It is sealed and not shown. Empty: it stays. ${field.help}` : field.help;
    case 'password':
      return kept ? 'Empty: the stored one stays.' : 'Sealed, and not shown again.';
    case 'headers':
      return kept
        ? `One a line, as Name: value. Empty: ${keptHeaders(stored).join(', ')} stay as they are.`
        : 'One a line, as Name: value. Sealed like a password. May stay empty.';
    case 'text':
    case 'number':
    case 'choice':
    case 'list':
    case 'template':
      return field.help;
  }
}

interface InputProps {
  field: Field;
  value: string;
  help: string | undefined;
  isKept: boolean;
  onType: (typed: string) => void;
  onChoose: (choice: string) => void;
}

function FieldInput({ field, value, help, isKept: kept, onType, onChoose }: InputProps) {
  const common = {
    label: field.label,
    description: help,
    placeholder: field.placeholder,
    value,
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onType(event.currentTarget.value),
  };
  switch (field.input) {
    case 'url':
      return <TextInput {...common} placeholder={kept ? 'as it is' : field.placeholder} autoComplete="off" />;
    case 'text':
    case 'list':
      return <TextInput {...common} autoComplete="off" />;
    case 'number':
      return <TextInput {...common} inputMode="numeric" />;
    case 'choice':
      return (
        <NativeSelect
          label={field.label}
          description={help}
          value={value}
          data={[...(field.choices ?? [])]}
          onChange={(event) => onChoose(event.currentTarget.value)}
        />
      );
    case 'password':
      return (
        <PasswordInput
          {...common}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed' }}
        />
      );
    case 'headers':
      return <Textarea {...common} autosize minRows={2} />;
    case 'template':
      return (
        <Textarea
          {...common}
          autosize
          minRows={6}
          maxRows={16}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: '13px' } }}
        />
      );
  }
}
