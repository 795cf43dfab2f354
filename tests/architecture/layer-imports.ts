import { posix } from 'node:path';
import { type Import, importsOf } from './imports.ts';
import type { LayerRule, LayerTable } from './layers.ts';
import type { SourceFile } from './source.ts';

export interface LayerReport {
  violations: string[];
  /** `part → target` for every permission that is used. */
  used: Set<string>;
}

/** Compares the imports of the files below `root` with the table of their parts. */
export function layerReport(files: readonly SourceFile[], root: string, table: LayerTable): LayerReport {
  const report: LayerReport = { violations: [], used: new Set() };
  for (const file of files) {
    const part = partOf(posix.relative(root, file.path));
    const rule = table[part];
    if (rule === undefined) {
      report.violations.push(`${file.path} belongs to no part of the table`);
      continue;
    }
    for (const one of importsOf(file)) {
      const target = targetOf(file, one, root);
      if (target === null || partOf(target) === part) continue;
      const permission = permissionFor(rule, target, one.kind);
      if (permission === null) report.violations.push(`${one.place} imports ${target}${said(one)}`);
      else report.used.add(`${part} → ${permission}`);
    }
  }
  return report;
}

/** Returns unused permissions: a table that allows more than is used does not describe the code. */
export function unusedPermissions(table: LayerTable, { used }: LayerReport): string[] {
  return Object.entries(table)
    .flatMap(([part, rule]) => [...Object.keys(rule.imports), ...Object.keys(rule.types ?? {})].map((to) => [part, to]))
    .map(([part, target]) => `${part} → ${target}`)
    .filter((permission) => !used.has(permission));
}

function permissionFor(rule: LayerRule, target: string, kind: Import['kind']): string | null {
  const allowed = [...(kind === 'type' ? Object.keys(rule.types ?? {}) : []), ...Object.keys(rule.imports)];
  return allowed.find((one) => one === target) ?? allowed.find((one) => isBelow(target, one)) ?? null;
}

/** A star matches any one folder. */
function isBelow(target: string, folder: string): boolean {
  const [parts, names] = [target.split('/'), folder.split('/')];
  return parts.length > names.length && names.every((name, at) => name === '*' || name === parts[at]);
}

/** Returns a path within the package, or the name of a library; null for Node's own modules and unknown ones. */
function targetOf(file: SourceFile, { specifier }: Import, root: string): string | null {
  if (specifier === null || specifier.startsWith('node:')) return null;
  return specifier.startsWith('.') ? posix.relative(root, posix.join(posix.dirname(file.path), specifier)) : specifier;
}

/** Returns the first folder, or the file itself if there is none. Two files side by side are two parts. */
function partOf(path: string): string {
  const [first = ''] = path.split('/');
  return first;
}

function said({ kind }: Import): string {
  return kind === 'type' ? ' (a type)' : '';
}
