import { ApiExtension, type OpenAPIObject } from '@nestjs/swagger';
import type { Route } from '../access/routes.js';
import { isApi, routePath } from './api-prefix.js';
import { problemName, type ProblemStatus } from './api-problems.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']> & {
  'x-halle-right'?: string;
  /** Refusals of this operation that the pipeline cannot know of. */
  'x-halle-refusals'?: readonly ProblemStatus[];
};

/** Declares refusals of one operation, beside those that follow from its route. */
export const ApiRefusals = (...statuses: ProblemStatus[]): MethodDecorator =>
  ApiExtension('x-halle-refusals', statuses);

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Clé propre à cet envoi, un UUID par exemple. Répété sous 24\u00a0heures avec la même clé, il rend le premier résultat ' +
    '(`Idempotency-Replayed: true`) sans rien refaire\u00a0; un autre envoi sous la même clé est refusé.',
  example: '019ab6f0-6f1e-7d40-9c55-3f1b8f0a2c11',
  schema: { type: 'string', minLength: 8, maxLength: 255 },
} as const;

/**
 * What every operation owes to the pipeline rather than to its controller, declared once and joined here: the right that
 * it asks for, the refusals that it may answer, the header that lets a POST be sent again.
 */
export function completeOperations(document: OpenAPIObject, routes: readonly Route[]): void {
  document.components = {
    ...document.components,
    parameters: { ...document.components?.parameters, IdempotencyKey: { ...IDEMPOTENCY_KEY } },
  };
  const byPlace = new Map(
    routes.map((route) => [`${route.method} ${templated(routePath(route.path))}`, route]),
  );
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation: Operation | undefined = item[method];
      if (!operation) continue;
      const route = byPlace.get(`${method.toUpperCase()} ${path}`);
      if (!route) throw new Error(`${method} ${path} is described but is no route`);
      if (route.publicReason !== undefined) operation.security = [];
      else if (route.key !== undefined) operation['x-halle-right'] = route.key;
      if (!isApi(path)) continue;
      const identified = route.publicReason === undefined;
      if (method === 'post' && identified)
        operation.parameters = [
          ...(operation.parameters ?? []),
          { $ref: '#/components/parameters/IdempotencyKey' },
        ];
      const own = operation['x-halle-refusals'] ?? [];
      delete operation['x-halle-refusals'];
      for (const status of [...refusalsOf(operation, method, identified), ...own])
        operation.responses[status] ??= { $ref: `#/components/responses/${problemName(status)}` };
    }
}

/** As routes are written, to as OpenAPI writes them: `/groups/:id` → `/groups/{id}`. */
const templated = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function refusalsOf(
  operation: Operation,
  method: (typeof METHODS)[number],
  identified: boolean,
): ProblemStatus[] {
  const parameters = (operation.parameters ?? []).filter((parameter) => 'in' in parameter);
  const has = (place: string): boolean => parameters.some((parameter) => parameter.in === place);
  const versioned = parameters.some(({ name }) => name === 'If-Match');
  const body = operation.requestBody !== undefined;
  const changes = method !== 'get';
  const repeatable = method === 'post' && identified;
  const when = (condition: boolean, ...statuses: ProblemStatus[]): ProblemStatus[] =>
    condition ? statuses : [];
  return [
    ...when(body || versioned || repeatable || has('query'), 400),
    ...when(identified, 401, 403),
    ...when(has('path'), 404),
    ...when(changes, 409),
    ...when(versioned, 412, 428),
    ...when(body, 413, 415),
    ...when(body || repeatable || has('query'), 422),
    429,
    500,
    503,
  ];
}
