import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import UPlot from 'uplot';
import classes from './plot.module.css';

export interface PlotLine {
  label: string;
  /** A colour of tokens.css: `--accent`. */
  color: string;
  width: number;
  /** Told apart without colour, too. */
  dash?: readonly number[];
  filled?: boolean;
  values: readonly (number | null)[];
}

interface Props {
  /** Seconds since 1970, growing. */
  times: readonly number[];
  lines: readonly PlotLine[];
  /** Stands with a mark on it. */
  marked: number | null;
  /** The pointer is over this one. */
  onPoint: (index: number | null) => void;
  onPick: (index: number) => void;
}

const HEIGHT = 240;

/** Lines that keep their value until the next reading. Only drawn: what it says is said in words around it. */
export function Plot({ times, lines, marked, onPoint, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const theme = useComputedColorScheme('light');
  const point = useEffectEvent((index: number | null) => onPoint(index));
  const pick = useEffectEvent((index: number) => onPick(index));
  const markedNow = useEffectEvent(() => marked);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours that are looked up
  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    const style = getComputedStyle(host);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const font = `12px ${style.fontFamily}`;
    const axis: UPlot.Axis = {
      stroke: color('--ink-3'),
      font,
      grid: { stroke: color('--line'), width: 1 },
      ticks: { show: false },
    };
    const stepped = UPlot.paths.stepped?.({ align: 1 });
    const made = new UPlot(
      {
        width: host.clientWidth,
        height: HEIGHT,
        padding: [10, 12, 0, 0],
        legend: { show: false },
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'UTC'),
        cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
        scales: { x: { time: true }, y: { range: (_, low, high) => [Math.min(0, low), Math.max(1, high * 1.08)] } },
        axes: [
          { ...axis, grid: { show: false }, size: 28, space: 64, values: (_, splits) => ticks(splits) },
          { ...axis, size: 56, values: (_, splits) => splits.map((each) => each.toLocaleString('en-US')) },
        ],
        series: [
          {},
          ...lines.map(({ label, color: name, width, dash, filled }) => ({
            label,
            stroke: color(name),
            width,
            ...(dash === undefined ? {} : { dash: [...dash] }),
            ...(filled ? { fill: `${color(name)}1f` } : {}),
            ...(stepped === undefined ? {} : { paths: stepped }),
            points: { show: times.length === 1 },
          })),
        ],
        hooks: {
          setCursor: [(self) => point(self.cursor.idx ?? null)],
          drawSeries: [
            (self, index) => {
              if (index === lines.length) drawMark(self, markedNow(), color('--ink-2'));
            },
          ],
        },
      },
      [[...times], ...lines.map(({ values }) => [...values])],
      host,
    );
    plot.current = made;
    const picked = () => {
      const { idx } = made.cursor;
      if (idx !== null && idx !== undefined) pick(idx);
    };
    made.over.addEventListener('click', picked);
    const watch = new ResizeObserver(() => made.setSize({ width: host.clientWidth, height: HEIGHT }));
    watch.observe(host);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [times, lines, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark is drawn anew with the lines
  useEffect(() => plot.current?.redraw(false), [marked]);

  return <div ref={place} className={classes.plot} aria-hidden />;
}

const months = new Intl.DateTimeFormat(navigator.languages, { month: 'short', timeZone: 'UTC' });

/** A day is named once, however wide it is drawn. */
function ticks(splits: readonly number[]): string[] {
  return splits.map(tick).map((words, index, all) => (words === all[index - 1] ? '' : words));
}

/** `25 Aug`, at the first of a month `Sep`, at the first of a year `2027`. Days are UTC. */
function tick(seconds: number): string {
  const at = new Date(seconds * 1000);
  if (at.getUTCDate() !== 1) return `${at.getUTCDate()} ${months.format(at)}`;
  return at.getUTCMonth() === 0 ? String(at.getUTCFullYear()) : months.format(at);
}

/** A line from top to bottom through a time. */
function drawMark(plot: UPlot, index: number | null, color: string): void {
  const time = index === null ? undefined : plot.data[0][index];
  if (time === undefined) return;
  const x = Math.round(plot.valToPos(time, 'x', true)) + 0.5;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
