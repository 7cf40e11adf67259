import { escapeMarkdown, unescapeMarkdown } from '../../src/platform/markdown/escape.js';
import { TemplateError } from '../../src/platform/markdown/template-error.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { renderMarkdown } from '../../src/platform/markdown/render.js';
import { readTemplate, type Template } from '../../src/platform/markdown/template.js';
import type { Block, Paragraph, Special, Table } from '../../src/platform/markdown/tree.js';
import { frenchTypography } from '../../src/platform/markdown/typography.js';

const template = (body: string): Template =>
  readTemplate(
    'essai',
    Buffer.from(`---\ntitle: Essai {{ nom }}\nkind: essai\nversion: 3\narticles: [L2113-6]\n---\n${body}`),
  );
const blocksOf = (body: string, model: object): readonly Block[] =>
  renderMarkdown(template(body), { nom: 'x', ...model }).blocks;

const HOSTILE = [
  '**gras** _italique_ `code` ~~barré~~',
  '| cellule | de | trop |',
  '<script>alert(1)</script> &amp; &#42;',
  '# Titre',
  '- liste',
  '1. liste',
  '> citation',
  '[lien](http://example.org) ![image](x.png)',
  '```chart',
  '---',
  '***',
  'fin \\',
  '\\| \\\\|',
  '"guillemets" et {{ accolades }} {% fin %}',
];

describe('strings of the model stay text, whatever they hold', () => {
  test.each(HOSTILE)('%s, alone in a paragraph', (value) => {
    const blocks = blocksOf('{{ valeur }}\n', { valeur: value });
    expect(blocks).toHaveLength(1);
    const [paragraph] = blocks as [Paragraph];
    expect(paragraph.type).toBe('paragraph');
    expect(paragraph.runs.map((run) => run.text).join('')).toBe(frenchTypography(value));
    expect(paragraph.runs.some((run) => run.bold || run.italic)).toBe(false);
  });

  test.each(HOSTILE)('%s, against the border of a cell', (value) => {
    const [table] = blocksOf('| A | B |\n|---|--:|\n|{{ valeur }}|2|\n', { valeur: value }) as [Table];
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]!.map((cell) => cell.text)).toEqual([frenchTypography(value), '2']);
  });

  test.each(HOSTILE)('%s, in the JSON of a special block', (value) => {
    const [special] = blocksOf('```figures\n[{"value": "{{ valeur }}"}]\n```\n', { valeur: value }) as [
      Special,
    ];
    expect(special.data).toEqual([{ value: frenchTypography(value) }]);
  });

  test('a line break in a cell becomes a space, and a no-break space is kept', () => {
    const [table] = blocksOf('| A |\n|---|\n| {{ valeur }} |\n', {
      valeur: 'un\r\ndeux\u2028trois\u00a04',
    }) as [Table];
    expect(table.rows).toEqual([[{ text: 'un deux trois\u00a04', bold: false }]]);
  });

  test('escaping loses nothing of a line', () => {
    for (const value of HOSTILE) expect(unescapeMarkdown(escapeMarkdown(value))).toBe(value);
  });
});

describe('every placeholder is in the model', () => {
  const failure = (body: string, model: object): unknown => {
    try {
      blocksOf(body, model);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test.each([
    ['{{ membre.nomm }}', { membre: { nom: 'Laval' } }, 'membre.nomm'],
    ['{{ titre }}', {}, 'titre'],
    ['{% for m in membres %}{{ m.ville }}{% endfor %}', { membres: [{ nom: 'Laval' }] }, 'm.ville'],
    ['{% if vrai %}{{ ok }}{% else %}{{ jamais.lu }}{% endif %}', { vrai: true, ok: 1 }, 'jamais'],
    ['{% for m in membres %}{{ m.b }}{% endfor %}', { membres: [{ b: 1 }, { a: 1 }] }, 'membres[1].b'],
  ])('%s names the placeholder and the template', (body, model, placeholder) => {
    const error = failure(body, model) as TemplateError;
    expect(error).toBeInstanceOf(TemplateError);
    expect(error.faults.map((fault) => fault.placeholder)).toContain(placeholder);
    expect(error.message).toContain(`{{ ${placeholder} }}`);
    expect(error.message).toContain('essai.md.njk, ligne');
  });

  test('null may be asked about, and not printed', () => {
    expect(failure('{% if a %}{{ a }}{% endif %}', { a: null })).toBeUndefined();
    expect((failure('{{ a }}', { a: null }) as Error).message).toContain(
      '{{ a }} n’a pas de valeur à écrire',
    );
  });
});

describe('what Markdown becomes', () => {
  test('headings, nested lists, gaps, breaks', () => {
    const blocks = blocksOf(
      '## Article 1\n\n2. un\n   - deux\n\n***\n\nVu **[À compléter : qui]** ici\n',
      {},
    );
    expect(blocks).toMatchObject([
      { type: 'heading', level: 2, text: 'Article\u00a01' },
      { type: 'list', start: 2, items: [[{ type: 'paragraph' }, { type: 'list', start: null }]] },
      { type: 'page-break' },
      {
        type: 'paragraph',
        runs: [
          { text: 'Vu ' },
          { text: '[À compléter\u00a0: qui]', gap: true, bold: true },
          { text: ' ici' },
        ],
      },
    ]);
  });

  test('columns: alignment, weights from the dashes, totals in bold', () => {
    const [table] = blocksOf('| A | B |\n|:------|--:|\n| **T** | 1 |\n', {}) as [Table];
    expect(table.columns).toEqual([
      { align: 'left', weight: 6 },
      { align: 'right', weight: 2 },
    ]);
    expect(table.rows[0]![0]).toEqual({ text: 'T', bold: true });
  });

  test('French typography moves spaces and never adds one', () => {
    expect(frenchTypography("L'avis : « oui » ; non ? 17:00 https://x lot 3, 20 %")).toBe(
      'L’avis\u00a0: «\u00a0oui\u00a0»\u202f; non\u202f? 17:00 https://x lot\u00a03, 20\u00a0%',
    );
    const [paragraph] = blocksOf("`l'avis : 1`\n", {}) as [Paragraph];
    expect(paragraph.runs[0]!.text).toBe("l'avis : 1");
  });

  test('an unknown construct or a block that is not JSON stops the rendering', () => {
    expect(() => blocksOf('```figures\n[oups]\n```\n', {})).toThrow('the block "figures" does not hold JSON');
    expect(() => readTemplate('nu', Buffer.from('# Titre\n'))).toThrow(
      'nu.md.njk, ligne\u00a01\u00a0: il manque l’en-tête',
    );
  });

  test('the version of a template follows its bytes', () => {
    expect(template('a').version).toMatch(/^3\+[0-9a-f]{12}$/);
    expect(template('a').version).not.toBe(template('b').version);
    expect(new Templates(null).get('agreement').kind).toBe('agreement');
  });
});
