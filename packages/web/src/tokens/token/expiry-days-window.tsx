import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, routes } from '@winesap/api';
import { placeOf } from '@winesap/api/words';
import { useState } from 'react';
import { daysOf } from '../../alerts/rules/rule-form.ts';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { tell } from '../../parts/notes/told.tsx';
import { FormWindow } from '../../windows/form-window.tsx';

/** How many days before its expiry this token is told about, when not as the rules say. */
export function ExpiryDaysWindow({ token, onClose }: { token: ContentToken; onClose: () => void }) {
  const client = useQueryClient();
  const [own, setOwn] = useState(token.expiryDays !== null);
  const [words, setWords] = useState((token.expiryDays ?? [60, 30, 14, 7, 3, 1]).join(', '));
  const days = own ? daysOf(words) : null;
  const save = useMutation({
    mutationFn: () => api.call(routes.changeExpiryDays, { params: { tokenId: token.tokenId }, body: { days } }),
    onSuccess: async () => {
      tell(own ? 'This token has days of its own now.' : 'This token is told about as the rules say.');
      onClose();
      await invalidate(client, routes.getPolicy, readsOf(routes.getToken, { params: { tokenId: token.tokenId } }));
    },
  });
  return (
    <FormWindow
      title="When to tell before expiry"
      subtitle={`${token.identity.locationName ?? 'Location without a name'} · ${placeOf(token)}`}
      why={own && days === null ? 'Give days between 1 and 365, with commas between them.' : null}
      busy={save.isPending}
      problem={save.isError ? problemOf(save.error) : null}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <Checkbox
        label="Days of its own"
        description="In the place of those in every rule about expiry. Calendars and rules keep theirs for all other tokens."
        checked={own}
        onChange={(event) => setOwn(event.currentTarget.checked)}
      />
      {own && (
        <TextInput
          label="Days before"
          description="Each is told once."
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </FormWindow>
  );
}
