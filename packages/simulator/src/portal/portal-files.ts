import { readFileSync } from 'node:fs';
import { text } from '../http/answer.ts';
import type { ControlHandler } from '../http/control/control-routes.ts';

function file(name: string, type: string): ControlHandler {
  const body = readFileSync(new URL(name, import.meta.url), 'utf8');
  return () => ({ answer: text(200, body, `${type}; charset=utf-8`, { 'cache-control': 'no-cache' }) });
}

/** The page for people and what it loads. */
export const portalRoutes: Readonly<Record<string, ControlHandler>> = {
  'GET /': file('portal.html', 'text/html'),
  'GET /portal.css': file('portal.css', 'text/css'),
  ...Object.fromEntries(
    ['portal.js', 'page.js', 'location.js', 'faults.js'].map((name) => [`GET /${name}`, file(name, 'text/javascript')]),
  ),
};
