import { Checkbox, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, routes } from '@winesap/api';
import { placeOf, plural } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { shortDate } from '../../data/times.ts';
import { FormWindow } from '../../windows/form-window.tsx';
import { Copied, ShownOnceWindow } from '../../windows/shown-once.tsx';

const DAYS = [3, 7, 14, 30, 60] as const;

/** Makes an upload link, and shows its address and a text to send it with, this once. */
export function AddLinkWindow({ token, onClose }: { token: ContentToken; onClose: () => void }) {
  const client = useQueryClient();
  const { tokenId, identity } = token;
  const [days, setDays] = useState(14);
  const [autoConfirm, setAutoConfirm] = useState(false);
  const name = identity.locationName ?? 'the location';
  const add = useMutation({
    // The address stays in this window: it is in no cache that outlives it.
    gcTime: 0,
    mutationFn: () => api.call(routes.addUploadLink, { params: { tokenId }, body: { days, autoConfirm } }),
    onSuccess: () => invalidate(client, readsOf(routes.listUploads, { params: { tokenId } })),
  });

  if (add.isSuccess) {
    const { link, path } = add.data;
    const address = location.origin + path;
    return (
      <ShownOnceWindow
        title="A link for the customer"
        subtitle={`${name} · good for one file until ${shortDate(link.expiresAt)}`}
        lead="Send it to the person who downloads the file. It isn’t shown again. It lets them send one file for this location and see nothing else."
        text={address}
        onClose={onClose}
      >
        <h3>With some words</h3>
        <Copied prose button="Copy the text" text={mailText(name, address, link.expiresAt)} />
      </ShownOnceWindow>
    );
  }

  return (
    <FormWindow
      title="Send a link to the customer"
      subtitle={`${name} · ${placeOf(token)}`}
      button="Make the link"
      why={null}
      busy={add.isPending}
      problem={add.isError ? problemOf(add.error) : null}
      onSave={() => add.mutate()}
      onClose={onClose}
    >
      <p>
        Whoever opens the link sees the name of the location and where the fresh file is, and drops it there. A wrong
        file is refused with the reason, so that the right one can follow.
      </p>
      <NativeSelect
        label="Good for"
        value={String(days)}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
        data={DAYS.map((each) => ({ value: String(each), label: plural(each, 'day') }))}
      />
      <Checkbox
        label="Renew at once when the identity matches"
        description="A file that opens this location replaces the stored one immediately. Otherwise it waits here for your confirmation."
        checked={autoConfirm}
        onChange={(event) => setAutoConfirm(event.currentTarget.checked)}
      />
    </FormWindow>
  );
}

function mailText(name: string, address: string, until: string): string {
  return [
    `Apps for ${name} need a fresh content token from Apple, which only you can download.`,
    `This page says where it is and takes the file, until ${shortDate(until)}:`,
    address,
    'Please do not send the file by mail: it is a key to your licenses.',
  ].join('\n\n');
}
