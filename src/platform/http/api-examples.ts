import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

interface Content {
  schema?: Schema;
  example?: unknown;
  examples?: unknown;
}

/**
 * Examples of the bodies that bring none, put together from the examples of their fields (`@ApiProperty({ example })`). A
 * body with an obligatory field that has none stays without: the linter says so.
 */
export function completeExamples(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const item of Object.values(document.paths))
    for (const operation of [item.get, item.post, item.put, item.patch, item.delete]) {
      if (!operation) continue;
      for (const body of [operation.requestBody, ...Object.values(operation.responses)]) {
        const json =
          body && 'content' in body ? (body.content?.['application/json'] as Content | undefined) : undefined;
        if (!json?.schema || json.example !== undefined || json.examples !== undefined) continue;
        const example = exampleOf(json.schema, schemas, 0);
        if (example !== undefined) json.example = example;
      }
    }
}

/** Deeper than any body of ours: a schema that holds itself ends here. */
const DEEPEST = 12;

function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>, depth: number): unknown {
  if (depth > DEEPEST) return undefined;
  // Null is an example too: of what may be absent.
  const given = schema.example === undefined ? (schema.examples?.[0] ?? schema.default) : schema.example;
  if (given !== undefined) return given;
  const inner = (other: Schema): unknown => exampleOf(other, schemas, depth + 1);
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.slice('#/components/schemas/'.length)];
    return named && inner(named);
  }
  if (schema.allOf?.length === 1) return inner(schema.allOf[0]!);
  // What may be null is shown with its value.
  if (schema.anyOf) return inner(schema.anyOf[0]!);
  if (schema.items) {
    const element = inner(schema.items);
    return element === undefined ? undefined : [element];
  }
  if (!schema.properties) return undefined;
  const fields = Object.entries(schema.properties).map(([name, field]) => [name, inner(field)] as const);
  const lacking = fields.some(([name, value]) => value === undefined && schema.required?.includes(name));
  return lacking ? undefined : Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
