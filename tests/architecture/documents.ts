import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT, type SourceFile } from './source.ts';

/**
 * Returns a document's links and pictures that lead to no file of the repository. External addresses are not followed.
 */
export function deadLinks({ path, text }: SourceFile): string[] {
  return targetsOf(text)
    .filter((target) => !/^([a-z]+:|#|\/)/i.test(target))
    .map((target) => posix.join(posix.dirname(path), target.replace(/#.*$/, '')))
    .filter((target) => !existsSync(join(ROOT, target)))
    .map((target) => `${path} → ${target}`);
}

/** Returns `npm run x` commands whose scripts do not exist, in the root or, with `-w`, in a package. */
export function unknownScripts({ path, text }: SourceFile, scriptsOf: (folder: string) => Set<string>): string[] {
  return [...text.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)(?: (?:-w|--workspace) (packages\/[a-z-]+))?/g)]
    .filter(([, script = '', folder]) => !scriptsOf(folder ?? '.').has(script))
    .map(([command]) => `${path}: ${command}`);
}

/** Returns names of settings that no schema has. */
export function unknownSettings({ path, text }: SourceFile, known: ReadonlySet<string>): string[] {
  return [...new Set(text.match(/\bWINESAP_[A-Z]+(?:_[A-Z]+)*\b/g) ?? [])]
    .filter((name) => !known.has(name))
    .map((name) => `${path}: ${name}`);
}

/** Returns what a decision's page lacks. */
export function missingParts({ path, text }: SourceFile): string[] {
  const parts = ['Context', 'Decision', 'Consequences', 'Alternatives', 'References'].map((title) => `\n## ${title}\n`);
  const [number = ''] = posix.basename(path).split('-');
  const wanted = [`# ${number}. `, '\nStatus: ', ...parts];
  return wanted.filter((part) => !text.includes(part)).map((part) => `${path} lacks “${part.trim()}”`);
}

function targetsOf(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const pictures = [...prose.matchAll(/\b(?:src|srcset)="([^"\s]+)"/g)].map(([, target = '']) => target);
  return [...links, ...pictures];
}
