import type { Node } from 'oxc-parser';
import type { SourceFile } from './source.ts';
import { parse, placeOf, walk } from './syntax.ts';

/**
 * Returns where Apple is asked while a transaction is open: inside the callback of `store.write` or `store.read`, or in
 * a function that receives a `tx` or a `view`. Also follows functions of the same files, by name.
 */
export function callsInTransactions(files: readonly SourceFile[]): string[] {
  const trees = files.map((file) => ({ file, program: parse(file) }));
  const askers = askingFunctions(trees.flatMap(({ program }) => functionsOf(program)));
  return trees.flatMap(({ file, program }) => {
    const places: string[] = [];
    const note = (open: Node) =>
      walk(open, (node) => {
        if (asksItself(node) || askers.has(calledName(node))) places.push(placeOf(file, node));
      });
    walk(program, (node) => {
      if (opensTransaction(node)) node.arguments.forEach(note);
    });
    for (const { node } of functionsOf(program)) if (isHanded(node, 'tx') || isHanded(node, 'view')) note(node);
    return [...new Set(places)];
  });
}

interface Named {
  name: string;
  node: Node;
}

/** Returns the functions that ask Apple, and transitively those that call them. */
function askingFunctions(functions: readonly Named[]): Set<string> {
  const askers = new Set<string>();
  for (let before = -1; before !== askers.size; ) {
    before = askers.size;
    for (const { name, node } of functions)
      walk(node, (inner) => {
        if (asksItself(inner) || askers.has(calledName(inner))) askers.add(name);
      });
  }
  return askers;
}

function functionsOf(program: Node): Named[] {
  const found: Named[] = [];
  walk(program, (node) => {
    if (node.type === 'FunctionDeclaration' && node.id !== null) found.push({ name: node.id.name, node });
    const isArrow = node.type === 'VariableDeclarator' && node.init?.type === 'ArrowFunctionExpression';
    if (isArrow && node.id.type === 'Identifier' && node.init) found.push({ name: node.id.name, node: node.init });
  });
  return found;
}

/** `deps.apple`, or any call on one of Apple's `location`s. */
function asksItself(node: Node): boolean {
  if (node.type === 'MemberExpression')
    return node.property.type === 'Identifier' && node.property.name === 'apple' && isDeps(node.object);
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  return node.callee.object.type === 'Identifier' && node.callee.object.name === 'location';
}

function isDeps(node: Node): boolean {
  return node.type === 'Identifier' && node.name === 'deps';
}

function calledName(node: Node): string {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' ? node.callee.name : '';
}

function opensTransaction(node: Node): node is Extract<Node, { type: 'CallExpression' }> {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  if (property.type !== 'Identifier' || !['read', 'write'].includes(property.name)) return false;
  return (
    object.type === 'MemberExpression' && object.property.type === 'Identifier' && object.property.name === 'store'
  );
}

function isHanded(node: Node, name: string): boolean {
  if (!('params' in node) || !Array.isArray(node.params)) return false;
  return node.params.some((one) => one.type === 'Identifier' && one.name === name);
}
