import type { Channel, Delivery } from '@winesap/api';
import { agoShort, plural, timingWords } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { tableLines } from '../terminal/table.ts';
import { indented } from './indented.ts';

/** Shows every channel, when it sends, and its state. */
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
    const { name, kind, target } = channel;
    const paint = channel.disabledWhy !== null || channel.failing !== null ? style.red : undefined;
    return [
      { text: name },
      { text: kind },
      { text: target },
      { text: timingWords(channel) ?? 'at once' },
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
    `${style.bold(delivery.title)} · ${delivery.state} · ${agoShort(delivery.createdAt, now)}`,
    ...delivery.attempts.flatMap(({ at, succeeded, note }) =>
      indented(`${succeeded ? '✓' : '✕'} ${agoShort(at, now)}: ${note}`, width),
    ),
    ...(delivery.nextAt === null ? [] : indented(`next attempt ${agoShort(delivery.nextAt, now)}`, width)),
  ]);
}
