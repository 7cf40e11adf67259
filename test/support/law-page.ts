import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { frenchDate } from '../../src/calendar/plain-date.js';
import { BLOCKING_RULES } from '../../src/gate/blocking.rules.js';
import type { FigureRule } from '../../src/law/figure.js';
import { FIGURE_CODES, type FigureCode, FIGURES, isFigureCode } from '../../src/law/figures.js';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { figureWords } from '../../src/protection/levers-page.rules.js';

export const LAW_PAGE = join(PROJECT_ROOT, 'docs', 'law.md');

/** A rule as the source answers it: its code (`*` for what it is of), the articles it may cite, and where. */
export interface FoundRule {
  readonly code: string;
  readonly articles: readonly string[];
  readonly sources: readonly string[];
}

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .sort();
const textOf = (path: string): string => readFileSync(join(PROJECT_ROOT, path), 'utf8');

/** Figures live in these: to be named there is not to be used. */
const TABLES = /^src\/law\/figures/;
const SOURCES = filesOf('src', '.ts').filter((path) => !TABLES.test(path));
const SPECS = filesOf('test', '.spec.ts');

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const isArticle = (text: string): boolean =>
  /^(CCP|CGCT|CRPM|CE,|M57|loi|règlement intérieur|liberté contractuelle)/.test(text);

/** The texts that an expression may give: constants of its file are followed, `*` stands for what is not known here. */
function textsOf(node: ts.Expression | undefined, file: ts.SourceFile, depth = 0): string[] {
  if (node === undefined || depth > 4) return [];
  const follow = (next: ts.Expression): string[] => textsOf(next, file, depth + 1);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))
    return follow(node.expression);
  if (ts.isConditionalExpression(node)) return [...follow(node.whenTrue), ...follow(node.whenFalse)];
  if (ts.isTemplateExpression(node))
    return node.templateSpans.reduce<string[]>(
      (texts, { expression, literal }) => {
        const given = follow(expression);
        return texts.flatMap((text) =>
          (given.length > 0 ? given : ['*']).map((one) => text + one + literal.text),
        );
      },
      [node.head.text],
    );
  if (ts.isCallExpression(node) && node.expression.getText(file) === 'articleOf')
    return follow(node.arguments[0]!).flatMap((code) => (isFigureCode(code) ? [FIGURES[code].article] : []));
  if (ts.isElementAccessExpression(node) && ts.isObjectLiteralExpression(node.expression))
    return node.expression.properties.flatMap((of) =>
      ts.isPropertyAssignment(of) ? follow(of.initializer) : [],
    );
  // What another rule of the file gave: any article that the file names.
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'article') return articlesIn(file);
  if (ts.isIdentifier(node)) return textsOf(initializerOf(node), file, depth + 1);
  return [];
}

/** What the nearest declaration of that name gives. */
function initializerOf({ text, parent }: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node = parent; scope !== undefined; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    const found = scope.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .find(({ name }) => ts.isIdentifier(name) && name.text === text);
    if (found) return found.initializer;
  }
  return undefined;
}

function articlesIn(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText(file) === 'article' &&
      ts.isStringLiteralLike(node.initializer)
    )
      found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...new Set(found)];
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = node.properties.find((one) => one.name?.getText() === name);
  if (property === undefined) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** `{ rule, article }` written out, and calls of `rule('X', 'CCP L3')`. */
