import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../app/api.ts';
import { FormWindow } from '../parts/form-window.tsx';
import { ShownOnceWindow } from '../parts/shown-once.tsx';

/** Makes a key and shows its text, this once. */
export function AddKeyWindow({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    // The text of a key stays in this window: it is in no cache that outlives it.
    gcTime: 0,
    mutationFn: () => api.call(routes.addKey, { body: { name: name.trim() } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });

  if (add.isSuccess)
    return (
      <ShownOnceWindow
        title="Your new key"
        subtitle={add.data.name}
        lead="Copy it now and keep it like a password. It is not shown again."
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
    </FormWindow>
  );
}
