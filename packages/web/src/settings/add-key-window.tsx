import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../app/api.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Window } from '../parts/window.tsx';
import classes from './settings.module.css';

/** Makes a key and shows its text, this once. */
export function AddKeyWindow({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [copied, setCopied] = useState(false);
  const add = useMutation({
    // The text of a key stays in this window: it is in no cache that outlives it.
    gcTime: 0,
    mutationFn: () => api.call(routes.addKey, { body: { name: name.trim() } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });

  if (add.isSuccess)
    return (
      <Window
        title="Your new key"
        subtitle={add.data.name}
        onClose={onClose}
        actions={<ActionButton onClick={onClose}>Done</ActionButton>}
      >
        <div className="stack">
          <p>Copy it now and keep it like a password. It is not shown again.</p>
          <code className={classes.key}>{add.data.key}</code>
          <div className="row">
            <ActionButton
              variant="default"
              onClick={() => void navigator.clipboard.writeText(add.data.key).then(() => setCopied(true))}
            >
              Copy
            </ActionButton>
            <span role="status">{copied && 'Copied.'}</span>
          </div>
        </div>
      </Window>
    );

  const why = name.trim() === '' ? 'Give it a name first.' : null;
  return (
    <Window
      title="Add key"
      onClose={onClose}
      busy={add.isPending}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton why={why} busy={add.isPending} onClick={() => add.mutate()}>
            Save
          </ActionButton>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null && !add.isPending) add.mutate();
        }}
      >
        <TextInput
          label="Name"
          description="What it is for, to tell it apart: nightly report, monitoring."
          value={name}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {add.isError && <ProblemNote problem={problemOf(add.error)} />}
      </form>
    </Window>
  );
}
