import { type Answer, image } from '../http/answer.ts';
import { drawIcon } from './draw-icon.ts';

/** `/icons/<adamId>/128x128bb.png`: always a PNG, whatever format the template was filled with. */
export function iconAt(path: string): Answer | undefined {
  const match = /^\/icons\/(\d{1,18})\/(\d{1,4})x(\d{1,4})(?:bb)?\.\w+$/.exec(path);
  if (match === null) return undefined;
  return image(drawIcon(match[1] ?? '', Math.max(Number(match[2]), Number(match[3]))), 'image/png');
}
