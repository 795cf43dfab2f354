import type { Channel, Delivery } from '@winesap/api';
import type { Style } from '../terminal/style.ts';
import { tableLines } from '../terminal/table.ts';
import { ago, plural } from '../words/time.ts';
import { reportWords, timingWords } from '../words/timing.ts';
import { indented } from './indented.ts';

/** Every channel, when it speaks and how it is. */
export function channelLines(
  channels: readonly Channel[],
  { style, width }: { style: Style; width: number },
): string[] {
  if (channels.length === 0) return ['No channels. Add one: winesap channels add KIND NAME'];
  const columns = [
    { title: 'Channel', min: 10 },
    { title: 'Kind' },
    { title: 'To', min: 12, spare: 1 },
    { title: 'When', min: 12, spare: 2 },
    { title: 'State', min: 14, wraps: true },
  ];
  const rows = channels.map((channel) => {
    const { name, kind, target, timing, report } = channel;
    const when = [timingWords(timing), ...(report === null ? [] : [reportWords(report)])].join('; ');
    const paint = channel.disabledWhy !== null || channel.failing !== null ? style.red : undefined;
    return [
      { text: name },
      { text: kind },
      { text: target },
      { text: when },
      { text: stateOf(channel), ...(paint && { paint }) },
    ];
  });
  return tableLines(columns, rows, width, style.bold) ?? channels.flatMap((one) => [one.name, `  ${stateOf(one)}`]);
}

function stateOf({ disabledWhy, failing, waiting, held }: Channel): string {
  if (disabledWhy !== null) return `disabled: ${disabledWhy}`;
  return [
    failing === null ? 'works' : `failing: ${failing}`,
    ...(waiting > 0 ? [`${plural(waiting, 'message')} waiting`] : []),
    ...(held > 0 ? [`${plural(held, 'alert')} held back`] : []),
  ].join(', ');
}

export function deliveryLines(
  deliveries: readonly Delivery[],
  { terminal: { style, width }, now }: { terminal: { style: Style; width: number }; now: Date },
): string[] {
  if (deliveries.length === 0) return ['Nothing was sent through this channel.'];
  return deliveries.flatMap((delivery) => [
    `${style.bold(delivery.title)} · ${delivery.state} · ${ago(delivery.createdAt, now)}`,
    ...delivery.attempts.flatMap(({ at, succeeded, note }) =>
      indented(`${succeeded ? '✓' : '✕'} ${ago(at, now)}: ${note}`, width),
    ),
    ...(delivery.nextAt === null ? [] : indented(`next attempt ${ago(delivery.nextAt, now)}`, width)),
  ]);
}
