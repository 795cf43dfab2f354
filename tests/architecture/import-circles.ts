import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import type { SourceFile } from './source.ts';

/** Returns files that import each other in a circle, including types, each circle once: `a.ts → b.ts → a.ts`. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const targets = new Map(files.map((file) => [file.path, targetsOf(file)]));
  const circles = new Set<string>();
  const done = new Set<string>();
  const follow = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at !== -1) circles.add(named(way.slice(at)));
    if (at !== -1 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) if (targets.has(target)) follow(target, [...way, path]);
    done.add(path);
  };
  for (const path of targets.keys()) follow(path, []);
  return [...circles].sort();
}

function targetsOf(file: SourceFile): string[] {
  return importsOf(file).flatMap(({ specifier }) =>
    specifier === null || !specifier.startsWith('.') ? [] : [posix.join(posix.dirname(file.path), specifier)],
  );
}

/** Starts at the alphabetically first name, so that each circle has one form, wherever it is entered. */
function named(circle: readonly string[]): string {
  const first = circle.indexOf([...circle].sort()[0] ?? '');
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}
