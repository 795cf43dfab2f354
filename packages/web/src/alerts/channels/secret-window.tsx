import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Channel, routes } from '@winesap/api';
import { api, problemOf } from '../../data/api.ts';
import { invalidate } from '../../data/reads.ts';
import { fullTime } from '../../data/times.ts';
import { ConfirmWindow } from '../../policies/confirm-window.tsx';
import { ShownOnceWindow } from '../../windows/shown-once.tsx';

interface Props {
  channel: Channel;
  onClose: () => void;
}

/** Gives a webhook a new secret: told beforehand what that means, then shown once. */
export function SecretWindow({ channel: { id, name }, onClose }: Props) {
  const client = useQueryClient();
  const rotate = useMutation({
    // The secret stays in this window: it is in no cache that outlives it.
    gcTime: 0,
    mutationFn: () => api.call(routes.rotateChannelSecret, { params: { channelId: id } }),
    onSuccess: () => invalidate(client, routes.listChannels),
  });
  if (rotate.isSuccess)
    return (
      <ShownOnceWindow
        title="The new secret of this webhook"
        subtitle={name}
        lead="Give it to the receiver. Copy it now; it is not shown again."
        text={rotate.data.secret}
        onClose={onClose}
      >
        <p>Until {fullTime(rotate.data.bothUntil)} messages are signed with the secret before it as well.</p>
      </ShownOnceWindow>
    );
  return (
    <ConfirmWindow
      title={`A new secret for ${name}?`}
      button="Make a new secret"
      harmless
      problem={rotate.isError ? problemOf(rotate.error) : null}
      busy={rotate.isPending}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    >
      <p>
        Messages are signed with it from now on, and for a day with the present one as well: nothing is refused
        meanwhile.
      </p>
      <p>If it was changed a day ago or less, the secret from before that ends now.</p>
    </ConfirmWindow>
  );
}
