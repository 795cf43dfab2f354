/** A shape as a signed distance: negative inside. Coordinates run from −1 to 1, y downwards. */
export type Shape = (x: number, y: number) => number;

const circle =
  (cx: number, cy: number, r: number): Shape =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) - r;

const box =
  (cx: number, cy: number, w: number, h: number, round: number): Shape =>
  (x, y) => {
    const dx = Math.abs(x - cx) - w + round;
    const dy = Math.abs(y - cy) - h + round;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
  };

const union =
  (...shapes: Shape[]): Shape =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));

const without =
  (a: Shape, b: Shape): Shape =>
  (x, y) =>
    Math.max(a(x, y), -b(x, y));

const both =
  (a: Shape, b: Shape): Shape =>
  (x, y) =>
    Math.max(a(x, y), b(x, y));

const turned =
  (shape: Shape, angle: number): Shape =>
  (x, y) =>
    shape(x * Math.cos(angle) + y * Math.sin(angle), y * Math.cos(angle) - x * Math.sin(angle));

const petals =
  (count: number): Shape =>
  (x, y) =>
    Math.hypot(x, y) - 0.42 - 0.16 * Math.cos(count * Math.atan2(y, x));

const polygon =
  (corners: number, r: number): Shape =>
  (x, y) => {
    const step = (2 * Math.PI) / corners;
    const angle = Math.atan2(x, -y);
    return Math.hypot(x, y) * Math.cos(angle - step * Math.round(angle / step)) - r;
  };

const wave =
  (offset: number): Shape =>
  (x, y) =>
    Math.abs(y - offset - 0.14 * Math.sin(x * 4.2)) - 0.075;

/** What an icon may show; each is quiet enough to be told apart at 24 pixels. */
export const shapes: readonly Shape[] = [
  without(circle(0, 0, 0.58), circle(0, 0, 0.34)),
  without(circle(0, 0, 0.6), circle(0.26, -0.2, 0.48)),
  union(box(-0.36, 0.14, 0.13, 0.36, 0.06), box(0, -0.06, 0.13, 0.56, 0.06), box(0.36, 0.04, 0.13, 0.46, 0.06)),
  without(
    both(box(0, 0, 0.56, 0.56, 0.16), box(0, 0, 1, 0.5, 0)),
    union(box(0, 0, 0.045, 0.4, 0), box(0.3, -0.18, 0.15, 0.035, 0)),
  ),
  both(union(wave(-0.3), wave(0), wave(0.3)), circle(0, 0, 0.68)),
  petals(5),
  petals(8),
  without(polygon(6, 0.52), circle(0, 0, 0.22)),
  union(polygon(3, 0.27), box(0, 0.52, 0.46, 0.06, 0.06)),
  turned(union(box(0, 0, 0.14, 0.62, 0.14), box(0, 0, 0.62, 0.14, 0.14)), 0),
  turned(without(box(0, 0, 0.44, 0.44, 0.12), box(0, 0, 0.22, 0.22, 0.06)), Math.PI / 4),
  both(circle(-0.26, 0.26, 0.78), circle(0.26, -0.26, 0.78)),
  union(circle(-0.28, 0.12, 0.28), circle(0.24, 0.1, 0.3), circle(-0.02, -0.12, 0.36), box(0, 0.26, 0.46, 0.14, 0.14)),
  union(
    circle(-0.34, -0.34, 0.17),
    circle(0.34, -0.34, 0.17),
    circle(-0.34, 0.34, 0.17),
    circle(0.34, 0.34, 0.17),
    circle(0, 0, 0.17),
  ),
  without(box(0, 0, 0.6, 0.44, 0.2), union(circle(-0.28, 0, 0.09), circle(0, 0, 0.09), circle(0.28, 0, 0.09))),
  without(
    union(box(0, 0.16, 0.42, 0.4, 0.1), without(circle(0, -0.22, 0.34), circle(0, -0.22, 0.2))),
    circle(0, 0.14, 0.11),
  ),
];
