import { Select } from '@mantine/core';
import { useMemo } from 'react';

interface Props {
  organizations: readonly { id: string; name: string }[];
  value: string | null;
  onChange: (organizationId: string | null) => void;
  /** What stands there when none is chosen; with it, choosing none is possible. */
  none?: string;
  /** Above it, in a form. It is called Organization in any case. */
  label?: string;
  className?: string;
}

/** Typing finds among all of them; the list itself never grows beyond this. */
const SHOWN_AT_ONCE = 100;

/** Chooses an organization, of a few or of ten thousand. */
export function OrganizationSelect({ organizations, value, onChange, none, label, className }: Props) {
  const data = useMemo(() => organizations.map(({ id, name }) => ({ value: id, label: name })), [organizations]);
  return (
    <Select
      {...(className === undefined ? {} : { className })}
      {...(label === undefined ? {} : { label })}
      aria-label="Organization"
      placeholder={none ?? 'No organization'}
      data={data}
      value={value}
      onChange={onChange}
      searchable={organizations.length > 8}
      clearable={none !== undefined}
      clearButtonProps={{ 'aria-label': 'All organizations' }}
      allowDeselect={false}
      limit={SHOWN_AT_ONCE}
      maxDropdownHeight={360}
      nothingFoundMessage="No organization has this in its name."
      checkIconPosition="right"
      comboboxProps={{ width: 'max-content', position: 'bottom-start', middlewares: { flip: true, shift: true } }}
    />
  );
}
