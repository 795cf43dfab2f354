import { PasswordInput } from '@mantine/core';

export const SHORTEST_PASSWORD = 12;

export function NewPassword({ value, onChange }: { value: string; onChange: (password: string) => void }) {
  return (
    <PasswordInput
      label="Password"
      description="At least 12 characters. Hand it over in person; it is not sent."
      value={value}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed' }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
