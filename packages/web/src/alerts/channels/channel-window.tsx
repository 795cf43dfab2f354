import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CHANNEL_KINDS, type Channel, type ChannelKind, type ChannelSettings, channelKind, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { channelSettingsQuery } from '../../data/queries.ts';
import { invalidate } from '../../data/reads.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { WordsOnTheirWay } from '../../parts/on-its-way.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { FormWindow } from '../../windows/form-window.tsx';
import { ShownOnceWindow } from '../../windows/shown-once.tsx';
import { Window } from '../../windows/window.tsx';
import { type ChannelForm, changeOf, channelOf, formOf, newChannel } from './channel-form.ts';
import { KindFields } from './kind-fields.tsx';
import { TimingFields } from './timing-fields.tsx';

const KINDS = CHANNEL_KINDS.map(({ kind, word }) => ({ value: kind, label: word }));

/** Adds a channel. What signs a webhook is shown once, right after. */
export function AddChannelWindow({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState(() => newChannel(Intl.DateTimeFormat().resolvedOptions().timeZone));
  const described = channelOf(form);
  const add = useMutation({
    // The secret stays in this window: it is in no cache that outlives it.
    gcTime: 0,
    mutationFn: async () => (described.value === null ? null : api.call(routes.addChannel, { body: described.value })),
    onSuccess: async (added) => {
      await invalidate(client, routes.listChannels);
      if (added?.secret == null) {
        showToast('The channel is added. Send a test, then choose it in a rule.');
        onClose();
      }
    },
  });

  if (add.data?.secret != null)
    return (
      <ShownOnceWindow
        title="The secret of this webhook"
        subtitle={form.name}
        lead="The receiver checks each message with it (Standard Webhooks). Copy it now; it is not shown again."
        text={add.data.secret}
        onClose={onClose}
      />
    );
  return (
    <FormWindow
      title="Add channel"
      why={described.why}
      busy={add.isPending}
      problem={add.isError ? problemOf(add.error) : null}
      onSave={() => add.mutate()}
      onClose={onClose}
    >
      <NativeSelect
        label="Kind"
        value={form.kind}
        data={KINDS}
        onChange={(event) => setForm({ ...form, kind: event.currentTarget.value as ChannelKind })}
      />
      <Fields form={form} onChange={(next) => setForm((before) => ({ ...before, ...next }))} />
    </FormWindow>
  );
}

/** Changes a channel, once what may be shown of it is read. */
export function ChangeChannelWindow({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const settings = useQuery(channelSettingsQuery(channel.id));
  if (settings.data !== undefined && !settings.isFetching)
    return <ChangeChannel channel={channel} settings={settings.data.settings} onClose={onClose} />;
  return (
    <Window
      title={`Change ${channel.name}`}
      onClose={onClose}
      actions={
        <ActionButton variant="default" onClick={onClose}>
          Cancel
        </ActionButton>
      }
    >
      {settings.isError ? (
        <ProblemNote problem={problemOf(settings.error)} />
      ) : (
        <p>
          <WordsOnTheirWay />
        </p>
      )}
    </Window>
  );
}

interface ChangeProps {
  channel: Channel;
  settings: ChannelSettings | null;
  onClose: () => void;
}

function ChangeChannel({ channel, settings, onClose }: ChangeProps) {
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(channel, settings));
  const described = changeOf(form);
  const save = useMutation({
    mutationFn: async () => {
      if (described.value !== null)
        await api.call(routes.changeChannel, { params: { channelId: channel.id }, body: described.value });
    },
    onSuccess: async () => {
      showToast(`${form.name.trim()} is changed.`);
      onClose();
      await invalidate(client, routes.listChannels);
    },
  });
  return (
    <FormWindow
      title={`Change ${channel.name}`}
      subtitle={`${channelKind(channel.kind).word} · ${channel.target}`}
      why={described.why}
      busy={save.isPending}
      problem={save.isError ? problemOf(save.error) : null}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      {settings === null && (
        <p className="quiet">The stored settings can’t be opened with the current key. Enter all of them again.</p>
      )}
      <Fields form={form} onChange={(next) => setForm((before) => ({ ...before, ...next }))} />
    </FormWindow>
  );
}

interface FieldsProps {
  form: ChannelForm;
  onChange: (next: Partial<ChannelForm>) => void;
}

function Fields({ form, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        description="How rules and the log call it: On call, Help desk."
        value={form.name}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <KindFields form={form} onChange={onChange} />
      <TimingFields form={form} onChange={onChange} />
    </>
  );
}
