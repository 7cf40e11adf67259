import { parseArgs } from 'node:util';
import { UsageError } from './campaign-options.js';

interface Shape {
  /** Options that take a value. */
  readonly values: readonly string[];
  /** Options that take none. */
  readonly flags?: readonly string[];
  /** French names of the words expected after the action, in order. */
  readonly words?: readonly string[];
  readonly required?: readonly string[];
}

export interface Arguments {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly flags: ReadonlySet<string>;
  readonly words: readonly string[];
}

/**
 * Reads what follows an action: `halle user create --email …`.
 *
 * @throws {UsageError} with every problem
 */
export function readArguments(args: readonly string[], shape: Shape, usage: string): Arguments {
  const flags = shape.flags ?? [];
  const options: Record<string, { type: 'string' | 'boolean' }> = {};
  for (const name of shape.values) options[name] = { type: 'string' };
  for (const name of flags) options[name] = { type: 'boolean' };
  const { values, positionals } = parse(args, options, usage);
  const expected = shape.words ?? [];
  const problems = [
    ...expected.slice(positionals.length).map((word) => `Indiquer ${word}.`),
    ...positionals.slice(expected.length).map((word) => `Argument en trop : ${word}.`),
    ...(shape.required ?? [])
      .filter((name) => ((values[name] as string | undefined) ?? '').trim() === '')
      .map((name) => `Indiquer --${name}.`),
  ];
  if (problems.length > 0) throw new UsageError([...problems, usage]);
  return {
    values: Object.fromEntries(
      shape.values.map((name) => [name, (values[name] as string | undefined)?.trim()]),
    ),
    flags: new Set(flags.filter((name) => values[name] === true)),
    words: positionals,
  };
}

function parse(
  args: readonly string[],
  options: Record<string, { type: 'string' | 'boolean' }>,
  usage: string,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's messages are English; the option is what people need to know.
    const option = /'?(--?[\w-]+)/.exec((error as Error).message)?.[1] ?? '';
    const unknown = (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    throw new UsageError([
      unknown ? `Option inconnue : ${option}.` : `L’option ${option} est mal employée.`,
      usage,
    ]);
  }
}

/** @throws {UsageError} when it is no whole number of days within a year */
export function readDays(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const days = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (days >= 1 && days <= 366) return days;
  throw new UsageError([`--days : « ${text} » refusé ; attendu : un nombre entier de 1 à 366.`]);
}

/** @throws {UsageError} when it cannot be an address */
export function readEmail(text: string): string {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return text;
  throw new UsageError([`« ${text} » n’est pas une adresse électronique.`]);
}
