import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { type Fault, Refused } from '../refusals/refused.js';
import { escapedKey, isTooDeep, unkeepable } from './body-shape.js';
import { ofEach, SENTENCES } from './validation.messages.js';

/** What class-validator says of a constraint, as far as we read it. */
interface ConstraintUse {
  readonly target: unknown;
  readonly propertyName: string;
  readonly type: string;
  readonly name: string | undefined;
  readonly constraintCls: new () => unknown;
  readonly constraints: readonly unknown[] | undefined;
  readonly message: unknown;
  readonly each: boolean;
}

/** Carries what is wrong out of Nest's pipe, which does not tell its factory where the value came from. */
class Misshapen extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('misshapen request');
  }
}

/**
 * The shape of every request: unknown keys are refused, nothing is converted unless its class says so, and all the faults
 * are told at once, as one VALIDATION (422) with a JSON pointer each. A path that is misshapen names nothing: 404.
 */
@Injectable()
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      // What is left of the message is the decorator's own, if it brought one.
      dismissDefaultMessages: true,
      validationError: { target: true, value: false },
      exceptionFactory: (errors) => new Misshapen(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Nest hands everything here: what decorators of ours give is no part of the request.
    if (metadata.type === 'custom') return value;
    if (isTooDeep(value)) throw new Refused('BODY_TOO_DEEP');
    const place = metadata.type === 'query' ? 'query' : 'body';
    const texts = metadata.type === 'param' ? [] : unkeepable(value, place);
    try {
      const shaped = (await super.transform(value, metadata)) as unknown;
      if (texts.length === 0) return shaped;
    } catch (error) {
      if (!(error instanceof Misshapen)) {
        // A validator that stumbles on half a character says nothing of it: we do.
        if (texts.length > 0) throw new Refused('VALIDATION', texts.length).withFaults(texts);
        throw error;
      }
      if (metadata.type === 'param') throw new Refused('NOT_FOUND');
      const notAnObject = typeof value !== 'object' || value === null || Array.isArray(value);
      const faults =
        notAnObject && value !== undefined
          ? [{ in: place, pointer: '#', code: 'isObject', detail: SENTENCES['isObject']!([]) } as const]
          : [...texts, ...faultsOf(error.errors, place)];
      throw new Refused('VALIDATION', faults.length).withFaults(faults);
    }
    throw new Refused('VALIDATION', texts.length).withFaults(texts);
  }

  /** Query and path values stay the text that they are: only their class may convert them. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

/** Every fault, in the order of the fields, nested ones included. */
export function faultsOf(errors: readonly ValidationError[], place: Fault['in'], parent = '#'): Fault[] {
  return errors.flatMap((error) => {
    // An unknown value has no property: the fault is its parent's.
    const property = error.property as string | undefined;
    const pointer = property === undefined ? parent : `${parent}/${escapedKey(property)}`;
    const own = withoutEchoes(error.constraints ?? {}).map(([code, message]) => ({
      in: place,
      pointer,
      code,
      detail: message === '' || ENGLISH.has(code) ? sentence(error, code) : message,
    }));
    return [...own, ...faultsOf(error.children ?? [], place, pointer)];
  });
}

/** These always bring a message, in English. */
const ENGLISH = new Set(['nestedValidation', 'whitelistValidation']);

/** What a value must be before its length or its size can be spoken of. */
const TYPES = [
  ...['isDefined', 'isString', 'isInt', 'isNumber', 'isBoolean', 'isArray', 'isObject'],
  ...['isEmail', 'isUuid', 'isPlainDate'],
];

/** A value of the wrong type fails every constraint: only the first cause is told. */
function withoutEchoes(constraints: Readonly<Record<string, string>>): [code: string, message: string][] {
  const type = TYPES.find((code) => code in constraints);
  return type === undefined ? Object.entries(constraints) : [[type, constraints[type]!]];
}

function sentence(error: ValidationError, code: string): string {
  const say = SENTENCES[code];
  if (!say) throw new Error(`no French sentence for the constraint ${code} of ${error.property}`);
  const use = usesOf(error.target?.constructor).find(
    ({ propertyName, name }) => propertyName === error.property && name === code,
  );
  const text = say(use?.constraints ?? []);
  return use?.each ? ofEach(text) : text;
}

function usesOf(target: unknown): ConstraintUse[] {
  if (typeof target !== 'function') return [];
  return getMetadataStorage().getTargetValidationMetadatas(
    target,
    '',
    true,
    false,
  ) as unknown as ConstraintUse[];
}

/** Types of class-validator that constrain nothing by themselves. */
const SILENT = new Set(['conditionalValidation', 'whitelistValidation', 'promiseValidation']);

/**
 * Constraints of any request's shape that would be refused without a French sentence: they neither have one in the table
 * nor bring their own `message`. Reads class-validator's registry, which only grows when a file is imported.
 */
export function constraintsWithoutSentence(): string[] {
  const storage = getMetadataStorage();
  const registry = (storage as unknown as { validationMetadatas: Map<unknown, ConstraintUse[]> })
    .validationMetadatas;
  return [...registry.values()].flat().flatMap((use) => {
    const own = typeof use.message === 'function' || (typeof use.message === 'string' && use.message !== '');
    if (own || SILENT.has(use.type)) return [];
    const names =
      use.type === 'customValidation'
        ? storage.getTargetValidatorConstraints(use.constraintCls).map(({ name }) => name)
        : [use.type];
    const owner = typeof use.target === 'function' ? use.target.name : String(use.target);
    return names
      .filter((name) => !(name in SENTENCES))
      .map((name) => `${owner}.${use.propertyName}: the constraint ${name} has no French sentence`);
  });
}
