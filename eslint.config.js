import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Besides the usual type-checked rules, this file forbids what would break a promise of docs/architecture.md:
 * configuration, clock, rounding, and the vocabulary of docs/glossary.md. test/architecture/source.spec.ts checks
 * that each of these bites. `no-restricted-syntax` and `no-restricted-properties` are replaced, not merged, by a later
 * block: each block below spells its whole list.
 */
const environment = {
  object: 'process',
  property: 'env',
  message: 'Only src/platform/config reads the environment.',
};
const now = { object: 'Date', property: 'now', message: 'Only src/platform/clock knows the time.' };
const binaryNumbers = [
  { object: 'Number', property: 'parseFloat' },
  { object: 'Math', property: 'round' },
  { property: 'toFixed' },
].map((entry) => ({ ...entry, message: 'Amounts are exact: see src/money.' }));

const clock = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: 'Only src/platform/clock knows the time.',
  },
];
const vocabulary = [
  {
    selector: 'Identifier[name=/local_?preference/i]',
    message: 'Preferring a local firm is unlawful: name the lever by its mechanism (docs/glossary.md).',
  },
  {
    selector:
      ':matches(Literal[value=/local_?preference/i], TemplateElement[value.raw=/local_?preference/i])',
    message: 'Preferring a local firm is unlawful: name the lever by its mechanism (docs/glossary.md).',
  },
  {
    selector:
      ':matches(ClassDeclaration, FunctionDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration)' +
      ' > Identifier.id[name=/(Manager|Helpers?|Utils?|Common|Shared)$/i]',
    message: 'Say what it does (docs/glossary.md).',
  },
];
const parseFloatCall = [
  { selector: 'CallExpression[callee.name="parseFloat"]', message: 'Amounts are exact: see src/money.' },
];
const entities = [
  {
    selector: 'Decorator Property[key.name=/^(eager|cascade)$/]',
    message: 'A command loads and saves what it names (docs/decisions/0002-typeorm-without-repositories.md).',
  },
  {
    selector: 'Property[key.name="synchronize"][value.value=true]',
    message: 'Only the SQL files of migrations/ change the schema.',
  },
];
const product = [...clock, ...vocabulary, ...parseFloatCall, ...entities];

const restrictedImports = {
  paths: [
    { name: 'node:process', importNames: ['env'], message: environment.message },
    { name: 'process', importNames: ['env'], message: environment.message },
    { name: '@nestjs/common', importNames: ['forwardRef'], message: 'A cycle is a wrong arrow.' },
    { name: '@nestjs/typeorm', importNames: ['InjectRepository'], message: 'See ADR 0002.' },
    {
      name: 'typeorm',
      importNames: [
        ...['OneToMany', 'Repository', 'EventSubscriber', 'AfterLoad'],
        ...['BeforeInsert', 'BeforeUpdate', 'BeforeRemove', 'AfterInsert', 'AfterUpdate', 'AfterRemove'],
      ],
      message: 'See ADR 0002: no repository, no reverse relation, no hook.',
    },
  ],
};

export default defineConfig(
  globalIgnores([
    'dist',
    'node_modules',
    'coverage',
    '.halle',
    'demo-output',
    'test/architecture/planted',
    'test/fixtures',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['process', 'console', 'Buffer', 'URL', 'performance', 'fetch', 'structuredClone', 'global'],
          ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'AbortSignal'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      /** A string spreads into code points, which is what is meant. */
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-mixed-enums': 'error',
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'error',
      '@typescript-eslint/no-useless-constructor': 'error',
      '@typescript-eslint/prefer-return-this-type': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
      /** Numbers (positions, counts) may be written in a sentence; objects may not. */
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: false, allowNullish: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      /** A class decorated for NestJS or TypeORM may be empty. */
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      /**
       * consistent-type-imports stays off: with emitDecoratorMetadata, a class named in a constructor must be
       * imported as a value, and `import type` there fails only when the process starts.
       */
      '@typescript-eslint/consistent-type-imports': 'off',
      /** An asynchronous signature may be asked by an interface. */
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'no-restricted-imports': ['error', restrictedImports],
      'no-restricted-properties': ['error', environment, now, ...binaryNumbers],
      'no-restricted-syntax': ['error', ...product],
    },
  },
  {
    files: ['src/platform/config/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-properties': ['error', now, ...binaryNumbers],
    },
  },
  {
    files: ['src/platform/clock/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', environment, ...binaryNumbers],
      'no-restricted-syntax': ['error', ...vocabulary, ...parseFloatCall, ...entities],
    },
  },
  {
    /** Points and column widths are drawn here, and the one conversion of an exact number to a cell's double. */
    files: ['src/platform/{pdf,xlsx}/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', environment, now],
      'no-restricted-syntax': ['error', ...clock, ...vocabulary, ...entities],
    },
  },
  {
    /** The groups of a regular expression that matched are there; the compiler cannot know. */
    files: ['src/{money,calendar}/**/*.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: false, allowNullish: true },
      ],
    },
  },
  {
    /** The commands speak to a terminal. */
    files: ['src/{cli,start}.ts', 'src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[property.name=/^(only|skip|todo)$/]' +
            ':matches([object.name=/^(describe|it|test)$/], [object.property.name="each"])',
          message: 'A test that does not run proves nothing; one that runs alone hides the others.',
        },
        {
          selector:
            'CallExpression[callee.name=/^(f|x)(describe|it|test)$/], CallExpression[callee.name="xtest"]',
          message: 'A test that does not run proves nothing; one that runs alone hides the others.',
        },
      ],
    },
  },
  {
    /** What depends on a program of the machine is skipped there, unless HALLE_REQUIRE_TOOLS asks for it. */
    files: ['test/support/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
