import { basename } from 'node:path';
import type { RenewalPreview } from '@winesap/api';
import { changedFields, licenseWords, shortDate } from '@winesap/api/words';
import { printable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';
import { tableLines } from '../terminal/table.ts';
import type { JudgedFile } from './judge-files.ts';

/** Shows what each of many files would do, before the confirmation. */
export function judgedLines(files: readonly JudgedFile[], { style, width }: { style: Style; width: number }): string[] {
  const columns = [
    { title: 'File', min: 20, least: 12 },
    { title: 'Location', min: 12, least: 8 },
    { title: 'Organization', min: 12, spare: 1 },
    { title: '', min: 24, least: 16, wraps: true },
  ];
  const names = shortNames(files.map(({ path }) => path));
  const rows = files.map(({ path, preview, problem }) => [
    { text: printable(names.get(path) ?? path) },
    { text: preview?.stored.locationName ?? '' },
    { text: preview?.stored.organizationName ?? '' },
    problem === null
      ? { text: previewWords(preview), paint: style.green }
      : { text: `✕ ${printable(problem.title)}`, paint: style.red },
  ]);
  return tableLines(columns, rows, width, style.bold) ?? rows.map((cells) => cells.map(({ text }) => text).join('  '));
}

/** `✓ until 22 Nov 2027 · Apple ID changes · licenses: 3 new, 1 gone` */
function previewWords(preview: RenewalPreview): string {
  const { expiresAt } = preview.fresh;
  const licenses = licenseWords(preview) ?? '';
  return [
    `✓ until ${expiresAt === null ? 'an unknown day' : shortDate(expiresAt)}`,
    ...changedFields(preview),
    ...(licenses === '' ? [] : [`licenses: ${licenses}`]),
  ].join(' · ');
}

/** Shows files by their names, with their folders if two have the same name. */
function shortNames(paths: readonly string[]): Map<string, string> {
  const alone = (path: string) => paths.filter((other) => basename(other) === basename(path)).length === 1;
  return new Map(paths.map((path) => [path, alone(path) ? basename(path) : path]));
}
