import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { invalidate } from '../data/reads.ts';
import { shortDate } from '../data/times.ts';
import { useNow } from '../parts/time.tsx';
import { FormWindow } from '../windows/form-window.tsx';
import { ShownOnceWindow } from '../windows/shown-once.tsx';

const DAY_MS = 86_400_000;
const LASTS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '1095', label: '3 years' },
];

/** Makes a key and shows its text, this once. */
export function AddKeyWindow({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const now = useNow();
  const [name, setName] = useState('');
  const [days, setDays] = useState('365');
  const expiresAt = new Date(now + Number(days) * DAY_MS).toISOString();
  const add = useMutation({
    // The text of a key stays in this window: it is in no cache that outlives it.
    gcTime: 0,
    mutationFn: () => api.call(routes.addKey, { body: { name: name.trim(), expiresAt } }),
    onSuccess: () => invalidate(client, routes.listKeys, routes.listAllKeys),
  });

  if (add.isSuccess)
    return (
      <ShownOnceWindow
        title="Your new key"
        subtitle={add.data.name}
        lead={`Copy it now and keep it like a password. It is not shown again. It works until ${shortDate(add.data.expiresAt)}.`}
        text={add.data.key}
        onClose={onClose}
      />
    );

  return (
    <FormWindow
      title="Add key"
      why={name.trim() === '' ? 'Give it a name first.' : null}
      busy={add.isPending}
      problem={add.isError ? problemOf(add.error) : null}
      onSave={() => add.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="What it is for, to tell it apart: nightly report, monitoring."
        value={name}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label="Expires after"
        description={`It works until ${shortDate(expiresAt)}. A new password for you ends it sooner.`}
        data={LASTS}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
    </FormWindow>
  );
}
