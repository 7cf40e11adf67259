import nunjucks from 'nunjucks';
import { escapeMarkdown } from './escape.js';
import { type Source, holds, placeholderFaults, unknownPlaceholder } from './placeholders.js';
import { TemplateError, type TemplateFault } from './template-error.js';

/** What compiled templates call at run time: four of its functions are replaced, for one template at a time. */
interface Runtime {
  suppressValue(value: unknown, autoescape: boolean): unknown;
  memberLookup(target: unknown, key: string): unknown;
  contextOrFrameLookup(context: unknown, frame: unknown, name: string): unknown;
  handleError(error: unknown, line: number, column: number): unknown;
}
/** What a template prints: texts, numbers, and what Nunjucks makes of them. */
interface Printed {
  toString(): string;
}
type Root = (env: unknown, context: unknown, frame: unknown, runtime: Runtime, done: unknown) => unknown;
interface Compiled {
  rootRenderFunc: Root;
  compile(): void;
  render(model: object): string;
}

const environment = new nunjucks.Environment(null, {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
});

/**
 * Fills the placeholders of a Markdown template. Every string is escaped for Markdown, so that no name can become bold,
 * a link, a cell or a heading; numbers are printed as they are; a missing or empty value is an error, never a blank.
 *
 * @throws {TemplateError} naming the file, the line and the placeholder, for each unknown one
 */
export const fillMarkdown = (source: Source, model: object): string => fill(source, model, escapeMarkdown);

/** The same for a line of plain text, such as a title: nothing to escape. */
export const fillPlain = (source: Source, model: object): string => fill(source, model, (text) => text);

function fill(source: Source, model: object, escape: (text: string) => string): string {
  const faults = placeholderFaults(source, model);
  if (faults.length > 0) throw new TemplateError(faults);
  const compiled = new nunjucks.Template(source.text, environment, source.file, true) as unknown as Compiled;
  const watch = new Watch(source, escape);
  const original = compiled.rootRenderFunc;
  compiled.rootRenderFunc = (env, context, frame, runtime, done) =>
    original(env, context, frame, watch.over(runtime), done);
  try {
    return compiled.render(model);
  } catch (error) {
    // Nunjucks wraps what a template throws.
    throw watch.failure ? new TemplateError([watch.failure]) : error;
  }
}

/** Looks at each value that a template reads while it is filled, knowing where it was found. */
class Watch {
  failure: TemplateFault | undefined;
  /** Where each object met so far was found, to name a placeholder in full. */
  private readonly paths = new WeakMap<object, string>();
  private last = '';

  constructor(
    private readonly source: Source,
    private readonly escape: (text: string) => string,
  ) {}

  over(runtime: Runtime): Runtime {
    return {
      ...runtime,
      contextOrFrameLookup: (context, frame, name) =>
        this.seen(name, runtime.contextOrFrameLookup(context, frame, name)),
      memberLookup: (target, key) => {
        const found =
          typeof target === 'object' && target !== null ? (this.paths.get(target) ?? '…') : this.last;
        return this.seen(
          `${found}.${key}`,
          holds(target, key) ? runtime.memberLookup(target, key) : undefined,
        );
      },
      suppressValue: (value) => {
        if (value === undefined || value === null)
          this.fail(
            this.last,
            `{{ ${this.last} }} n’a pas de valeur à écrire\u00a0: prévoir ce cas par {% if %}.`,
          );
        return this.escape((value as Printed).toString());
      },
      handleError: (error, line, column) => {
        if (this.failure?.line === null) this.failure = { ...this.failure, line: this.source.line + line };
        return runtime.handleError(error, line, column);
      },
    };
  }

  private seen(path: string, value: unknown): unknown {
    this.last = path;
    if (value === undefined) this.fail(path, unknownPlaceholder(path));
    if (typeof value === 'object' && value !== null) this.paths.set(value, path);
    if (Array.isArray(value))
      value.forEach((item: unknown, i) => {
        if (typeof item === 'object' && item !== null) this.paths.set(item, `${path}[${i}]`);
      });
    return value;
  }

  private fail(placeholder: string, sentence: string): never {
    this.failure = { file: this.source.file, line: null, placeholder, sentence };
    throw new TemplateError([this.failure]);
  }
}
