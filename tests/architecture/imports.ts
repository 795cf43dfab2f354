import type { Node } from 'oxc-parser';
import type { SourceFile } from './source.ts';
import { parse, placeOf, walk } from './syntax.ts';

export interface Import {
  /** Null for an `import()` with a computed target, which can't be resolved. */
  specifier: string | null;
  kind: 'value' | 'type' | 'on-demand';
  place: string;
}

/** Returns everything that a file imports, including re-exports, `import()`, and types. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (node: Node, specifier: string | null, kind: Import['kind']) =>
    found.push({ specifier, kind, place: placeOf(file, node) });
  walk(parse(file), (node) => {
    switch (node.type) {
      case 'ImportDeclaration': {
        const types = node.specifiers.map((one) => one.type === 'ImportSpecifier' && one.importKind === 'type');
        const onlyTypes = node.importKind === 'type' || (types.length > 0 && types.every(Boolean));
        add(node, node.source.value, onlyTypes ? 'type' : 'value');
        return;
      }
      case 'ExportAllDeclaration':
        add(node, node.source.value, node.exportKind === 'type' ? 'type' : 'value');
        return;
      case 'ExportNamedDeclaration': {
        if (node.source === null) return;
        const onlyTypes = node.exportKind === 'type' || node.specifiers.every((one) => one.exportKind === 'type');
        add(node, node.source.value, onlyTypes ? 'type' : 'value');
        return;
      }
      case 'ImportExpression':
        add(node, textOf(node.source), 'on-demand');
        return;
      case 'TSImportType':
        add(node, textOf(node.source), 'type');
        return;
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && node.callee.name === 'require')
          add(node, node.arguments[0] === undefined ? null : textOf(node.arguments[0]), 'value');
    }
  });
  return found;
}

/** Returns a literal, even behind `as string`, which hides it from the type checker. */
function textOf(node: Node): string | null {
  if (node.type === 'TSAsExpression') return textOf(node.expression);
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}
