/**
 * Who may import whom. The order of the rooms comes from src/journey.cjs; docs/architecture.md says why.
 * Every rule has a planted violation in test/architecture/planted/<rule name>/, and a test that it bites.
 */
const path = require('node:path');
const rooms = require('./src/journey.cjs').map(({ room }) => room);

const anyOf = (names) => `(${names.join('|')})`;
const anyRoom = `^src/${anyOf(rooms)}/`;
/** The dossier is a shape and nothing else: rules may speak of it, and it is held to what they are held to. */
const pure = [
  '^src/(money|calendar|law|words)/',
  '[.]rules[.]ts$',
  '^src/documents/(dossier|purchase)[.]ts$',
];
const entryPoints = ['^src/(main|worker|start|cli|app[.]module)[.]ts$', '^src/(cli|processes)/'];
/** The packages that pure code may use: they compute, and touch neither disk, network nor clock. */
const purePackages = ['stdnum', 'n2words'];
const npmPackage = (names) => `(^|/)node_modules/${anyOf(names)}/|^${anyOf(names)}(/|$)`;

/** A library whose habits must not spread: one folder of platform knows it, the others know that folder. */
const confined = (name, packages, folder) => ({
  name,
  comment: `${packages.join(' and ')} may be imported only in src/platform/${folder}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/platform/${folder}/` },
  to: { path: npmPackage(packages) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'pure-imports-only-pure',
      comment:
        'Money, calendar, law, words and *.rules.ts can be read and checked alone: they import only one another.',
      severity: 'error',
      from: { path: pure },
      to: { path: '^src/', pathNot: pure },
    },
    {
      name: 'pure-touches-no-framework-and-no-io',
      comment: `Pure code imports no Node module and no package other than: ${purePackages.join(', ')}.`,
      severity: 'error',
      from: { path: pure },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
        pathNot: npmPackage(purePackages),
      },
    },
    {
      name: 'platform-imports-no-room',
      comment: 'The plumbing knows no room: a room hands it what it needs.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: anyRoom },
    },
    ...rooms.slice(0, -1).map((room, position) => ({
      name: 'room-imports-no-downstream-room',
      comment:
        'A room knows the rooms before it in src/journey.cjs. To get work done downstream, request a job.',
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/${anyOf(rooms.slice(position + 1))}/` },
    })),
    {
      name: 'room-imports-only-open-files-of-a-room',
      comment:
        'Another room offers its service, queries, entity, rules, module and dto files; the rest is its own.',
      severity: 'error',
      from: { path: anyRoom },
      to: {
        path: anyRoom,
        pathNot: ['^src/$1/', '[.](service|queries|entity|rules|module|dto|import|messages)[.]ts$'],
      },
    },
    {
      name: 'nobody-imports-an-entry-point',
      comment: 'The processes, the commands and AppModule wire everything, so nothing may depend on them.',
      severity: 'error',
      from: { path: '^src/', pathNot: entryPoints },
      to: { path: entryPoints },
    },
    {
      name: 'protection-stays-out-of-bids-awards-documents',
      comment:
        'Why a lot is protected may not weigh on who wins it, nor be printed in a file that bidders read ' +
        '(CCP L3 and L2152-7), and so for who was met before: protection and sourcing are out of reach there, and ' +
        'the checks of procedure and the control of gate, which read both. The words that a measure was chosen to ' +
        'print are read through one door, which tells nothing else.',
      severity: 'error',
      from: { path: '^src/(bids|awards|documents)/' },
      to: {
        path: '^src/((protection|sourcing)/|procedure/checks[.]|gate/)',
        pathNot: '^src/protection/(printed-clauses[.]queries|protection[.]module)[.]ts$',
      },
    },
    confined('pdfkit-only-in-platform-pdf', ['pdfkit'], 'pdf'),
    confined('docx-only-in-platform-docx', ['docx'], 'docx'),
    confined('exceljs-only-in-platform-xlsx', ['exceljs', 'yauzl', 'saxes'], 'xlsx'),
    confined('mail-libraries-only-in-platform-mail', ['nodemailer', 'postal-mime'], 'mail'),
    confined('queues-only-in-platform-jobs', ['bullmq', 'ioredis'], 'jobs'),
    {
      name: 'no-cycle',
      comment: 'A cycle is a missing room or a wrong arrow.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A file that imports nothing and that nothing imports is forgotten.',
      severity: 'error',
      from: { orphan: true, pathNot: [...entryPoints, '^src/journey[.]cjs$', '[.]d[.]ts$'] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'The imported file or package does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'src-imports-nothing-local-outside-src',
      comment: 'Only src is compiled: migrations, templates and tests are not modules of the product.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['local'], pathNot: '^src/' },
    },
    {
      name: 'no-dev-dependency',
      comment:
        'A devDependency is absent in production; its types alone may be imported, with `import type`.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-dependency',
      comment: 'A package that package.json does not name is there by luck.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    /** Types are knowledge too: `import type` counts. */
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
    },
  },
};
