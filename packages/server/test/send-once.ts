import process from 'node:process';
import { createNotify } from '../src/notify/create-notify.ts';

/** Sends one message in its own process, because Node reads its proxy settings from the environment at startup. */
const [kind = '', settings = '', allowPrivate = ''] = process.argv.slice(2);
const notify = createNotify({ allowPrivate: allowPrivate === 'allow', now: () => new Date() });
const outcome = await notify.send(kind as 'slack', settings, {
  id: '6f1c5f3a-0000-4000-8000-000000000001',
  kind: 'test',
  title: 'Title',
  text: 'Text',
  createdAt: '2026-11-30T12:00:00.000Z',
  total: 0,
  alerts: [],
  link: null,
});
process.stdout.write(JSON.stringify(outcome));
