import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CalendarFeed, routes } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../data/api.ts';
import { query } from '../data/query.ts';
import { invalidate } from '../data/reads.ts';
import classes from '../lists/sections.module.css';
import { Empty } from '../parts/notes/empty.tsx';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { showToast } from '../parts/notes/toasts.tsx';
import { OrganizationSelect } from '../parts/organization-select.tsx';
import { Ago } from '../parts/time.tsx';
import { ConfirmWindow } from '../policies/confirm-window.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import { FormWindow } from '../windows/form-window.tsx';
import { ShownOnceWindow } from '../windows/shown-once.tsx';

/** Calendars that others subscribe to: every expiry as a day with reminders, at a secret address. */
export function CalendarsTab() {
  const client = useQueryClient();
  const { data, error } = useQuery(query(routes.listCalendarFeeds));
  const feeds = data?.feeds;
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<CalendarFeed | null>(null);
  const revoke = useMutation({
    mutationFn: (feed: CalendarFeed) => api.call(routes.revokeCalendarFeed, { params: { feedId: feed.id } }),
    onSuccess: async (_nothing, feed) => {
      showToast(`The calendar feed ${feed.name} is revoked.`);
      setRevoking(null);
      await invalidate(client, routes.listCalendarFeeds);
    },
  });

  return (
    <section aria-label="Calendar feeds" className={classes.screen}>
      <div className={classes.head}>
        <p className={classes.lead}>
          Apple Calendar, Google and Outlook subscribe to the day each token expires, with reminders. A renewal moves
          the day by itself.
        </p>
        <ActionButton aria-haspopup="dialog" onClick={() => setAdding(true)}>
          Add calendar feed
        </ActionButton>
      </div>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {feeds?.length === 0 ? (
        <div className="card">
          <Empty title="No calendar feeds yet">
            Add one for all organizations or for one customer, and give its address to a calendar.
          </Empty>
        </div>
      ) : (
        <ul className={classes.list} aria-label="Calendar feeds">
          {feeds?.map((feed) => (
            <li key={feed.id} className={classes.item}>
              <div className={classes.who}>
                <b>{feed.name}</b>
                <span className="quiet">
                  {feed.organizationName ?? 'all organizations'} · made <Ago at={feed.createdAt} /> by {feed.createdBy}{' '}
                  ·{' '}
                  {feed.lastReadAt === null ? (
                    'no calendar has read it yet'
                  ) : (
                    <>
                      last read <Ago at={feed.lastReadAt} />
                    </>
                  )}
                </span>
              </div>
              <ActionButton
                variant="danger-quiet"
                aria-label={`Revoke the calendar feed ${feed.name}`}
                aria-haspopup="dialog"
                onClick={() => setRevoking(feed)}
              >
                Revoke…
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
      {adding && <AddFeedWindow onClose={() => setAdding(false)} />}
      {revoking !== null && (
        <ConfirmWindow
          title={`Revoke ${revoking.name}?`}
          button="Revoke"
          problem={revoke.isError ? problemOf(revoke.error) : null}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(revoking)}
          onClose={() => {
            revoke.reset();
            setRevoking(null);
          }}
        >
          <p>What calendars have read already stays in them until they read again.</p>
          <p>Its address shows nothing from then on. A new feed gets another address.</p>
        </ConfirmWindow>
      )}
    </section>
  );
}

/** Makes a feed and shows its address, this once. */
function AddFeedWindow({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  const [name, setName] = useState('Content tokens');
  const [organizationId, setOrganization] = useState<string | null>(null);
  const add = useMutation({
    // The address stays in this window: it is in no cache that outlives it.
    gcTime: 0,
    mutationFn: () =>
      api.call(routes.addCalendarFeed, {
        body: { name: name.trim(), ...(organizationId === null ? {} : { organizationId }) },
      }),
    onSuccess: () => invalidate(client, routes.listCalendarFeeds),
  });

  if (add.isSuccess) {
    const address = location.origin + add.data.path;
    return (
      <ShownOnceWindow
        title="A new calendar feed"
        subtitle={add.data.feed.name}
        lead="Give this address to a calendar as a subscription. It is not shown again; who has it reads names and dates without signing in, until it is revoked."
        text={address}
        onClose={onClose}
      >
        <p>
          <a href={address.replace(/^https?:/, 'webcal:')}>Open it in the calendar of this device</a>
        </p>
      </ShownOnceWindow>
    );
  }
  return (
    <FormWindow
      title="Add calendar feed"
      why={name.trim() === '' ? 'Give it a name first.' : null}
      busy={add.isPending}
      problem={add.isError ? problemOf(add.error) : null}
      onSave={() => add.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="What the calendar is called where it is subscribed to."
        value={name}
        maxLength={120}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <OrganizationSelect
        label="Organization"
        organizations={organizations}
        none="All organizations"
        value={organizationId}
        onChange={setOrganization}
      />
    </FormWindow>
  );
}
