import type { Event, Level } from '@winesap/api';
import type { Style } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import { logTime } from '../words/time.ts';

const LEVELS: Record<Level, { mark: string; paint: keyof Style }> = {
  error: { mark: '●', paint: 'red' },
  warning: { mark: '◐', paint: 'amber' },
  info: { mark: '·', paint: 'grey' },
};

/** One event: when, how bad, about whom, what happened; under it what Apple said, as it was said. */
export function eventLines(event: Event, { style, width }: { style: Style; width: number }): string[] {
  const { mark, paint } = LEVELS[event.level];
  const time = logTime(event.at);
  const indent = ' '.repeat(time.length + 4);
  const text = `${event.text}${event.actor === null ? '' : ` (${event.actor})`}`;
  const room = Math.max(24, width - indent.length);
  return [
    `${style.grey(time)}  ${style[paint](mark)} ${style.grey(event.receiverType)} ${style.bold(event.receiverName)}${
      event.organizationName === null || event.organizationName === event.receiverName
        ? ''
        : style.grey(` · ${event.organizationName}`)
    }`,
    ...wrapped(text, room).map((line) => indent + line),
    ...(event.apple === null ? [] : wrapped(event.apple.line, room).map((line) => style.grey(indent + line))),
  ];
}

const wrapped = (text: string, room: number): string[] => (Number.isFinite(room) ? wrap(text, room) : [text]);
