import type { Role } from '@winesap/api';

const ROLES: readonly { role: Role; words: string }[] = [
  { role: 'owner', words: 'Owner' },
  { role: 'admin', words: 'Admin' },
  { role: 'viewer', words: 'Viewer' },
];

interface Props {
  label: string;
  value: Role;
  disabled?: boolean;
  onChange: (role: Role) => void;
}

export function RoleSelect({ label, value, disabled = false, onChange }: Props) {
  return (
    <select
      className="control"
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const chosen = ROLES.find(({ role }) => role === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen.role);
      }}
    >
      {ROLES.map(({ role, words }) => (
        <option key={role} value={role}>
          {words}
        </option>
      ))}
    </select>
  );
}
