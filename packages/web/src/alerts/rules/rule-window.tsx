import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Channel, type Rule, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { invalidate } from '../../data/reads.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { FormWindow } from '../../windows/form-window.tsx';
import { ChannelChoice } from './channel-choice.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { type ConditionKind, formOf, NEW_RULE, type RuleForm, ruleOf } from './rule-form.ts';
import classes from './rules.module.css';
import { ScopeFields } from './scope-fields.tsx';

const KINDS: readonly { value: ConditionKind; label: string }[] = [
  { value: 'expiry', label: 'A token is about to expire' },
  { value: 'state', label: 'A token enters or leaves a state' },
  { value: 'scan', label: 'Scans fail for a while' },
  { value: 'licenses', label: 'Licenses of an asset run low' },
  { value: 'claim', label: 'The claim of a location changes' },
  { value: 'notifications', label: 'Apple’s notifications fall silent' },
  { value: 'assignments', label: 'Many assignments fail' },
];

/** Adds a rule or changes one: what it watches for, where, who is told, and what follows when nobody answers. */
export function RuleWindow({
  rule,
  channels,
  onClose,
}: {
  rule?: Rule;
  channels: readonly Channel[];
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [form, setForm] = useState<RuleForm>(() => (rule === undefined ? NEW_RULE : formOf(rule)));
  const change = (next: Partial<RuleForm>) => setForm((before) => ({ ...before, ...next }));
  const described = ruleOf(form);

  const save = useMutation({
    mutationFn: async () => {
      if (described.rule === null) return;
      if (rule === undefined) await api.call(routes.addRule, { body: described.rule });
      else await api.call(routes.changeRule, { params: { ruleId: rule.id }, body: described.rule });
    },
    onSuccess: async () => {
      showToast(rule === undefined ? 'Rule added. It sends alerts now for what is already true.' : 'Rule changed.');
      onClose();
      await invalidate(client, routes.listRules);
    },
  });

  return (
    <FormWindow
      title={rule === undefined ? 'Add rule' : `Change ${rule.name}`}
      why={described.why}
      busy={save.isPending}
      problem={save.isError ? problemOf(save.error) : null}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={form.name}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label="When"
        value={form.kind}
        data={[...KINDS]}
        onChange={(event) => change({ kind: event.currentTarget.value as ConditionKind })}
      />
      <ConditionFields form={form} onChange={change} />
      <ScopeFields form={form} onChange={change} />
      <ChannelChoice
        legend="Tell"
        channels={channels}
        chosen={form.channelIds}
        onChange={(channelIds) => change({ channelIds })}
      />
      <Checkbox
        label="Urgent"
        description="Told at once: waits neither for the quiet hours of a channel nor for its digest."
        checked={form.urgent}
        onChange={(event) => change({ urgent: event.currentTarget.checked })}
      />
      <div className={classes.pair}>
        <TextInput
          label="Repeat every … hours"
          description="Until acknowledged. Empty: never."
          inputMode="numeric"
          value={form.repeatHours}
          onChange={(event) => change({ repeatHours: event.currentTarget.value })}
        />
        <TextInput
          label="Pass on after … hours"
          description="Unless acknowledged. Empty: never."
          inputMode="numeric"
          value={form.escalateHours}
          onChange={(event) => change({ escalateHours: event.currentTarget.value })}
        />
      </div>
      {form.escalateHours.trim() !== '' && (
        <ChannelChoice
          legend="Pass on to"
          channels={channels}
          chosen={form.escalateTo}
          onChange={(escalateTo) => change({ escalateTo })}
        />
      )}
    </FormWindow>
  );
}
