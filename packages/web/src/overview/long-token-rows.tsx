import type { TokenRow } from '@winesap/api';
import { useRef } from 'react';
import { useLongRows } from '../lists/rows/use-long-rows.ts';
import { useNarrow } from '../parts/use-narrow.ts';
import { TokenRowCells } from './token-row-cells.tsx';
import classes from './token-table.module.css';

const WIDE = { rowPx: 41, gapPx: 0 };
const CARDS = { rowPx: 132, gapPx: 10 };

/** The rows of very many tokens: only those in sight are drawn. Arrows, Page and Home/End go from row to row. */
export function LongTokenRows({ tokens }: { tokens: readonly TokenRow[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const narrow = useNarrow('(max-width: 720px)');
  const long = useLongRows({
    count: tokens.length,
    keyOf: (index) => tokens[index]?.tokenId ?? String(index),
    body,
    ...(narrow ? CARDS : WIDE),
  });
  return (
    <tbody ref={body} data-long onKeyDown={long.onKeyDown} onFocus={long.onFocus}>
      {long.lines.map((line) => {
        if (line.kind === 'room')
          return (
            <tr key={line.key} className={classes.room} aria-hidden style={{ height: line.px }}>
              <td colSpan={7} />
            </tr>
          );
        const token = tokens[line.index];
        if (token === undefined) return null;
        const { severity } = token.health;
        return (
          <tr
            key={line.key}
            ref={long.measure}
            data-index={line.index}
            data-severity={severity}
            data-first={(line.index > 0 && tokens[line.index - 1]?.health.severity !== severity) || undefined}
            aria-rowindex={line.index + 2}
          >
            <TokenRowCells token={token} />
          </tr>
        );
      })}
    </tbody>
  );
}
