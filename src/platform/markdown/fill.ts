import nunjucks from 'nunjucks';
import { escapeMarkdown } from './escape.js';
import { PlaceholderError, checkPlaceholders } from './placeholders.js';

/** What compiled templates call at run time: two of its functions are replaced, for one template at a time. */
interface Runtime {
  suppressValue(value: unknown, autoescape: boolean): unknown;
  memberLookup(target: unknown, key: string): unknown;
  contextOrFrameLookup(context: unknown, frame: unknown, name: string): unknown;
  SafeString: new (text: string) => object;
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
 * @throws {PlaceholderError} naming the placeholder and the template
 */
export const fillMarkdown = (template: string, source: string, model: object): string =>
  fill(template, source, model, escapeMarkdown);

/** The same for a line of plain text, such as a title: nothing to escape. */
export const fillPlain = (template: string, source: string, model: object): string =>
  fill(template, source, model, (text) => text);

function fill(template: string, source: string, model: object, escape: (text: string) => string): string {
  checkPlaceholders(template, source, model);
  const compiled = new nunjucks.Template(source, environment, template, true) as unknown as Compiled;
  const original = compiled.rootRenderFunc;
  /** Where each object met so far was found, to name a placeholder in full. */
  const paths = new WeakMap<object, string>();
  let last = '';
  /** Kept here because Nunjucks wraps what a template throws. */
  let failure: PlaceholderError | undefined;
  const fail = (path: string, reason?: string): never => {
    failure = new PlaceholderError(path, template, reason);
    throw failure;
  };
  const seen = (path: string, value: unknown): unknown => {
    last = path;
    if (value === undefined) fail(path);
    if (typeof value === 'object' && value !== null) paths.set(value, path);
    if (Array.isArray(value))
      value.forEach((item: unknown, i) => {
        if (typeof item === 'object' && item !== null) paths.set(item, `${path}[${i}]`);
      });
    return value;
  };
  compiled.rootRenderFunc = (env, context, frame, runtime, done) =>
    original(
      env,
      context,
      frame,
      {
        ...runtime,
        contextOrFrameLookup: (scope, frames, name) =>
          seen(name, runtime.contextOrFrameLookup(scope, frames, name)),
        memberLookup: (target, key) => {
          const parent = typeof target === 'object' && target !== null ? (paths.get(target) ?? '…') : last;
          return seen(`${parent}.${key}`, runtime.memberLookup(target, key));
        },
        suppressValue: (value) => {
          if (value === undefined || value === null) fail(last, 'has no value to print');
          if (value instanceof runtime.SafeString) return value;
          return escape(String(value));
        },
      },
      done,
    );
  try {
    return compiled.render(model);
  } catch (error) {
    throw failure ?? error;
  }
}
