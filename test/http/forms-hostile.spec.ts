import { XLSX_TYPE } from '../../src/platform/http/file-body.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable, openCensus } from '../support/census.js';
import { HOSTILE } from '../support/hostile.js';

let world: World;
let officer: Holder;
let secretary: Holder;
let of: Census;
beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  of = await declarable(world.source, world.own);
  await openCensus(world.source, of);
});
afterAll(() => world.close());

/** Made first: a connection left alone while a file is made would be closed by the server. */
const NAMES = [
  'a zip bomb that says it is small',
  'a billion laughs',
  'macros',
  'a link to another workbook',
  'a PDF renamed',
  'a million rows',
];
const FILES = HOSTILE.filter(([known]) => NAMES.includes(known)).map(
  ([name, , make]) => [name, make()] as const,
);

test.each(['form/checks', 'form?mode=valid&token=x', 'form/annotated', 'all', 'history'])(
  'a hostile workbook is refused with its sentence: %s',
  async (route) => {
    const census = `/consultations/${of.consultationId}/needs-campaign`;
    const paths: Readonly<Record<string, string>> = {
      all: `${census}/form/checks`,
      history: `${census}/history?mode=valid`,
    };
    const path = paths[route] ?? `/consultations/${of.consultationId}/declarations/${of.buyerId}/${route}`;
    for (const [name, file] of FILES) {
      const response = await world.api(path, route in paths ? officer : secretary, {
        method: 'POST',
        body: file as BodyInit,
        headers: { 'Content-Type': XLSX_TYPE },
      });
      const { code, errors } = (await response.json()) as Problem;
      const large = response.status === 413;
      expect([name, code]).toEqual([name, large ? 'BODY_TOO_LARGE' : 'FORM_REFUSED']);
      if (!large) expect(errors![0]!.detail).toMatch(/^\p{Lu}.*\.$/u);
    }
  },
);

test('a file over the limit is refused before it comes', async () => {
  const response = await world.api(
    `/consultations/${of.consultationId}/needs-campaign/form/checks`,
    officer,
    {
      method: 'POST',
      body: Buffer.alloc(6 * 1024 * 1024),
      headers: { 'Content-Type': XLSX_TYPE },
    },
  );
  expect(response.status).toBe(413);
});
