import type { Event, Level } from '@winesap/api';
import type { Style } from '../terminal/style.ts';
import { pad } from '../terminal/wrap.ts';
import { logTime } from '../words/log-time.ts';
import { indented } from './indented.ts';

const LEVELS: Record<Level, { mark: string; paint: keyof Style }> = {
  error: { mark: '●', paint: 'red' },
  warning: { mark: '◐', paint: 'amber' },
  info: { mark: '·', paint: 'grey' },
};

/** As wide as the longest receiver type. */
const TYPE_WIDTH = 12;

/** Shows one event: time, level, subject, and what happened; below it Apple's own words. */
export function eventLines(event: Event, { style, width }: { style: Style; width: number }): string[] {
  const { mark, paint } = LEVELS[event.level];
  const time = logTime(event.at);
  const type = pad(event.receiverType, TYPE_WIDTH);
  const indent = ' '.repeat(time.length + TYPE_WIDTH + 6);
  const [first = '', ...rest] = indented(`${receiver(event)}: ${event.text}${actor(event)}`, width, indent);
  return [
    `${style.grey(time)}  ${style[paint](mark)} ${style.grey(type)}  ${withBold(first.slice(indent.length), event.receiverName, style)}`,
    ...rest,
    ...(event.apple === null ? [] : indented(event.apple.line, width, indent).map(style.grey)),
  ];
}

/** Includes the organization if the receiver’s name alone is ambiguous. */
function receiver({ receiverName, organizationName }: Event): string {
  return organizationName === null || organizationName === receiverName
    ? receiverName
    : `${receiverName} (${organizationName})`;
}

const actor = ({ actor: by, receiverName }: Event): string => (by === null || by === receiverName ? '' : ` – ${by}`);

function withBold(line: string, name: string, style: Style): string {
  return line.startsWith(name) ? style.bold(name) + line.slice(name.length) : line;
}
