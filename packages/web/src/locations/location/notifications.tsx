import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type NotificationHealth, routes } from '@winesap/api';
import { count, duration, plural } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { useWhyNot } from '../../data/why-not.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { SeverityLabel } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { FormWindow } from '../../windows/form-window.tsx';
import { Inbox } from './inbox.tsx';
import classes from './location.module.css';
import { LOOK_MS, readNotificationsAgain } from './notification-reads.ts';
import { HOOK_LABEL, hookSeverity } from './notification-words.ts';

/** Whether Apple tells this location's changes, what came, and what could not be processed. */
export function Notifications({ uId, tokenId }: { uId: string; tokenId: string }) {
  const { data: health, error } = useQuery({
    ...query(routes.getNotificationHealth, { params: { tokenId } }),
    refetchInterval: LOOK_MS,
  });
  const client = useQueryClient();
  const [rotating, setRotating] = useState(false);
  const why = useWhyNot(routes.replayNotifications);
  const readAgain = () => readNotificationsAgain(client, tokenId, uId);

  const replay = useMutation({
    mutationFn: () => api.call(routes.replayNotifications, { params: { tokenId }, body: {} }),
    onSuccess: async ({ replayed }) => {
      showToast(`${plural(replayed, 'notification')} will be worked on again.`);
      await readAgain();
    },
    onError: (problem) => showToast(`${problemOf(problem).title} ${problemOf(problem).detail}`),
  });
  const rotate = useMutation({
    mutationFn: () => api.call(routes.rotateNotificationSecret, { params: { tokenId } }),
    onSuccess: async () => {
      showToast('A new secret is on its way to Apple. Until Apple has it, both are good.');
      setRotating(false);
      await readAgain();
    },
  });

  return (
    <section className="card" aria-label="Notifications">
      <header className={`spread ${classes.head}`}>
        <div className={classes.title}>
          <h2>Notifications</h2>
          {health !== undefined && <SeverityLabel severity={hookSeverity(health)} label={HOOK_LABEL[health.state]} />}
        </div>
        {health !== undefined && (
          <div className="row">
            <ActionButton
              variant="default"
              why={why ?? (health.failed === 0 ? 'No notification failed: there is nothing to replay.' : null)}
              busy={replay.isPending}
              onClick={() => replay.mutate()}
            >
              Replay failed
            </ActionButton>
            <ActionButton
              variant="default"
              why={why ?? whyNotRotate(health)}
              aria-haspopup="dialog"
              onClick={() => setRotating(true)}
            >
              Rotate secret
            </ActionButton>
          </div>
        )}
      </header>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {health !== undefined && (
        <>
          <div className={classes.body}>
            <p>{health.title}</p>
            {health.nextStep !== null && <p className={classes.next}>{health.nextStep}</p>}
            {health.apple !== null && (
              <p className="quiet">
                Apple said: <code>{health.apple.line}</code>
                {health.nextTryAt !== null && (
                  <>
                    {' '}
                    Next try <Ago at={health.nextTryAt} />.
                  </>
                )}
              </p>
            )}
          </div>
          {isOfUse(health) && (
            <>
              <HookFacts health={health} />
              <Inbox uId={uId} tokenId={tokenId} why={why} />
            </>
          )}
        </>
      )}
      {rotating && (
        <FormWindow
          why={null}
          title="Rotate the secret?"
          button="Rotate secret"
          problem={rotate.isError ? problemOf(rotate.error) : null}
          busy={rotate.isPending}
          onSave={() => rotate.mutate()}
          onClose={() => setRotating(false)}
        >
          <p>No notification is lost: until Apple has the new secret, the present one stays good too.</p>
          <p>Winesap makes a new secret and sets it at Apple with the next write. The present one ends after that.</p>
        </FormWindow>
      )}
    </section>
  );
}

/** Where Apple is not asked to notify and never did, there is nothing more to say. */
function isOfUse({ state, lastReceivedAt }: NotificationHealth): boolean {
  return (state !== 'off' && state !== 'not-managed') || lastReceivedAt !== null;
}

function whyNotRotate({ state, secretChanging }: NotificationHealth): string | null {
  if (secretChanging) return 'A new secret is on its way to Apple already.';
  return state === 'set' || state === 'drifted' ? null : 'Apple has no address of this location to keep a secret for.';
}

function HookFacts({ health }: { health: NotificationHealth }) {
  return (
    <Facts>
      <Fact term="Address at Apple">
        {health.shown === 'nothing' ? (
          <span className="quiet">none</span>
        ) : (
          <span className="mono">{health.shownUrl ?? 'not known'}</span>
        )}
        {health.shown === 'foreign' && <span className="quiet"> · of another server</span>}
        {health.shown === 'moved' && <span className="quiet"> · ours, under another public address</span>}
        {health.shownAt !== null && (
          <span className="quiet">
            {' · seen '}
            <Ago at={health.shownAt} />
          </span>
        )}
      </Fact>
      <Fact term="Kinds">
        {health.types.length === 0 ? <span className="quiet">none</span> : <Kinds types={health.types} />}
        {health.missingTypes.length > 0 && (
          <span className="quiet">
            {' '}
            · missing {health.missingTypes.length}: <Kinds types={health.missingTypes} />
          </span>
        )}
      </Fact>
      <Fact term="Last received">
        {health.lastReceivedAt === null ? <span className="quiet">never</span> : <Ago at={health.lastReceivedAt} />}
      </Fact>
      <Fact term="Waiting">
        {count(health.waiting)}
        {health.lagSeconds !== null && <span className="quiet"> · the oldest for {duration(health.lagSeconds)}</span>}
      </Fact>
      <Fact term="Failed">
        {health.failed === 0 ? (
          <span className="quiet">none</span>
        ) : (
          <SeverityLabel severity="broken" label={plural(health.failed, 'notification')} />
        )}
      </Fact>
      <Fact term="Secret">
        {health.secretAt === null ? (
          <span className="quiet">none at Apple</span>
        ) : (
          <>
            since <Ago at={health.secretAt} />
          </>
        )}
        {health.secretChanging && <span className="quiet"> · a new one is on its way</span>}
        {health.refused > 0 && (
          <span className="quiet">
            {' · '}
            {plural(health.refused, 'request')} without it
            {health.refusedAt !== null && (
              <>
                , last <Ago at={health.refusedAt} />
              </>
            )}
          </span>
        )}
      </Fact>
    </Facts>
  );
}

function Kinds({ types }: { types: readonly string[] }) {
  return <span>{types.map((each) => each.toLowerCase().replaceAll('_', ' ')).join(', ')}</span>;
}
