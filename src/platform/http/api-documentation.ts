import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { routesOf } from '../access/routes.js';
import { completeExamples } from './api-examples.js';
import { completeOperations } from './api-operations.js';
import { PROBLEM_SCHEMAS, problemResponses } from './api-problems.js';
import { API_TAGS } from './api-tags.js';

/** The cookie of a session opened by a person, for what describes it and what sets it. */
export const SESSION_COOKIE = 'halle_session';

const DESCRIPTION = `Groupements de commandes\u00a0: interface de programmation.

Les refus sont des \`application/problem+json\` (RFC\u00a09457)\u00a0: \`code\` est stable, \`detail\` est une phrase en français.
Un élément modifiable porte sa version (\`ETag\`), qu’une modification rappelle (\`If-Match\`). Un envoi (POST) accompagné
d’une \`Idempotency-Key\` peut être répété sans être refait. Les listes se lisent page à page, par le lien \`next\`.`;

/** The API's description, OpenAPI 3.1. Needs the routes of the application, not its services: a preview is enough. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Halle')
      .setDescription(DESCRIPTION)
      .setVersion('1')
      .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
      .addServer('/', 'Cette installation.')
      .addBearerAuth(
        { type: 'http', scheme: 'bearer', bearerFormat: 'opaque', description: 'Jeton d’un programme.' },
        'token',
      )
      .addCookieAuth(
        SESSION_COOKIE,
        { type: 'apiKey', in: 'cookie', description: 'Session d’une personne.' },
        'session',
      )
      .build(),
  );
  document.info.contact = { name: 'Halle' };
  document.security = [{ token: [] }, { session: [] }];
  document.components = {
    ...document.components,
    schemas: sorted({ ...document.components?.schemas, ...PROBLEM_SCHEMAS }),
    responses: problemResponses(),
  };
  const discovery = new DiscoveryService(app.get(ModulesContainer));
  completeOperations(document, routesOf(discovery, new MetadataScanner()));
  completeExamples(document);
  keepUsed(document);
  const used = new Set(
    Object.values(document.paths).flatMap((item) =>
      Object.values(item as Record<string, { tags?: string[] }>).flatMap(({ tags }) => tags ?? []),
    ),
  );
  document.tags = Object.entries(API_TAGS)
    .filter(([name]) => used.has(name))
    .map(([name, description]) => ({ name, description }));
  return document;
}

/** Leaves out the refusals and headers that no operation has: an unused declaration is a warning. */
function keepUsed(document: OpenAPIObject): void {
  // Twice the schemas: the first time leaves out Problem, and with it the only one that names Fault.
  for (const kind of ['responses', 'parameters', 'schemas', 'schemas'] as const) {
    const declared: Record<string, unknown> = document.components?.[kind] ?? {};
    const text = JSON.stringify({ paths: document.paths, components: document.components });
    const kept = Object.entries(declared).filter(([name]) => text.includes(`"#/components/${kind}/${name}"`));
    document.components = { ...document.components, [kind]: Object.fromEntries(kept) };
  }
}

const sorted = <T>(values: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));

/** `/api/docs` for people, `/api/openapi.json` for programs. */
export function serveApiDocumentation(app: INestApplication): void {
  // The documentation page styles itself inline; no other page may.
  app.use('/api/docs', (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'",
    );
    next();
  });
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Halle : interface de programmation',
  });
}
