/** Writes docs/openapi.json from the routes of the compiled program: `npm run openapi`. No database is needed. */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/app.module.js';
import { PROJECT_ROOT, readConfig } from '../../dist/platform/config/config.js';
import { describeApi } from '../../dist/platform/http/api-documentation.js';
import { placeRoutes } from '../../dist/platform/http/api-prefix.js';
import { createLogger } from '../../dist/platform/log/logger.js';

const runtime = { config: readConfig({}), databaseUrl: '' };
const log = createLogger({ logLevel: 'fatal' }, 'openapi', 2);
const app = await NestFactory.create(AppModule.for('http', runtime, log), { preview: true, logger: false });
placeRoutes(app);
writeFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), `${JSON.stringify(describeApi(app), null, 2)}\n`);
