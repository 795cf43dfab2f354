import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, routes } from '@winesap/api';
import { placeOf } from '@winesap/api/words';
import { useState } from 'react';
import { daysOf } from '../../alerts/rules/rule-form.ts';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { FormWindow } from '../../windows/form-window.tsx';

/** How many days before its expiry reminders of this token are sent, where they are not those of the rules. */
export function ExpiryDaysWindow({ token, onClose }: { token: ContentToken; onClose: () => void }) {
  const client = useQueryClient();
  const [own, setOwn] = useState(token.expiryDays !== null);
  const [words, setWords] = useState((token.expiryDays ?? [60, 30, 14, 7, 3, 1]).join(', '));
  const days = own ? daysOf(words) : null;
  const save = useMutation({
    mutationFn: () => api.call(routes.changeExpiryDays, { params: { tokenId: token.tokenId }, body: { days } }),
    onSuccess: async () => {
      showToast(own ? 'This token has its own reminder days.' : 'This token uses the default rules.');
      onClose();
      await invalidate(client, routes.getPolicy, readsOf(routes.getToken, { params: { tokenId: token.tokenId } }));
    },
  });
  return (
    <FormWindow
      title="Expiry reminders"
      subtitle={`${token.identity.locationName ?? 'Location without a name'} · ${placeOf(token)}`}
      why={own && days === null ? 'Enter days between 1 and 365, separated by commas.' : null}
      busy={save.isPending}
      problem={save.isError ? problemOf(save.error) : null}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <Checkbox
        label="Own reminder days"
        description="These days replace those of every expiry rule for this token. Other tokens are not affected."
        checked={own}
        onChange={(event) => setOwn(event.currentTarget.checked)}
      />
      {own && (
        <TextInput
          label="Days before"
          description="One reminder for each."
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </FormWindow>
  );
}
