import { posix } from 'node:path';
import { type PackageRule, TESTS_ONLY } from './import-table.ts';
import { type Import, importsOf } from './imports.ts';
import type { SourceFile } from './source.ts';

/** Compares the imports of a package's file with the table. Returns sentences. */
export function packageViolations(file: SourceFile, rule: PackageRule, all: readonly PackageRule[]): string[] {
  const inTest = !file.path.startsWith(`packages/${rule.folder}/src/`);
  return importsOf(file).flatMap((one) => {
    const problem = inTest ? problemInTest(one, rule, all) : problemInSource(one, rule, all);
    const outside = problem ?? leavesPackage(file, one, rule);
    return outside === null ? [] : [`${one.place} ${outside}`];
  });
}

function problemInSource(one: Import, rule: PackageRule, all: readonly PackageRule[]): string | null {
  if (one.specifier === null) return 'imports what only a running program knows; write the name out';
  const target = ourPackage(one.specifier, all);
  if (target === null || target === rule.name || rule.imports.includes(target)) return null;
  if (target === TESTS_ONLY) return `imports ${target}, which is for tests alone`;
  if (!rule.importsOnDemand?.includes(target)) return `imports ${target}; the table does not let ${rule.name} do so`;
  return one.kind === 'value' ? `imports ${target} at once; the table allows it on demand, by import()` : null;
}

function problemInTest(one: Import, rule: PackageRule, all: readonly PackageRule[]): string | null {
  if (rule.testsImport === 'anything' || one.specifier === null) return null;
  const target = ourPackage(one.specifier, all);
  if (target === null || target === rule.name) return null;
  if (rule.imports.includes(target) || rule.testsImport.includes(target)) return null;
  return `imports ${target}; the table does not let the tests of ${rule.name} do so`;
}

/** A path out of the package would bypass the table and the other package's exports. */
function leavesPackage(file: SourceFile, { specifier }: Import, { folder }: PackageRule): string | null {
  if (specifier === null || !specifier.startsWith('.')) return null;
  const target = posix.join(posix.dirname(file.path), specifier);
  return target.startsWith(`packages/${folder}/`) ? null : `imports ${target} by path, out of its package`;
}

function ourPackage(specifier: string, all: readonly PackageRule[]): string | null {
  return all.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))?.name ?? null;
}
