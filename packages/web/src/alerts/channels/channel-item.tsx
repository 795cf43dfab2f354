import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Channel, channelKind, routes } from '@winesap/api';
import { plural, timingWords } from '@winesap/api/words';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import settings from '../../lists/sections.module.css';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import classes from './channels.module.css';
import { DeliveryLog } from './delivery-log.tsx';
import { TestResult } from './test-result.tsx';

interface Props {
  channel: Channel;
  showsLog: boolean;
  onLog: (shows: boolean) => void;
  onChange: () => void;
  onSecret: () => void;
  onRemove: () => void;
}

/** A channel: how it is, a test, and its log. */
export function ChannelItem({ channel, showsLog, onLog, onChange, onSecret, onRemove }: Props) {
  const client = useQueryClient();
  const { id, name } = channel;
  const params = { channelId: id };
  const test = useMutation({
    mutationFn: () => api.call(routes.testChannel, { params }),
    onSuccess: () => invalidate(client, readsOf(routes.listDeliveries, { params: { channelId: id } })),
  });
  const enable = useMutation({
    mutationFn: () => api.call(routes.enableChannel, { params }),
    onSuccess: async () => {
      showToast(`${name} sends again.`);
      await invalidate(client, routes.listChannels);
    },
  });
  const kind = channelKind(channel.kind);
  const disabled = channel.disabledAt !== null;
  const timing = timingWords(channel);

  return (
    <li className={classes.channel}>
      <div className={classes.head}>
        <div className={settings.who}>
          <b>{name}</b>
          <span className="quiet">
            {kind.word} · {channel.target}
          </span>
          {timing !== null && <span className="quiet">{timing}</span>}
          <Condition channel={channel} />
        </div>
        <div className={settings.buttons}>
          {disabled ? (
            <ActionButton busy={enable.isPending} aria-label={`Enable ${name}`} onClick={() => enable.mutate()}>
              Enable
            </ActionButton>
          ) : (
            <ActionButton
              variant="default"
              busy={test.isPending}
              aria-label={`Send a test through ${name}`}
              onClick={() => test.mutate()}
            >
              Send test
            </ActionButton>
          )}
          <ActionButton variant="default" aria-label={`Change ${name}`} aria-haspopup="dialog" onClick={onChange}>
            Change…
          </ActionButton>
          {kind.isSigned && (
            <ActionButton
              variant="default"
              aria-label={`New secret for ${name}`}
              aria-haspopup="dialog"
              onClick={onSecret}
            >
              New secret…
            </ActionButton>
          )}
          <ActionButton variant="danger-quiet" aria-label={`Remove ${name}`} aria-haspopup="dialog" onClick={onRemove}>
            Remove…
          </ActionButton>
        </div>
      </div>
      {test.isError && <ProblemNote problem={problemOf(test.error)} />}
      {enable.isError && <ProblemNote problem={problemOf(enable.error)} />}
      <div role="status">
        {test.isSuccess && <TestResult key={test.data.deliveryId} channelId={id} deliveryId={test.data.deliveryId} />}
      </div>
      <button
        type="button"
        className="link-button small"
        aria-expanded={showsLog}
        aria-label={`Delivery log of ${name}`}
        onClick={() => onLog(!showsLog)}
      >
        {showsLog ? 'Hide the delivery log' : 'Delivery log'}
      </button>
      {showsLog && <DeliveryLog channel={channel} />}
    </li>
  );
}

/** One line: works, fails and why, or is switched off and why. */
function Condition({ channel }: { channel: Channel }) {
  const waits = [
    channel.waiting > 0 && `${plural(channel.waiting, 'delivery', 'deliveries')} still to leave`,
    channel.held > 0 && `${plural(channel.held, 'alert')} held back until it may speak`,
  ].filter((part) => part !== false);
  return (
    <>
      {channel.disabledAt !== null ? (
        <span className={classes.broken}>
          <SeverityMark severity="broken" /> Switched off <Ago at={channel.disabledAt} />: {channel.disabledWhy}
        </span>
      ) : (
        channel.failing !== null && (
          <span className={classes.broken}>
            <SeverityMark severity="broken" /> The last attempt failed: {channel.failing}
          </span>
        )
      )}
      {waits.length > 0 && <span className="quiet">{waits.join(' · ')}</span>}
    </>
  );
}
