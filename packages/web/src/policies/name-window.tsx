import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { invalidate, readsOf } from '../data/reads.ts';
import { showToast } from '../parts/notes/toasts.tsx';
import { FormWindow } from '../windows/form-window.tsx';

export type NameTask =
  | { kind: 'add-organization' }
  | { kind: 'rename-organization'; organizationId: string; name: string }
  | { kind: 'add-policy'; organizationId: string; parent: { id: string; name: string } | null }
  | { kind: 'rename-policy'; policyId: string; organizationId: string; name: string };

interface Done {
  organizationId: string;
  policyId: string | null;
}

interface Props {
  task: NameTask;
  onClose: () => void;
  onDone?: (done: Done) => void;
}

const TITLE: Record<NameTask['kind'], string> = {
  'add-organization': 'Add organization',
  'rename-organization': 'Rename organization',
  'add-policy': 'Add policy',
  'rename-policy': 'Rename policy',
};

/** Gives an organization or a policy its name. */
export function NameWindow({ task, onClose, onDone }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState('name' in task ? task.name : '');
  const [under, setUnder] = useState(task.kind === 'add-policy' ? (task.parent?.id ?? '') : '');

  const save = useMutation({
    mutationFn: () => perform(task, name.trim(), under === '' ? null : under),
    onSuccess: async (done) => {
      await invalidate(
        client,
        routes.listOrganizations,
        readsOf(routes.listPolicies, { params: { organizationId: done.organizationId } }),
        routes.getPolicy,
        routes.listTokens,
      );
      showToast(task.kind.startsWith('add') ? `${name.trim()} is added.` : `It is called ${name.trim()} now.`);
      onClose();
      onDone?.(done);
    },
  });

  return (
    <FormWindow
      title={TITLE[task.kind]}
      why={name.trim() === '' ? 'Give it a name first.' : null}
      busy={save.isPending}
      problem={save.isError ? problemOf(save.error) : null}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={120}
        autoComplete="off"
        data-autofocus
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {task.kind === 'add-policy' && task.parent !== null && (
        <NativeSelect
          label="Where"
          value={under}
          onChange={(event) => setUnder(event.currentTarget.value)}
          data={[
            { value: task.parent.id, label: `Below ${task.parent.name}` },
            { value: '', label: 'At the top of the organization' },
          ]}
        />
      )}
    </FormWindow>
  );
}

async function perform(task: NameTask, name: string, parentId: string | null): Promise<Done> {
  switch (task.kind) {
    case 'add-organization': {
      const added = await api.call(routes.addOrganization, { body: { name } });
      return { organizationId: added.id, policyId: null };
    }
    case 'rename-organization': {
      const { organizationId } = task;
      await api.call(routes.renameOrganization, { params: { organizationId }, body: { name } });
      return { organizationId, policyId: null };
    }
    case 'add-policy': {
      const { organizationId } = task;
      const added = await api.call(routes.addPolicy, { params: { organizationId }, body: { name, parentId } });
      return { organizationId, policyId: added.id };
    }
    case 'rename-policy': {
      const { policyId, organizationId } = task;
      await api.call(routes.renamePolicy, { params: { policyId }, body: { name } });
      return { organizationId, policyId };
    }
  }
}
