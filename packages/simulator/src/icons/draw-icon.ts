import { hashText } from '../world/hash.ts';
import { encodePng } from './png.ts';
import { type Shape, shapes } from './shapes.ts';

type Color = readonly [number, number, number];

const kept = new Map<string, Buffer>();
const KEPT = 2000;

/** A square PNG for an item of the store: colours and shape follow from its id, the same at every size. */
export function drawIcon(adamId: string, wantedSize: number): Buffer {
  const size = Math.min(512, Math.max(16, Math.round(wantedSize)));
  const key = `${adamId} ${size}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const icon = encodePng(size, paint(adamId, size));
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, icon);
  return icon;
}

function paint(adamId: string, size: number): Uint8Array {
  const h = hashText(adamId, 7);
  const hue = h % 360;
  const top = hslToRgb(hue, 0.62, 0.56);
  const bottom = hslToRgb((hue + 28 + ((h >>> 9) % 34)) % 360, 0.7, 0.38);
  const shape = shapes[(h >>> 15) % shapes.length] as Shape;
  const light = (h >>> 20) % 4 === 0;
  const [ground0, ground1, ink] = light
    ? [mixColors(top, WHITE, 0.86), mixColors(bottom, WHITE, 0.74), bottom]
    : [top, bottom, WHITE];
  const pixels = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const u = ((x + 0.5) / size) * 2 - 1;
      const v = ((y + 0.5) / size) * 2 - 1;
      const ground = mixColors(ground0, ground1, (u + v * 1.6 + 2.6) / 5.2);
      const ink0 = mixColors(ink, ground1, 0.12 * (v + 1) * 0.5);
      const cover = Math.min(1, Math.max(0, 0.5 - shape(u, v) * size * 0.5));
      const color = mixColors(ground, ink0, cover * 0.95);
      pixels.set(color.map(Math.round), (y * size + x) * 3);
    }
  }
  return pixels;
}

const WHITE: Color = [255, 255, 255];

function mixColors(a: Color, b: Color, share: number): Color {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

function hslToRgb(hue: number, saturation: number, lightness: number): Color {
  const a = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    return 255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}
