import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { Config, RuntimeConfig } from '../platform/config/config.js';
import { tellFirstAdministrator } from './first-administrator.js';
import { configureHttp } from '../platform/http/pipeline.js';
import { type Logger, NestLogger } from '../platform/log/logger.js';

/** The address or the port cannot be had; the message is a French sentence that names the setting. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** Starts the HTTP server and listens. */
export async function startHttp(runtime: RuntimeConfig, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for('http', runtime, log), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
  await configureHttp(app, runtime, log);
  try {
    await app.listen(runtime.config.port, runtime.config.listen);
  } catch (error) {
    await app.close().catch(() => undefined);
    throw cannotListen(runtime.config, error);
  }
  const url = await app.getUrl();
  log.info({ url }, 'http ready');
  await tellFirstAdministrator(app, runtime.config.publicUrl ?? url);
  return app;
}

function cannotListen({ port, listen }: Config, error: unknown): CannotListen {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const [setting, reason] = refusalOf(code) ?? ['PORT, HALLE_LISTEN', message];
  return new CannotListen(`impossible d’écouter sur ${listen}, port ${port} (${setting}) : ${reason}.`, {
    cause: error,
  });
}

function refusalOf(code: string): [setting: string, reason: string] | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return ['PORT', 'un autre programme occupe ce port ; l’arrêter, ou choisir un autre port'];
    case 'EACCES':
      return ['PORT', 'ce compte n’a pas le droit de prendre ce port ; en choisir un au-dessus de 1023'];
    case 'EADDRNOTAVAIL':
    case 'EAI_AGAIN':
    case 'EINVAL':
    case 'ENOTFOUND':
      return [
        'HALLE_LISTEN',
        'ce n’est pas une adresse de cette machine ; écrire 127.0.0.1, ou 0.0.0.0 pour toutes ses adresses',
      ];
    default:
      return undefined;
  }
}
