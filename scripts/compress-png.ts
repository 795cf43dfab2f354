import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = 8;
/** Bytes per pixel by PNG's color type: gray, –, RGB, palette, gray with alpha, –, RGB with alpha. */
const CHANNELS: Record<number, number> = { 2: 3, 6: 4 };

/**
 * Returns the same picture in fewer bytes: each row with the best filter, compressed as tightly as zlib can. Accepts
 * what browsers write: 8 bits, RGB or RGBA, not interlaced. Anything else is returned unchanged.
 */
export function compressPng(png: Buffer): Buffer {
  const chunks = [...chunksOf(png)];
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  const channels = header === undefined ? undefined : CHANNELS[header.readUInt8(9)];
  if (header === undefined || channels === undefined || header.readUInt8(8) !== 8 || header.readUInt8(12) !== 0)
    return png;
  const width = header.readUInt32BE(0) * channels;
  const packed = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const rows = unfilter(packed, width, channels);
  const best = deflateSync(filterAgain(rows, width, channels), { level: 9, memLevel: 9 });
  const made = Buffer.concat([
    png.subarray(0, SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', best),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return made.length < png.length ? made : png;
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function unfilter(packed: Buffer, width: number, step: number): Buffer[] {
  const rows: Buffer[] = [];
  for (let at = 0; at < packed.length; at += width + 1) {
    const filter = packed[at] ?? 0;
    const row = Buffer.from(packed.subarray(at + 1, at + 1 + width));
    const above = rows.at(-1);
    for (let x = 0; x < width; x++) row[x] = ((row[x] ?? 0) + predict(filter, row, above, x, step)) & 0xff;
    rows.push(row);
  }
  return rows;
}

/** Chooses for each row the filter with the smallest differences, the usual heuristic. */
function filterAgain(rows: readonly Buffer[], width: number, step: number): Buffer {
  return Buffer.concat(
    rows.flatMap((row, y) => {
      let best: { filter: number; line: Buffer; sum: number } | undefined;
      for (let filter = 0; filter < 5; filter++) {
        const line = Buffer.alloc(width);
        let sum = 0;
        for (let x = 0; x < width; x++) {
          const difference = ((row[x] ?? 0) - predict(filter, row, rows[y - 1], x, step)) & 0xff;
          line[x] = difference;
          sum += difference < 128 ? difference : 256 - difference;
        }
        if (best === undefined || sum < best.sum) best = { filter, line, sum };
      }
      return best === undefined ? [] : [Buffer.from([best.filter]), best.line];
    }),
  );
}

function predict(filter: number, row: Buffer, above: Buffer | undefined, x: number, step: number): number {
  const left = x >= step ? (row[x - step] ?? 0) : 0;
  const up = above?.[x] ?? 0;
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, x >= step ? (above?.[x - step] ?? 0) : 0);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
