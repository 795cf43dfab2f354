import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Organization, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { invalidate } from '../data/reads.ts';
import { useWhyNot } from '../data/why-not.ts';
import { MoreMenu } from '../parts/more-menu.tsx';
import { showToast } from '../parts/notes/toasts.tsx';
import { OrganizationSelect } from '../parts/organization-select.tsx';
import { ConfirmWindow } from './confirm-window.tsx';
import { NameWindow } from './name-window.tsx';
import classes from './policies.module.css';

interface Props {
  organizations: readonly Organization[];
  current: Organization | undefined;
  onAdd: () => void;
}

/** Switches between organizations, and adds, renames and deletes them. */
export function OrganizationMenu({ organizations, current, onAdd }: Props) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const whyNotChange = useWhyNot(routes.renameOrganization);
  const whyNotDelete = useWhyNot(routes.deleteOrganization);
  const [window, setWindow] = useState<'rename' | 'delete' | null>(null);

  const remove = useMutation({
    mutationFn: (organizationId: string) => api.call(routes.deleteOrganization, { params: { organizationId } }),
    onSuccess: async () => {
      showToast(`${current?.name ?? 'The organization'} is deleted. Its events stay for as long as events are kept.`);
      setWindow(null);
      await navigate({ to: '/policies' });
      await invalidate(client, routes.listOrganizations);
    },
  });

  return (
    <div className={classes.organization}>
      <OrganizationSelect
        className={classes.switcher ?? ''}
        organizations={organizations}
        value={current?.id ?? null}
        onChange={(organizationId) => {
          if (organizationId !== null) void navigate({ to: '/policies', search: { organizationId } });
        }}
      />
      <MoreMenu label="Organization actions" position="bottom-end" width={220}>
        <Menu.Item disabled={whyNotChange !== null} onClick={onAdd}>
          Add organization…
        </Menu.Item>
        <Menu.Item disabled={whyNotChange !== null || current === undefined} onClick={() => setWindow('rename')}>
          Rename organization…
        </Menu.Item>
        <Menu.Item disabled={whyNotDelete !== null || current === undefined} onClick={() => setWindow('delete')}>
          Delete organization…
        </Menu.Item>
        {whyNotChange !== null ? (
          <Menu.Label>{whyNotChange}</Menu.Label>
        ) : (
          whyNotDelete !== null && <Menu.Label>To delete: {whyNotDelete}</Menu.Label>
        )}
      </MoreMenu>
      {window === 'rename' && current !== undefined && (
        <NameWindow
          task={{ kind: 'rename-organization', organizationId: current.id, name: current.name }}
          onClose={() => setWindow(null)}
        />
      )}
      {window === 'delete' && current !== undefined && (
        <ConfirmWindow
          title={`Delete ${current.name}?`}
          button="Delete organization"
          problem={remove.isError ? problemOf(remove.error) : null}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(current.id)}
          onClose={() => {
            remove.reset();
            setWindow(null);
          }}
        >
          <p>
            An organization that still has a token can’t be deleted. Its policies are deleted with it; its events stay
            for as long as events are kept. Nothing changes at Apple.
          </p>
        </ConfirmWindow>
      )}
    </div>
  );
}
