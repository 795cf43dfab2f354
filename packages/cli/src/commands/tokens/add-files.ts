import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Batch, type BatchFile, type Mode, routes } from '@winesap/api';
import { batchWords, confirmWords, outcomeWords, placeOfFile, shortDate } from '@winesap/api/words';
import { ExitCode } from '../../exit-code.ts';
import { MAX_TOKEN_FILE_BYTES, readTokenFile } from '../../input/token-file-input.ts';
import { pauseFor } from '../../pause.ts';
import { refusal } from '../../refusal.ts';
import { confirm } from '../../session/confirm.ts';
import type { Session } from '../../session/session.ts';
import { printable } from '../../terminal/printable.ts';
import { tableLines } from '../../terminal/table.ts';

interface Options {
  mode?: Mode | undefined;
  yes?: boolean | undefined;
}

const ASK_EVERY_MS = 500;

/**
 * Adds tokens from many files, each where it belongs, and renews with those of known locations: the server looks at all of
 * them, the table is shown, one question is asked, and the server does it, also if this command is stopped after that.
 * Returns the exit code.
 */
export async function addFiles(session: Session, paths: readonly string[], options: Options): Promise<number> {
  const { id: batchId } = await session.call(routes.openBatch, {});
  const params = { batchId };
  try {
    for (const [at, path] of paths.entries()) {
      session.say(`Sending ${at + 1} of ${paths.length}: ${printable(basename(path))}`);
      await send(session, batchId, path);
    }
    const looked = await settledBatch(session, batchId, ({ counts }) => counts.looking === 0);
    const batch = await withMode(session, looked, options.mode);
    if (!session.options.json) for (const line of batchLines(session, batch.files)) session.context.terminal.out(line);
    const ready = batch.files.filter(({ verdict }) => verdict === 'ready');
    if (ready.length === 0) {
      await session.call(routes.discardBatch, { params });
      session.answer(batch, () => [`${batchWords(batch)} Nothing was changed.`]);
      return ExitCode.refused;
    }
    await confirm(session, `${confirmWords(ready)}?`, { yes: options.yes ?? false, stdinTaken: paths.includes('-') });
    await session.call(routes.confirmBatch, { params, body: { fileIds: ready.map(({ id }) => id) } });
  } catch (error) {
    // Nothing was confirmed: the files are not left behind.
    await session.call(routes.discardBatch, { params, signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    throw error;
  }
  return tellOutcome(session, batchId);
}

async function tellOutcome(session: Session, batchId: string): Promise<number> {
  const done = await settledBatch(session, batchId, ({ counts }) => counts.working === 0);
  for (const file of done.files) {
    const { errStyle: style } = session.context.terminal;
    if (file.verdict === 'done') session.say(style.green(`✓ ${nameOf(file)}: ${outcomeWords(file)}`));
    if (file.verdict === 'failed') session.say(style.red(`✕ ${nameOf(file)}: ${printable(outcomeWords(file))}`));
  }
  const { counts } = done;
  await session.call(routes.discardBatch, { params: { batchId } });
  session.answer(done, () => [batchWords(done)]);
  return counts.done === counts.files ? ExitCode.done : ExitCode.refused;
}

/** A file that can't be a token is listed all the same, like every other problem. */
async function send(session: Session, batchId: string, path: string): Promise<void> {
  const size =
    path === '-'
      ? null
      : await stat(path).then(
          (found) => (found.isFile() ? found.size : null),
          () => null,
        );
  const isTooBig = size !== null && size > MAX_TOKEN_FILE_BYTES;
  const { bytes, name } = isTooBig
    ? { bytes: new Uint8Array(), name: basename(path) }
    : await readTokenFile(path, session.context.stdin);
  await session.call(routes.addBatchFile, {
    params: { batchId },
    query: { ...(name !== null && { fileName: name }), ...(isTooBig && { size: String(size) }) },
    body: bytes,
  });
}

async function settledBatch(session: Session, batchId: string, settled: (batch: Batch) => boolean): Promise<Batch> {
  let told = '';
  for (;;) {
    const batch = await session.call(routes.getBatch, { params: { batchId } });
    if (settled(batch)) return batch;
    const words = batchWords(batch);
    if (words !== told) session.say(words);
    told = words;
    await pauseFor(ASK_EVERY_MS, session.context.signal);
  }
}

/** Of new locations that nobody else manages. Without a mode, what is ours is managed and the rest watched. */
async function withMode(session: Session, batch: Batch, mode: Mode | undefined): Promise<Batch> {
  const free = batch.files.filter(
    ({ act, verdict, identity }) => act === 'add' && verdict === 'ready' && identity?.claim.state !== 'foreign',
  );
  if (mode === undefined || free.length === 0) return batch;
  return session.call(routes.changeBatchFiles, {
    params: { batchId: batch.id },
    body: { fileIds: free.map(({ id }) => id), mode },
  });
}

const nameOf = (file: BatchFile) => file.identity?.locationName ?? file.fileName ?? 'a file without a name';

function batchLines({ context: { terminal } }: Session, files: readonly BatchFile[]): string[] {
  const { style, width } = terminal;
  const columns = [
    { title: 'File', min: 20, least: 12 },
    { title: 'Location', min: 12, least: 8 },
    { title: 'Belongs to', min: 16, spare: 1 },
    { title: 'Expires', min: 11 },
    { title: '', min: 24, least: 16, wraps: true },
  ];
  const rows = files.map((file) => {
    const place = placeOfFile(file);
    const isReady = file.verdict === 'ready';
    return [
      { text: printable(file.fileName ?? '-') },
      { text: file.identity === null ? '' : nameOf(file) },
      { text: belongsTo(file, place) },
      { text: file.identity?.expiresAt == null ? '' : shortDate(file.identity.expiresAt) },
      { text: `${isReady ? '✓' : '✕'} ${printable(outcomeWords(file))}`, paint: isReady ? style.green : style.red },
    ];
  });
  return tableLines(columns, rows, width, style.bold) ?? rows.map((cells) => cells.map(({ text }) => text).join('  '));
}

function belongsTo({ token }: BatchFile, place: ReturnType<typeof placeOfFile>): string {
  if (token !== null) return `${token.organizationName} / ${token.policyName}`;
  if (place === null) return '';
  return place.created === null ? place.place : `${place.place} (${place.created})`;
}

/** What can't be combined with many files. Errors: usage.arguments. */
export function refuseForMany({ takeOverFrom }: { takeOverFrom?: string | undefined }): void {
  if (takeOverFrom === undefined) return;
  throw refusal(
    'usage.arguments',
    '--take-over-from is for one file.',
    'Add that token alone: winesap tokens add ORGANIZATION/POLICY FILE --mode manage --take-over-from CLAIM-ID.',
  );
}
