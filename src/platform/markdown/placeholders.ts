import nunjucks from 'nunjucks';
import type { TemplateFault } from './template-error.js';

/** The parts of a Nunjucks node that are read here; the library ships no types for its syntax tree. */
interface Node {
  readonly typename: string;
  readonly fields: readonly string[];
  /** From 0. */
  readonly lineno?: number;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

/** A text with placeholders, and where it stands in its file. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Line of the file where the text begins. */
  readonly line: number;
}

interface Library {
  readonly parser: { parse(source: string, extensions: [], options: object): Node };
  readonly Environment: new (loader: null) => { readonly filters: object };
}

const { parser, Environment } = nunjucks as unknown as Library;
const FILTERS = new Environment(null).filters;
/** A template says one text from one model: nothing that reads other files, defines or calls. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  Include: 'include',
  Import: 'import',
  FromImport: 'from',
  Extends: 'extends',
  Block: 'block',
  Macro: 'macro',
  Caller: 'call',
  FunCall: '(…)',
};
/** What a name stands for when one look at the model cannot tell: an element of an empty list, a computed value. */
const ANY = Symbol('any');
type Scope = Readonly<Record<string, unknown>>;
interface Found {
  readonly path: string;
  readonly value: unknown;
}

export const unknownPlaceholder = (path: string): string =>
  `{{ ${path} }} n’est pas dans les données de ce document\u00a0: corriger le nom.`;

/** Own values, and the length of lists and texts: what JavaScript adds to every object is no value of a model. */
export const holds = (target: unknown, key: string): boolean =>
  typeof target === 'object' && target !== null
    ? Object.hasOwn(target, key)
    : typeof target === 'string' && key === 'length';

/**
 * Walks every branch of a template, taken or not, and looks each placeholder up in the model; in a loop, in its first
 * element. A typing error in a clause that today's figures do not call is found today.
 *
 * @returns everything wrong, in the order of the text
 */
export function placeholderFaults(source: Source, model: object): TemplateFault[] {
  const walk = new Walk(source);
  try {
    walk.visit(parser.parse(source.text, [], { trimBlocks: true, lstripBlocks: true }), model as Scope);
  } catch (error) {
    walk.tellSyntax(error);
  }
  return walk.faults;
}

class Walk {
  readonly faults: TemplateFault[] = [];

  constructor(private readonly source: Source) {}

  /** What a node declares for those after it, beside what it reads. */
  visit(node: Node, scope: Scope): Scope {
    const forbidden = FORBIDDEN[node.typename];
    if (forbidden !== undefined) {
      this.tell(
        node,
        null,
        `«\u00a0${forbidden}\u00a0» n’est pas permis dans un modèle de document\u00a0: l’écrire autrement.`,
      );
      return scope;
    }
    switch (node.typename) {
      case 'Symbol':
      case 'LookupVal':
        this.resolve(node, scope);
        return scope;
      case 'For':
        return this.loop(node, scope);
      case 'Set':
        return this.assignment(node, scope);
      case 'Is':
        this.visit(node['left'] as Node, scope);
        return scope;
      case 'Filter':
        this.filter(node, scope);
        return scope;
      default: {
        let inner = scope;
        for (const child of childrenOf(node)) inner = this.visit(child, inner);
        return node.typename === 'NodeList' || node.typename === 'Root' ? inner : scope;
      }
    }
  }

  /** The library tells the line of most errors of syntax, and no French. */
  tellSyntax(error: unknown): void {
    const { lineno, message } = error as { lineno?: number; message?: string };
    const line = lineno === undefined ? null : this.source.line + lineno;
    const sentence = `une balise {% … %} ou {{ … }} est mal écrite ou n’est pas fermée (${(message ?? '').split('\n').at(-1)!.trim()}).`;
    this.faults.push({ file: this.source.file, line, placeholder: null, sentence });
  }

  private resolve(node: Node, scope: Scope): Found {
    if (node.typename === 'Symbol') {
      const path = String(node.value);
      if (Object.hasOwn(scope, path)) return { path, value: scope[path] };
      return this.unknown(node, path);
    }
    if (node.typename !== 'LookupVal') {
      this.visit(node, scope);
      return { path: '…', value: ANY };
    }
    const target = this.resolve(node['target'] as Node, scope);
    const key = node['val'] as Node;
    if (key.typename !== 'Literal') {
      this.visit(key, scope);
      return { path: `${target.path}[…]`, value: ANY };
    }
    const name = String(key.value);
    const path = `${target.path}.${name}`;
    if (target.value === ANY || target.value === null) return { path, value: ANY };
    if (!holds(target.value, name)) return this.unknown(node, path);
    return { path, value: (target.value as Record<string, unknown>)[name] };
  }

  private loop(node: Node, scope: Scope): Scope {
    const list = this.resolve(node['arr'] as Node, scope).value;
    const first: unknown = Array.isArray(list) && list.length > 0 ? (list as unknown[])[0] : ANY;
    const inside = { loop: ANY, [String((node['name'] as Node).value)]: first };
    this.visit(node['body'] as Node, { ...scope, ...inside });
    if (node['else_']) this.visit(node['else_'] as Node, scope);
    return scope;
  }

  private assignment(node: Node, scope: Scope): Scope {
    const value = node['value'] ? this.resolve(node['value'] as Node, scope).value : ANY;
    const names = (node['targets'] as Node[]).map((target) => String(target.value));
    return { ...scope, ...Object.fromEntries(names.map((name) => [name, value])) };
  }

  private filter(node: Node, scope: Scope): void {
    const name = String((node['name'] as Node).value);
    if (!Object.hasOwn(FILTERS, name))
      this.tell(node, null, `le filtre «\u00a0${name}\u00a0» n’existe pas\u00a0: corriger son nom.`);
    this.visit(node['args'] as Node, scope);
  }

  private unknown(node: Node, path: string): Found {
    this.tell(node, path, unknownPlaceholder(path));
    return { path, value: ANY };
  }

  private tell(node: Node, placeholder: string | null, sentence: string): void {
    const { file, line } = this.source;
    this.faults.push({ file, line: line + (node.lineno ?? 0), placeholder, sentence });
  }
}

function childrenOf(node: Node): Node[] {
  const own = Array.isArray(node['children']) ? (node['children'] as Node[]) : [];
  const operands = Array.isArray(node['ops']) ? (node['ops'] as { expr: Node }[]).map((op) => op.expr) : [];
  const fields = node.fields
    .map((field) => node[field])
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'typename' in value);
  return [...new Set([...own, ...fields, ...operands])];
}