function rulesOf(path: string): { code: string; articles: string[] }[] {
  const file = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true);
  const found: { code: string; articles: string[] }[] = [];
  const keep = (codes: string[], articles: string[]) =>
    codes
      .filter((code) => CODE.test(code.replaceAll('*', 'X')))
      .forEach((code) => found.push({ code, articles: articles.filter(isArticle) }));
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const article = propertyOf(node, 'article');
      const figures = textsOf(propertyOf(node, 'code'), file).filter(isFigureCode);
      keep(
        textsOf(propertyOf(node, 'rule'), file),
        article ? textsOf(article, file) : figures.map((code) => FIGURES[code].article),
      );
    }
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'rule')
      keep(textsOf(node.arguments[0], file), textsOf(node.arguments[1], file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

let known: FoundRule[] | undefined;
/** Every rule that the source answers, by code. */
export const foundRules = (): FoundRule[] => (known ??= readRules());

function readRules(): FoundRule[] {
  const rules = new Map<string, { articles: Set<string>; sources: Set<string> }>();
  for (const path of SOURCES)
    for (const { code, articles } of rulesOf(path)) {
      const rule = rules.get(code) ?? { articles: new Set(), sources: new Set() };
      articles.forEach((article) => rule.articles.add(article));
      rule.sources.add(path);
      rules.set(code, rule);
    }
  return [...rules]
    .map(([code, { articles, sources }]) => ({ code, articles: [...articles], sources: [...sources] }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

const texts = new Map<string, string>();
const cached = (path: string): string => {
  const text = texts.get(path) ?? textOf(path);
  texts.set(path, text);
  return text;
};
/** The files that name a code, whole; for `RESERVED_*`, those that name a code like it. */
const naming = (paths: readonly string[], code: string): string[] => {
  const pattern = new RegExp(`(?<![\\w])${code.replaceAll('*', String.raw`(?:[A-Z_]+|\$\{\w+\})`)}(?![\\w])`);
  return paths.filter((path) => pattern.test(cached(path)));
};
export const specsOf = (code: string): string[] => naming(SPECS, code);
export const usersOf = (code: FigureCode): string[] =>
  SOURCES.filter((path) => cached(path).includes(`'${code}'`));

/** The specs that name a figure, import a module that uses it, or name a rule of that module. */
export function specsUsing(code: FigureCode): string[] {
  const users = usersOf(code);
  const rules = foundRules().filter(({ sources }) => sources.some((path) => users.includes(path)));
  const ofRules = new Set(rules.flatMap((rule) => specsOf(rule.code)));
  const modules = users.map((path) => path.replace(/\.ts$/, '.js'));
  return SPECS.filter(
    (path) =>
      ofRules.has(path) ||
      cached(path).includes(`'${code}'`) ||
      modules.some((module) => cached(path).includes(`/${module}'`)),
  );
}

const cell = (texts: readonly string[]): string =>
  texts.join(', ').replaceAll('*', '…').replaceAll('|', '\\|') || '—';
const shown = (paths: readonly string[]): string =>
  cell(paths.map((path) => `\`${path.replace(/^(src|test)\//, '').replace(/(\.rules|\.spec)?\.ts$/, '')}\``));

function figureRow(code: FigureCode): string {
  const { label, unit, article, verified, values, source }: FigureRule = FIGURES[code];
  const told = values.map(([from, to, value]) =>
    [
      figureWords(unit, value),
      from === null ? '' : ` depuis le ${frenchDate(from)}`,
      to === null ? '' : ` jusqu’à la veille du ${frenchDate(to)}`,
    ].join(''),
  );
  return `| \`${code}\` | ${label} | ${article} | ${told.join(', ')} | ${verified ? '' : `**à vérifier** : `}${source} | ${shown(usersOf(code))} | ${shown(specsUsing(code))} |`;
}

const ruleRow = ({ code, articles, sources }: FoundRule): string =>
  `| \`${code}\` | ${code.startsWith('*') ? 'celui de la mesure' : cell(articles)} | ${shown(sources)} | ${shown(specsOf(code))} |`;

/** `docs/law.md`, from the tables of the law, the source and the tests. */
export async function lawPage(): Promise<string> {
  const page = `# Le droit dans Halle

Article, règle, code, essai : cette page est faite à partir du code et des essais, et un essai
(\`test/architecture/law-page.spec.ts\`) vérifie qu’elle leur est égale. \`npm run law\` la refait. Une règle ou un chiffre
sans essai qui le nomme fait échouer cet essai.

Le droit d’une consultation est celui du jour de l’envoi de l’avis, sinon du lancement (CCP R2121-3) ; celui du jour prévu
pour un aperçu. Les chiffres publiés depuis se lisent avec ceux-ci à \`GET /api/v1/law?on=AAAA-MM-JJ\` ; un administrateur
les ajoute par \`POST /api/v1/law\`. Ceux de l’Union valent jusqu’au 31 décembre 2027 : après, Halle ne devine rien et
répond que le droit n’est pas connu.

Ce qui est marqué **à vérifier** n’a pas pu être lu dans un texte officiel. Ne sont pas dans la table, faute de décret
trouvé : la dispense de 140 000 € annoncée pour les travaux au 1er janvier 2027, et les 140 000 € des achats innovants.

## Les seize règles qui bloquent une publication

| N° | Règle | Fondement | Ce qu’elle demande | Contrôles qui y répondent |
| --- | --- | --- | --- | --- |
${BLOCKING_RULES.map(({ number, code, article, asks, answeredBy }) => `| ${number} | \`${code}\` | ${article} | ${asks} | ${cell(answeredBy.map((rule) => `\`${rule}\``))} |`).join('\n')}

## Les contrôles

Une étoile vaut le nom de la mesure : \`RESERVED_DISABILITY_MENTION\` est \`*_MENTION\`.

| Règle | Fondement | Code (\`src/\`) | Essais (\`test/\`) |
| --- | --- | --- | --- |
${foundRules().map(ruleRow).join('\n')}

## Les chiffres

| Code | Ce que c’est | Article | Valeurs livrées | Source | Code (\`src/\`) | Essais (\`test/\`) |
| --- | --- | --- | --- | --- | --- | --- |
${FIGURE_CODES.map(figureRow).join('\n')}
`;
  const plain = page.replace(/[\u00a0\u202f]/gu, ' ');
  return format(plain, { ...(await resolveConfig(LAW_PAGE)), parser: 'markdown' });
}
