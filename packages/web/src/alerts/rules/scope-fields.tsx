import { NativeSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { useContext, useState } from 'react';
import { query } from '../../data/query.ts';
import { WindowContext } from '../../windows/window-context.ts';
import type { RuleForm, ScopeKind } from './rule-form.ts';

interface Props {
  form: RuleForm;
  onChange: (next: Partial<RuleForm>) => void;
}

const SCOPES: readonly { value: ScopeKind; label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'organization', label: 'One organization' },
  { value: 'policy', label: 'A policy and all below it' },
  { value: 'token', label: 'One token' },
];
const SHOWN_AT_ONCE = 100;

/** Where a rule watches. */
export function ScopeFields({ form, onChange }: Props) {
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  const { data: list } = useQuery(query(routes.listTokens));
  const [ofOrganization, setOfOrganization] = useState<string | null>(null);
  const { data: tree } = useQuery({
    ...query(routes.listPolicies, { params: { organizationId: ofOrganization ?? '' } }),
    enabled: ofOrganization !== null,
  });
  const organizationOptions = organizations.map(({ id, name }) => ({ value: id, label: name }));

  return (
    <>
      <NativeSelect
        label="Watch"
        value={form.scope}
        data={[...SCOPES]}
        onChange={(event) => onChange({ scope: event.currentTarget.value as ScopeKind })}
      />
      {form.scope === 'organization' && (
        <Pick
          label="Organization"
          options={organizationOptions}
          value={form.organizationId}
          onChange={(organizationId) => onChange({ organizationId })}
        />
      )}
      {form.scope === 'policy' && (
        <>
          <Pick
            label="Organization of the policy"
            options={organizationOptions}
            value={ofOrganization}
            onChange={(id) => {
              setOfOrganization(id);
              onChange({ policyId: null });
            }}
          />
          <Pick
            label="Policy"
            placeholder={
              ofOrganization === null
                ? form.policyId === null
                  ? 'Choose the organization first'
                  : 'As it is now'
                : 'Choose…'
            }
            options={(tree?.policies ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={form.policyId}
            onChange={(policyId) => onChange({ policyId })}
          />
        </>
      )}
      {form.scope === 'token' && (
        <Pick
          label="Token"
          options={(list?.tokens ?? []).map((token) => ({
            value: token.tokenId,
            label: `${token.locationName} (${token.organizationName})`,
          }))}
          value={form.tokenId}
          onChange={(tokenId) => onChange({ tokenId })}
        />
      )}
    </>
  );
}

interface PickProps {
  label: string;
  placeholder?: string;
  options: { value: string; label: string }[];
  value: string | null;
  onChange: (value: string | null) => void;
}

/** One of many, found by typing. */
function Pick({ label, placeholder = 'Choose…', options, value, onChange }: PickProps) {
  const host = useContext(WindowContext);
  return (
    <Select
      label={label}
      placeholder={placeholder}
      data={options}
      value={value}
      onChange={onChange}
      searchable
      allowDeselect={false}
      limit={SHOWN_AT_ONCE}
      nothingFoundMessage="Nothing has this in its name."
      comboboxProps={{ ...(host === null ? {} : { portalProps: { target: host } }) }}
    />
  );
}
