import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { routes, type TokenPlace } from '@winesap/api';
import { useState } from 'react';
import { query } from '../../data/query.ts';
import { FormWindow } from '../../windows/form-window.tsx';

interface Props {
  fileName: string;
  place: TokenPlace;
  busy: boolean;
  onSave: (place: TokenPlace) => void;
  onClose: () => void;
}

const NEW = '';

/** Where a new token goes: an organization and a policy, known or new. */
export function PlaceWindow({ fileName, place, busy, onSave, onClose }: Props) {
  const [organizationId, setOrganization] = useState(place.organizationId ?? NEW);
  const [policyId, setPolicy] = useState(place.policyId ?? NEW);
  const [organizationName, setOrganizationName] = useState(place.organizationName);
  const [policyName, setPolicyName] = useState(place.policyName);
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  const { data: tree } = useQuery({
    ...query(routes.listPolicies, { params: { organizationId } }),
    enabled: organizationId !== NEW,
  });
  const policies = organizationId === NEW ? [] : (tree?.policies ?? []);
  const chosen = organizations.find(({ id }) => id === organizationId);
  const why =
    organizationId === NEW && organizationName.trim() === ''
      ? 'Type the name of the organization.'
      : policyId === NEW && policyName.trim() === ''
        ? 'Type the name of the policy.'
        : null;

  return (
    <FormWindow
      title="Where does this token belong?"
      subtitle={fileName}
      why={why}
      busy={busy}
      problem={null}
      onClose={onClose}
      onSave={() =>
        onSave({
          organizationId: organizationId === NEW ? null : organizationId,
          organizationName: chosen?.name ?? organizationName.trim(),
          policyId: policyId === NEW ? null : policyId,
          policyName: policies.find(({ id }) => id === policyId)?.name ?? policyName.trim(),
        })
      }
    >
      <NativeSelect
        label="Organization"
        value={organizationId}
        onChange={(event) => {
          setOrganization(event.currentTarget.value);
          setPolicy(NEW);
        }}
        data={[
          { value: NEW, label: 'A new one' },
          ...organizations.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {organizationId === NEW && (
        <TextInput
          label="Name of the organization"
          maxLength={120}
          value={organizationName}
          onChange={(event) => setOrganizationName(event.currentTarget.value)}
        />
      )}
      {organizationId !== NEW && (
        <NativeSelect
          label="Policy"
          description="A policy that has a token already, its own or an inherited one, can’t take another."
          value={policyId}
          onChange={(event) => setPolicy(event.currentTarget.value)}
          data={[
            { value: NEW, label: 'A new one' },
            ...policies.map((each) => ({
              value: each.id,
              label: each.token === null ? each.name : `${each.name} (has a token)`,
              disabled: each.token !== null,
            })),
          ]}
        />
      )}
      {policyId === NEW && (
        <TextInput
          label="Name of the policy"
          maxLength={120}
          value={policyName}
          onChange={(event) => setPolicyName(event.currentTarget.value)}
        />
      )}
    </FormWindow>
  );
}
