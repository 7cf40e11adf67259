import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEXTS } from '../../src/cli/templates.js';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { TemplateError } from '../../src/platform/markdown/template-error.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { checkTemplates } from '../../src/platform/texts/check-templates.js';
import { endPrograms, type } from '../support/programs.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halle-templates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(endPrograms);

const SHIPPED = join(PROJECT_ROOT, 'templates', 'documents');
const own = (name: string, change: (text: string) => string): void =>
  writeFileSync(
    join(folder, `${name}.md.njk`),
    change(readFileSync(join(SHIPPED, `${name}.md.njk`), 'utf8')),
  );

test('every template that is shipped is a document, and has no fault', async () => {
  const templates = new Templates(null);
  expect(TEXTS.map(({ template }) => template).sort()).toEqual(templates.shipped());
  const report = await checkTemplates(templates, TEXTS);
  expect(report.faults).toEqual([]);
  expect(report.templates.every(({ version }) => /^\d+\+[0-9a-f]{12}$/.test(version!))).toBe(true);
}, 300_000);

test('a collectivité replaces one, and the command tells all that is wrong with its own, with the lines', async () => {
  own('synthesis', (text) => text.replace('version: 2', 'version: 7'));
  own('agreement', (text) => `${text}\n{{ coordinateur.nom }} et {{ memberCont }}\n`);
  own('needs-receipt', (text) => text.replace(/^articles:.*$/m, ''));
  copyFileSync(join(SHIPPED, 'synthesis.md.njk'), join(folder, 'syntese.md.njk'));
  const { code, stderr: told } = await type(['templates', 'check'], { HALLE_TEMPLATES: folder });
  const lines = readFileSync(join(folder, 'agreement.md.njk'), 'utf8').split('\n').length - 1;
  expect(code).toBe(1);
  expect(told).toContain(`synthesis, version 7+`);
  expect(told).toContain(`${join(folder, 'agreement.md.njk')}, ligne\u00a0${lines}\u00a0: {{ coordinateur`);
  expect(told).toContain('{{ memberCont }}');
  expect(told).toContain('articles');
  expect(told).toContain('syntese.md.njk');
  expect(told).toMatch(/^4 fautes à corriger/m);
  rmSync(join(folder, 'agreement.md.njk'));
  rmSync(join(folder, 'needs-receipt.md.njk'));
  rmSync(join(folder, 'syntese.md.njk'));
  const mended = await type(['templates', 'check'], { HALLE_TEMPLATES: folder });
  expect([mended.code, mended.stderr.includes('Aucune faute.')]).toEqual([0, true]);
  expect(mended.stderr).toContain('de la collectivité\u00a0: synthesis'.replace('\u00a0', ' '));
}, 300_000);

test('what is not text, or of another kind, is told as such', () => {
  writeFileSync(join(folder, 'synthesis.md.njk'), Buffer.from([0xff, 0xfe, 0x41]));
  expect(() => new Templates(folder).get('synthesis')).toThrow(TemplateError);
  own('synthesis', (text) => text.replace('kind: synthesis', 'kind: agreement'));
  expect(() => new Templates(folder).get('synthesis')).toThrow('«\u00a0kind: synthesis\u00a0»');
});
