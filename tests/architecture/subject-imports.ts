import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import type { SourceFile } from './source.ts';

/** Returns imports from a subject to a higher one, within a layer or across layers. */
export function upwardImports(
  files: readonly SourceFile[],
  floors: readonly string[],
  subjects: readonly string[],
): string[] {
  const rank = (path: string): number => {
    const floor = floors.find((one) => path.startsWith(`${one}/`));
    if (floor === undefined) return -1;
    // A subject is a folder, or a single file.
    return subjects.indexOf((path.slice(floor.length + 1).split('/')[0] ?? '').replace(/\.ts$/, ''));
  };
  return files.flatMap((file) => {
    const from = rank(file.path);
    if (from === -1) return [];
    return importsOf(file).flatMap(({ specifier, place }) => {
      if (specifier === null || !specifier.startsWith('.')) return [];
      const target = posix.join(posix.dirname(file.path), specifier);
      return rank(target) > from ? [`${place} imports ${target}, which is higher`] : [];
    });
  });
}
