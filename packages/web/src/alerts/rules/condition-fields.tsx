import { Checkbox, TextInput } from '@mantine/core';
import type { TokenState } from '@winesap/api';
import { TOKEN_STATE_WORD } from '@winesap/api/words';
import type { RuleForm } from './rule-form.ts';
import classes from './rules.module.css';

interface Props {
  form: RuleForm;
  onChange: (next: Partial<RuleForm>) => void;
}

/** The fields of the chosen condition. */
export function ConditionFields({ form, onChange }: Props) {
  switch (form.kind) {
    case 'expiry':
      return (
        <TextInput
          label="Days before"
          description="One alert for each. A token can have its own days, set on its page."
          value={form.days}
          onChange={(event) => onChange({ days: event.currentTarget.value })}
        />
      );
    case 'state':
      return (
        <div className={classes.stacked}>
          <StateChoice legend="A token becomes" chosen={form.entered} onChange={(entered) => onChange({ entered })} />
          <StateChoice legend="A token is no longer" chosen={form.left} onChange={(left) => onChange({ left })} />
        </div>
      );
    case 'scan':
      return (
        <Hours
          label="Failing for … hours"
          description="Also when scans are overdue by this long."
          form={form}
          onChange={onChange}
        />
      );
    case 'notifications':
      return (
        <Hours
          label="Silent for … hours"
          description="Although notifications are set up for the location."
          form={form}
          onChange={onChange}
        />
      );
    case 'assignments':
      return (
        <div className={classes.pair}>
          <TextInput
            label="Failures"
            inputMode="numeric"
            value={form.failed}
            onChange={(event) => onChange({ failed: event.currentTarget.value })}
          />
          <Hours label="Within … hours" form={form} onChange={onChange} />
        </div>
      );
    case 'licenses':
      return (
        <div className={classes.stacked}>
          <div className={classes.pair}>
            <TextInput
              label="Fewer than … licenses"
              inputMode="numeric"
              value={form.below}
              onChange={(event) => onChange({ below: event.currentTarget.value })}
            />
            <TextInput
              label="Fewer than … % of all"
              inputMode="numeric"
              value={form.belowPercent}
              onChange={(event) => onChange({ belowPercent: event.currentTarget.value })}
            />
          </div>
          <TextInput
            label="Only these assets"
            description="Their numbers, with commas. Empty: every asset. Unlimited ones never run low."
            value={form.adamIds}
            onChange={(event) => onChange({ adamIds: event.currentTarget.value })}
          />
        </div>
      );
    case 'claim':
      return (
        <p className="quiet">Another server claims a location and nobody agreed to it, or our own claim is gone.</p>
      );
  }
}

function Hours({ label, description, form, onChange }: Props & { label: string; description?: string }) {
  return (
    <TextInput
      label={label}
      {...(description === undefined ? {} : { description })}
      inputMode="numeric"
      value={form.hours}
      onChange={(event) => onChange({ hours: event.currentTarget.value })}
    />
  );
}

/** Every state, the broken ones first. */
const STATES = Object.keys(TOKEN_STATE_WORD) as TokenState[];

interface StateProps {
  legend: string;
  chosen: readonly TokenState[];
  onChange: (states: TokenState[]) => void;
}

function StateChoice({ legend, chosen, onChange }: StateProps) {
  return (
    <fieldset className={classes.group}>
      <legend>{legend}</legend>
      <div className={classes.choices}>
        {STATES.map((state) => (
          <Checkbox
            key={state}
            label={TOKEN_STATE_WORD[state]}
            checked={chosen.includes(state)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, state] : chosen.filter((each) => each !== state))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
