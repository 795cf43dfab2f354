import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { useState } from 'react';
import { problemOf } from '../data/api.ts';
import { query } from '../data/query.ts';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { Window } from '../windows/window.tsx';

export interface PickedPolicy {
  id: string;
  name: string;
  organizationId: string;
  organizationName: string;
}

interface Props {
  fileName: string;
  locationName: string | null;
  onPick: (policy: PickedPolicy) => void;
  onClose: () => void;
}

/** A dropped file opens a location nobody holds here: to which policy shall it go? */
export function PickPolicyWindow({ fileName, locationName, onPick, onClose }: Props) {
  const { data, error } = useQuery(query(routes.listOrganizations));
  const organizations = data?.organizations ?? [];
  const [chosenOrganization, setOrganization] = useState<string | null>(null);
  const [chosenPolicy, setPolicy] = useState('');
  const organizationId = chosenOrganization ?? organizations[0]?.id;
  const { data: tree } = useQuery({
    ...query(routes.listPolicies, { params: { organizationId: organizationId ?? '' } }),
    enabled: organizationId !== undefined,
  });
  const organization = organizations.find((each) => each.id === organizationId);
  const policies = tree?.policies ?? [];
  const policy = policies.find((each) => each.id === chosenPolicy);

  return (
    <Window
      title="Add to which policy?"
      subtitle={`${fileName} opens ${locationName ?? 'a location'}, which Winesap does not hold yet.`}
      onClose={onClose}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton
            why={policy === undefined ? 'Choose a policy first.' : null}
            onClick={() => {
              if (policy !== undefined && organization !== undefined)
                onPick({
                  id: policy.id,
                  name: policy.name,
                  organizationId: organization.id,
                  organizationName: organization.name,
                });
            }}
          >
            Next
          </ActionButton>
        </>
      }
    >
      <div className="stack">
        {error !== null && <ProblemNote problem={problemOf(error)} />}
        <NativeSelect
          label="Organization"
          value={organizationId ?? ''}
          onChange={(event) => {
            setOrganization(event.currentTarget.value);
            setPolicy('');
          }}
          data={organizations.map((each) => ({ value: each.id, label: each.name }))}
        />
        <NativeSelect
          label="Policy"
          description="A policy that has a token already, its own or an inherited one, cannot take another."
          value={chosenPolicy}
          onChange={(event) => setPolicy(event.currentTarget.value)}
          data={[
            { value: '', label: 'Choose…' },
            ...policies.map((each) => ({
              value: each.id,
              label: each.token === null ? each.name : `${each.name} (has a token)`,
              disabled: each.token !== null,
            })),
          ]}
        />
      </div>
    </Window>
  );
}
