/**
 * Every setting that Halle reads from its environment, in one table. `docs/configuration.md` is checked against it.
 * Anything else named `HALLE_*` stops the start: a misspelt setting must never be silently ignored.
 */
export interface Setting<T> {
  readonly name: string;
  /** French sentence for operators. */
  readonly meaning: string;
  /** As written in the documentation. */
  readonly fallback: string;
  /** French words for what is expected, used when the value is refused. */
  readonly expected: string;
  /** Returns undefined when the text is not acceptable. */
  read(text: string): T | undefined;
  readonly defaultValue: T;
}

function integer(min: number, max: number) {
  return (text: string): number | undefined => {
    const value = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  };
}

function url(...protocols: string[]) {
  return (text: string): string | undefined =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined;
}

function oneOf<T extends string>(...values: T[]) {
  return (text: string): T | undefined => values.find((value) => value === text);
}

const setting = <T>(definition: Setting<T>): Setting<T> => definition;

export const SETTINGS = {
  port: setting<number>({
    name: 'PORT',
    meaning: 'Port HTTP.',
    fallback: '3000',
    expected: 'un nombre entier de 0 à 65535 (0 : un port libre)',
    read: integer(0, 65535),
    defaultValue: 3000,
  }),
  listen: setting<string>({
    name: 'HALLE_LISTEN',
    meaning: 'Adresse d’écoute HTTP. Mettre `0.0.0.0` derrière un mandataire ou dans un conteneur.',
    fallback: '127.0.0.1',
    expected: 'une adresse IP ou un nom d’hôte',
    read: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
    defaultValue: '127.0.0.1',
  }),
  trustedProxies: setting<number>({
    name: 'HALLE_TRUSTED_PROXIES',
    meaning: 'Mandataires de confiance devant Halle ; au-delà, `X-Forwarded-For` n’est pas cru.',
    fallback: '0',
    expected: 'un nombre entier de 0 à 10',
    read: integer(0, 10),
    defaultValue: 0,
  }),
  bodyLimitKb: setting<number>({
    name: 'HALLE_BODY_LIMIT_KB',
    meaning: 'Taille maximale du corps JSON d’une demande, en kibioctets.',
    fallback: '1024',
    expected: 'un nombre entier de 1 à 102400',
    read: integer(1, 102_400),
    defaultValue: 1024,
  }),
  rateLimit: setting<number>({
    name: 'HALLE_RATE_LIMIT',
    meaning: 'Demandes à l’API permises par minute et par appelant (jeton, personne, lien ou adresse IP).',
    fallback: '600',
    expected: 'un nombre entier de 1 à 1000000',
    read: integer(1, 1_000_000),
    defaultValue: 600,
  }),
  signInLimit: setting<number>({
    name: 'HALLE_SIGN_IN_LIMIT',
    meaning: 'Envois permis par minute et par adresse IP sur les routes sans compte (connexion, invitation).',
    fallback: '10',
    expected: 'un nombre entier de 1 à 10000',
    read: integer(1, 10_000),
    defaultValue: 10,
  }),
  databaseUrl: setting<string | null>({
    name: 'DATABASE_URL',
    meaning: 'PostgreSQL à utiliser. Sans elle : PostgreSQL embarqué, sous `HALLE_HOME`.',
    fallback: '(PostgreSQL embarqué)',
    expected: 'une adresse postgres://utilisateur:motdepasse@hôte:port/base',
    read: url('postgres:', 'postgresql:'),
    defaultValue: null,
  }),
  redisUrl: setting<string | null>({
    name: 'REDIS_URL',
    meaning: 'Redis des files de travaux. Sans elle : les files vivent dans PostgreSQL.',
    fallback: '(files dans PostgreSQL)',
    expected: 'une adresse redis://hôte:port ou rediss://hôte:port',
    read: url('redis:', 'rediss:'),
    defaultValue: null,
  }),
  smtpUrl: setting<string | null>({
    name: 'SMTP_URL',
    meaning: 'Serveur d’envoi de courriels. Sans lui : ni invitation ni connexion par courriel.',
    fallback: '(aucun)',
    expected: 'une adresse smtp://hôte:port ou smtps://hôte:port',
    read: url('smtp:', 'smtps:'),
    defaultValue: null,
  }),
  mailFrom: setting<string>({
    name: 'HALLE_MAIL_FROM',
    meaning: 'Expéditeur des courriels.',
    fallback: 'Halle <halle@localhost>',
    expected: 'une adresse, ou « Nom <adresse> »',
    read: (text) => (/^[^\s@<>]+@[^\s@<>]+$|^[^<>\r\n]+<[^\s@<>]+@[^\s@<>]+>$/.test(text) ? text : undefined),
    defaultValue: 'Halle <halle@localhost>',
  }),
  publicUrl: setting<string | null>({
    name: 'HALLE_PUBLIC_URL',
    meaning: 'Adresse sous laquelle les personnes atteignent Halle : celle des liens envoyés.',
    fallback: '(cette machine, au port de `PORT`)',
    expected: 'une adresse https://nom ou http://nom, sans barre oblique à la fin',
    read: (text) => (url('http:', 'https:')(text) !== undefined && !text.endsWith('/') ? text : undefined),
    defaultValue: null,
  }),
  home: setting<string>({
    name: 'HALLE_HOME',
    meaning: 'Dossier des données embarquées.',
    fallback: '.halle (dans le dossier du projet)',
    expected: 'un chemin de dossier',
    read: (text) => text,
    defaultValue: '.halle',
  }),
  templates: setting<string | null>({
    name: 'HALLE_TEMPLATES',
    meaning: 'Dossier des modèles de documents de la collectivité, qui remplacent ceux de Halle.',
    fallback: '(les modèles de Halle)',
    expected: 'un chemin de dossier',
    read: (text) => text,
    defaultValue: null,
  }),
  logLevel: setting<'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'>({
    name: 'HALLE_LOG_LEVEL',
    meaning: 'Niveau du journal technique (JSON sur la sortie standard).',
    fallback: 'info',
    expected: 'fatal, error, warn, info, debug ou trace',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace'),
    defaultValue: 'info',
  }),
  databasePool: setting<number>({
    name: 'HALLE_DATABASE_POOL',
    meaning: 'Connexions à PostgreSQL ouvertes au plus par processus, hors files de travaux.',
    fallback: '10',
    expected: 'un nombre entier de 2 à 100',
    read: integer(2, 100),
    defaultValue: 10,
  }),
  jobConcurrency: setting<number>({
    name: 'HALLE_JOB_CONCURRENCY',
    meaning: 'Travaux menés de front par processus de travail.',
    fallback: '2',
    expected: 'un nombre entier de 1 à 32',
    read: integer(1, 32),
    defaultValue: 2,
  }),
  jobLockSeconds: setting<number>({
    name: 'HALLE_JOB_LOCK_SECONDS',
    meaning: 'Délai sans nouvelle d’un travailleur après lequel son travail est repris par un autre.',
    fallback: '30',
    expected: 'un nombre entier de 2 à 600',
    read: integer(2, 600),
    defaultValue: 30,
  }),
  jobQueue: setting<string>({
    name: 'HALLE_JOB_QUEUE',
    meaning: 'Nom de la file, pour que deux installations partagent un même Redis sans se mêler.',
    fallback: 'halle',
    expected: 'des lettres minuscules, chiffres ou tirets',
    read: (text) => (/^[a-z0-9-]{1,60}$/.test(text) ? text : undefined),
    defaultValue: 'halle',
  }),
  requireTools: setting<boolean>({
    name: 'HALLE_REQUIRE_TOOLS',
    meaning: 'Essais seulement : `1` interdit de sauter un essai parce qu’un programme manque.',
    fallback: '0',
    expected: '0 ou 1',
    read: (text) => (text === '1' ? true : text === '0' ? false : undefined),
    defaultValue: false,
  }),
} as const;
