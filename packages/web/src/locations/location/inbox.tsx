import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type Notification, type QueryInputOf, routes, urlOf } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { infinite } from '../../data/query.ts';
import { oneOf } from '../../data/search.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { OlderButton } from '../../lists/older-button.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { SeverityLabel } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import classes from './location.module.css';
import { LOOK_MS, readNotificationsAgain } from './notification-reads.ts';
import { INBOX_LABEL } from './notification-words.ts';
import table from './small-table.module.css';

type InboxState = NonNullable<QueryInputOf<typeof routes.listNotifications>['state']>;

const STATES = ['waiting', 'done', 'failed'] as const satisfies readonly InboxState[];

interface Props {
  uId: string;
  tokenId: string;
  /** Why nothing may be replayed. */
  why: string | null;
}

/** What Apple told, newest first, and what came of it. */
export function Inbox({ uId, tokenId, why }: Props) {
  const [state, setState] = useState<InboxState | undefined>();
  const list = useInfiniteQuery({
    ...infinite(routes.listNotifications, {
      params: { tokenId },
      query: { limit: 20, ...(state === undefined ? {} : { state }) },
    }),
    refetchInterval: LOOK_MS,
  });
  const notifications = list.data?.pages.flatMap((page) => page.notifications) ?? [];
  return (
    <section aria-label="Inbox">
      <header className={`spread ${classes.head}`}>
        <h3>Inbox</h3>
        <div className={classes.tools}>
          <select
            aria-label="State"
            className="control control-small"
            value={state ?? ''}
            onChange={(event) => setState(oneOf(event.currentTarget.value, STATES))}
          >
            <option value="">all</option>
            {STATES.map((each) => (
              <option key={each} value={each}>
                {INBOX_LABEL[each].label}
              </option>
            ))}
          </select>
          <CsvLink
            href={urlOf(routes.exportNotifications, { params: { tokenId }, query: { state } })}
            label="Download these notifications as CSV"
          />
        </div>
      </header>
      {list.error !== null && <ProblemNote problem={problemOf(list.error)} />}
      {list.data !== undefined && notifications.length === 0 && (
        <p className={classes.nothing}>
          {state === undefined
            ? 'No notifications from Apple yet.'
            : `No notification is ${INBOX_LABEL[state].label.toLowerCase()}.`}
        </p>
      )}
      {notifications.length > 0 && (
        <table className={table.table}>
          <caption className="unseen">Notifications of this location, newest first</caption>
          <thead>
            <tr>
              <th scope="col">received</th>
              <th scope="col">state</th>
              <th scope="col">kind</th>
              <th scope="col">what came of it</th>
              <th scope="col">replay</th>
            </tr>
          </thead>
          <tbody>
            {notifications.map((each) => (
              <Row key={each.id} uId={uId} tokenId={tokenId} notification={each} why={why} />
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <p className={classes.more}>
          <OlderButton list={list} what="notifications" quiet />
        </p>
      )}
    </section>
  );
}

function Row({ uId, tokenId, notification, why }: Props & { notification: Notification }) {
  const client = useQueryClient();
  const { id, state, type, text, failure, receivedAt } = notification;
  const replay = useMutation({
    mutationFn: () => api.call(routes.replayNotifications, { params: { tokenId }, body: { notificationId: id } }),
    onSuccess: async ({ scanId }) => {
      showToast(
        scanId === null
          ? 'The notification will be worked on again.'
          : 'It was applied before: Apple is asked how it stands.',
      );
      await readNotificationsAgain(client, tokenId, uId);
    },
    onError: (error) => showToast(`${problemOf(error).title} ${problemOf(error).detail}`),
  });
  return (
    <tr>
      <th scope="row">
        <Ago at={receivedAt} />
      </th>
      <td data-label="state">
        <SeverityLabel {...INBOX_LABEL[state]} />
      </td>
      <td data-label="kind">
        {type?.toLowerCase().replaceAll('_', ' ') ?? <span className="quiet">not readable</span>}
      </td>
      <td data-span>
        {text}
        {failure !== null && <span className={table.failed}> {failure}</span>}
      </td>
      <td data-span>
        <ActionButton
          variant="subtle"
          size="compact-sm"
          why={why ?? (state === 'waiting' ? 'It waits for its turn already.' : null)}
          busy={replay.isPending}
          aria-label={`Replay the ${type?.toLowerCase().replaceAll('_', ' ') ?? 'unreadable'} notification ${notification.notificationId}`}
          onClick={() => replay.mutate()}
        >
          Replay
        </ActionButton>
      </td>
    </tr>
  );
}
