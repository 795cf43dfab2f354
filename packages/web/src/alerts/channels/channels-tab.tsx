import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type Channel, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { invalidate } from '../../data/reads.ts';
import settings from '../../lists/sections.module.css';
import { Empty } from '../../parts/notes/empty.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { ConfirmWindow } from '../../policies/confirm-window.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { ChannelItem } from './channel-item.tsx';
import { AddChannelWindow, ChangeChannelWindow } from './channel-window.tsx';
import { SecretWindow } from './secret-window.tsx';

type Open = { kind: 'add' } | { kind: 'change' | 'secret' | 'remove'; channel: Channel };

/** The ways alerts leave, how each is, and what went through it. */
export function ChannelsTab() {
  const client = useQueryClient();
  const { log } = useSearch({ from: '/inside/alerts/channels' });
  const navigate = useNavigate({ from: '/alerts/channels' });
  const { data, error } = useQuery(query(routes.listChannels));
  const channels = data?.channels;
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const remove = useMutation({
    mutationFn: (channel: Channel) => api.call(routes.removeChannel, { params: { channelId: channel.id } }),
    onSuccess: async (_nothing, channel) => {
      showToast(`The channel ${channel.name} is removed.`);
      close();
      await invalidate(client, routes.listChannels, routes.listRules);
    },
  });

  return (
    <section aria-label="Channels">
      <div className={settings.head}>
        <p className={settings.lead}>
          Mail, Slack, Microsoft Teams, signed webhooks and JSON of your own form. What cannot be delivered is tried
          again for three days, in order.
        </p>
        <ActionButton aria-haspopup="dialog" onClick={() => setOpen({ kind: 'add' })}>
          Add channel
        </ActionButton>
      </div>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {channels?.length === 0 ? (
        <div className="card">
          <Empty title="No channels yet">
            Add one, send a test through it, then choose it in a rule. Until then alerts stand in this console only.
          </Empty>
        </div>
      ) : (
        <ul className={settings.list} aria-label="Channels">
          {channels?.map((channel) => (
            <ChannelItem
              key={channel.id}
              channel={channel}
              showsLog={log === channel.id}
              onLog={(shows) =>
                void navigate({ search: shows ? { log: channel.id } : {}, replace: true, resetScroll: false })
              }
              onChange={() => setOpen({ kind: 'change', channel })}
              onSecret={() => setOpen({ kind: 'secret', channel })}
              onRemove={() => setOpen({ kind: 'remove', channel })}
            />
          ))}
        </ul>
      )}
      {open?.kind === 'add' && <AddChannelWindow onClose={close} />}
      {open?.kind === 'change' && <ChangeChannelWindow channel={open.channel} onClose={close} />}
      {open?.kind === 'secret' && <SecretWindow channel={open.channel} onClose={close} />}
      {open?.kind === 'remove' && (
        <ConfirmWindow
          title={`Remove ${open.channel.name}?`}
          button="Remove"
          problem={remove.isError ? problemOf(remove.error) : null}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(open.channel)}
          onClose={() => {
            remove.reset();
            close();
          }}
        >
          <p>Rules and alerts stay. Rules that use only this channel notify nobody.</p>
          <p>Its log goes, and so does what still waits to leave through it.</p>
        </ConfirmWindow>
      )}
    </section>
  );
}
