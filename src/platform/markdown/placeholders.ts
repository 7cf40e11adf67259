import nunjucks from 'nunjucks';

/** A placeholder that the model does not fill: the template or the model is wrong, and its name says where to look. */
export class PlaceholderError extends Error {
  constructor(
    readonly placeholder: string,
    readonly template: string,
    reason = 'is not in the model',
  ) {
    super(`template ${template}: {{ ${placeholder} }} ${reason}`);
    this.name = 'PlaceholderError';
  }
}

/** The parts of a Nunjucks node that are read here; the library ships no types for its syntax tree. */
interface Node {
  readonly typename: string;
  readonly fields: readonly string[];
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

const { parser } = nunjucks as unknown as { parser: { parse(source: string, e: [], o: object): Node } };
/** What a name stands for when one look at the model cannot tell: an element of an empty list, a computed value. */
const ANY = Symbol('any');
type Scope = Readonly<Record<string, unknown>>;

/**
 * Walks every branch of a template, taken or not, and looks each placeholder up in the model; in a loop, in its first
 * element. A typing error in a clause that today's figures do not call is found today.
 *
 * @throws {PlaceholderError}
 */
export function checkPlaceholders(template: string, source: string, model: object): void {
  const fail = (path: string): never => {
    throw new PlaceholderError(path, template);
  };

  const resolve = (node: Node, scope: Scope): { path: string; value: unknown } => {
    if (node.typename === 'Symbol') {
      const name = String(node.value);
      return name in scope ? { path: name, value: scope[name] } : fail(name);
    }
    if (node.typename !== 'LookupVal') {
      visit(node, scope);
      return { path: '…', value: ANY };
    }
    const target = resolve(node['target'] as Node, scope);
    const key = node['val'] as Node;
    if (key.typename !== 'Literal') {
      visit(key, scope);
      return { path: `${target.path}[…]`, value: ANY };
    }
    const path = `${target.path}.${String(key.value)}`;
    if (target.value === ANY || target.value === null) return { path, value: ANY };
    const parent = Object(target.value) as Record<string, unknown>;
    return String(key.value) in parent ? { path, value: parent[String(key.value)] } : fail(path);
  };

  const visit = (node: Node, scope: Scope): Scope => {
    if (node.typename === 'Symbol' || node.typename === 'LookupVal') {
      resolve(node, scope);
      return scope;
    }
    if (node.typename === 'For') {
      const list = resolve(node['arr'] as Node, scope).value;
      const first: unknown = Array.isArray(list) && list.length > 0 ? (list as unknown[])[0] : ANY;
      const loop = { loop: ANY, [String((node['name'] as Node).value)]: first };
      visit(node['body'] as Node, { ...scope, ...loop });
      if (node['else_']) visit(node['else_'] as Node, scope);
      return scope;
    }
    if (node.typename === 'Set') {
      const value = node['value'] ? resolve(node['value'] as Node, scope).value : ANY;
      const names = (node['targets'] as Node[]).map((target) => String(target.value));
      return { ...scope, ...Object.fromEntries(names.map((name) => [name, value])) };
    }
    if (node.typename === 'Filter') {
      visit(node['args'] as Node, scope);
      return scope;
    }
    let inner = scope;
    for (const child of childrenOf(node)) inner = visit(child, inner);
    return node.typename === 'NodeList' || node.typename === 'Root' ? inner : scope;
  };

  visit(parser.parse(source, [], { trimBlocks: true, lstripBlocks: true }), model as Scope);
}

function childrenOf(node: Node): Node[] {
  const own = Array.isArray(node['children']) ? (node['children'] as Node[]) : [];
  const operands = Array.isArray(node['ops']) ? (node['ops'] as { expr: Node }[]).map((op) => op.expr) : [];
  const fields = node.fields
    .map((field) => node[field])
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'typename' in value);
  return [...new Set([...own, ...fields, ...operands])];
}
