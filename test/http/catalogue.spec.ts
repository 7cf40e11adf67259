import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { CATALOGUE_LIMIT, itemCodeKey } from '../../src/items/items.rules.js';
import { XLSX_TYPE } from '../../src/platform/http/file-body.js';
import { type Holder, World } from '../accounts/world.js';
import { readSpreadsheet, recalculate } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';

let world: World;
let officer: Holder;
let consultationId: string;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
afterAll(() => world.close());
beforeEach(async () => {
  consultationId = randomUUID();
  await world.source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
    [consultationId, world.own.groupId, `Achats ${consultationId}`],
  );
});

const HEADER =
  'lot;intitule_lot;cpv;famille;forme;code_article;designation;unite;conditionnement;prix_unitaire_estime_ht;taux_tva;nature_m57';
const LOT = '1;Sel;34927100;fournitures;bons_de_commande';
const SOUND = [
  `${LOT};A-1;Sel en vrac;tonne;1;1 234,5;20;60633`,
  `${LOT};A-2;Sel en sac;sac;40;6,15;20;60633`,
];

const post = (bytes: string | Buffer, type = 'text/csv', query = '', headers = {}): Promise<Response> =>
  world.api(`/consultations/${consultationId}/catalogue${query}`, officer, {
    method: 'POST',
    body: bytes as BodyInit,
    headers: { 'Content-Type': type, ...headers },
  });
const etag = async (): Promise<string> => {
  const read = await world.api(`/consultations/${consultationId}/catalogue`, officer);
  return read.headers.get('etag')!;
};
/** By someone who has just read the catalogue. */
const send: typeof post = async (bytes, type, query, headers) =>
  post(bytes, type, query, { 'If-Match': await etag(), ...headers });
const csv = (...rows: string[]): string => [HEADER, ...rows, ''].join('\r\n');
interface Answer {
  code?: string;
  errors?: { pointer: string; detail: string; row: { line: number; column: string; value: string } }[];
  itemsCreated: { code: string }[];
  itemsChanged: { code: string; changes: unknown[] }[];
  itemsRemoved: { code: string }[];
  lotsCreated: unknown[];
  lotsChanged: unknown[];
}
const answer = async (response: Promise<Response>): Promise<[number, Answer]> => {
  const received = await response;
  return [received.status, (await received.json()) as Answer];
};
const items = async () =>
  world.source.query<
    { id: string; code: string; version: number; unit: string; unit_code: string; lot_id: string }[]
  >(
    `select id, code, version, unit, unit_code, lot_id from item where consultation_id = $1 order by position`,
    [consultationId],
  );
const take = async (file: string): Promise<Buffer> =>
  Buffer.from(await (await world.api(`/consultations/${consultationId}/${file}`, officer)).arrayBuffer());

describe('a catalogue sent as a file', () => {
  test('a rehearsal says everything and writes nothing; then it is done', async () => {
    const [status, outcome] = await answer(send(csv(...SOUND), 'text/csv', '?dryRun=true'));
    expect([status, outcome.itemsCreated.map(({ code }) => code), outcome.lotsCreated.length]).toEqual([
      200,
      ['A-1', 'A-2'],
      1,
    ]);
    expect(await items()).toEqual([]);
    expect(await answer(send(csv(...SOUND)))).toMatchObject([200, { dryRun: false, read: 2 }]);
    expect(await items()).toMatchObject([
      { code: 'A-1', unit: 'tonne', unit_code: 'TNE' },
      { code: 'A-2', unit: 'sac', unit_code: 'XBG' },
    ]);
    // By its code, wherever its row is.
    const [, next] = await answer(
      send(csv(`${LOT};A-3;Saumure;L;1;0,185;20;`, SOUND[0]!.replace('1 234,5', '95')), 'text/csv'),
    );
    expect(next).toMatchObject({
      itemsCreated: [{ code: 'A-3' }],
      itemsChanged: [
        { code: 'A-1', changes: [{ fact: 'prix unitaire estimé HT', before: '1234.5', after: '95' }] },
      ],
      itemsRemoved: [{ code: 'A-2' }],
      lotsChanged: [],
    });
  });

  test.each([
    [
      'Windows-1252 and commas',
      () =>
        iconv.encode(
          csv(...SOUND)
            .replaceAll('1 234,5', '1234.5')
            .replaceAll('6,15', '6.15')
            .replaceAll(';', ',')
            .replaceAll('Sel en', 'Œufs d’été à 5 € en'),
          'windows-1252',
        ),
    ],
    ['tabs', () => Buffer.from(csv(...SOUND).replaceAll(';', '\t'))],
    ['BOM', () => Buffer.from(`\ufeff${csv(...SOUND)}`)],
    ['UTF-16', () => Buffer.from(`\ufeff${csv(...SOUND)}`, 'utf16le')],
  ])('%s is understood', async (_, bytes) => {
    expect(await answer(send(bytes()))).toMatchObject([200, { read: 2 }]);
  });

  test('every fault is told at once, with row, column, value and what to write; nothing is written', async () => {
    const [status, refused] = await answer(
      send(
        csv(
          `${LOT};A-1;Sel;sacs de 25;1;1.234;19;60633`,
          `${LOT};A-1;Sel;T;0;cher;20;six`,
          '2;Plants;99999999;fournitures;bons_de_commande;B-1;;U;1;2;20;',
          '3;Gants;18141000-8;fournitures;bons_de_commande;C-1;Gants;paire;1;2;20;',
        ),
      ),
    );
    expect([status, refused.code]).toEqual([422, 'CATALOGUE_REFUSED']);
    expect(refused.errors!.map(({ pointer }) => pointer)).toEqual([
      '#/2/unite',
      '#/2/prix_unitaire_estime_ht',
      '#/2/taux_tva',
      '#/3/code_article',
      '#/3/conditionnement',
      '#/3/prix_unitaire_estime_ht',
      '#/3/nature_m57',
      '#/4/cpv',
      '#/4/designation',
      '#/5/cpv',
    ]);
    expect(refused.errors!.at(-1)!.detail).toBe(
      'La clé du code CPV 18141000 est 9, et non 8\u00a0: vérifier les 8\u00a0chiffres, puis écrire 18141000-9, ou le code sans sa clé.',
    );
    expect(refused.errors![0]).toMatchObject({
      detail: expect.stringContaining('Unité inconnue «\u00a0sacs de 25\u00a0»\u00a0: écrire sac (XBG)'),
      row: { line: 2, column: 'unite', value: 'sacs de 25' },
    });
    expect(refused.errors![1]!.detail).toContain('ambigu');
    expect(await items()).toEqual([]);
  });

  test('what is sent back as it was taken changes nothing, as CSV and as XLSX, which LibreOffice opens', async () => {
    await send(csv(`${LOT};=A;=1+1;tonne;1;1 234,5678;5,5;60633`, ...SOUND));
    const before = await items();
    const text = (await take('catalogue.csv')).toString('utf8');
    expect(text).toContain(";'=A;'=1+1;");
    const unchanged = {
      itemsCreated: [],
      itemsChanged: [],
      itemsRemoved: [],
      lotsCreated: [],
      lotsChanged: [],
    };
    expect(await answer(send(text))).toMatchObject([200, unchanged]);
    const workbook = await take('catalogue.xlsx');
    expect(readSpreadsheet(workbook).get('Bordereau')!.get('G3')).toMatchObject({
      value: '=1+1',
      formula: undefined,
    });
    expect(await answer(send(workbook, XLSX_TYPE))).toMatchObject([200, unchanged]);
    expect(await items()).toEqual(before);
    if (!requireTool('soffice')) return;
    // Last: it stops this process long enough for its connections to be closed.
    const [again] = recalculate([workbook]);
    expect(again!.get('Bordereau')!.get('J3')!.value).toBeCloseTo(1234.5678, 6);
  });

  test('files that are not what they say are refused in French, at once', async () => {
    const of = async (bytes: string | Buffer, type: string) => {
      const [status, { code, errors }] = await answer(send(bytes, type));
      return [status, code, errors?.[0]?.pointer];
    };
    expect(await of('', 'text/csv')).toEqual([400, 'FILE_EMPTY', undefined]);
    expect(await of('{}', 'application/json')).toEqual([415, 'FILE_TYPE_UNSUPPORTED', undefined]);
    expect(await of('PK\u0003\u0004 not a workbook', XLSX_TYPE)).toEqual([422, 'CATALOGUE_REFUSED', '#']);
    expect(await of(await take('catalogue.xlsx'), 'text/csv')).toEqual([422, 'CATALOGUE_REFUSED', '#/1']);
    expect(await of('lot;cpv\n1;2\n', 'text/csv')).toEqual([422, 'CATALOGUE_REFUSED', '#/1']);
    expect(await of(`${HEADER}\n`, 'text/csv')).toEqual([422, 'CATALOGUE_REFUSED', '#/1']);
    // Bytes that no encoding explains: they are not read with other letters in their place.
    const accents = csv(...SOUND).replaceAll('Sel en', 'Été');
    const cut = Buffer.from(accents).subarray(0, Buffer.from(accents).lastIndexOf(0xa9));
    expect(await of(cut, 'text/csv')).toEqual([422, 'CATALOGUE_REFUSED', '#/1']);
    expect(
      await of(Buffer.from(`\ufeff${csv(`${LOT};A-1;\ud800;T;1;2;20;`)}`, 'utf16le'), 'text/csv'),
    ).toEqual([...[422, 'CATALOGUE_REFUSED', '#/1']]);
    const marked = Buffer.concat([Buffer.from('\ufeff'), Buffer.from(accents, 'latin1')]);
    expect(await of(marked, 'text/csv')).toEqual([422, 'CATALOGUE_REFUSED', '#/1']);
    expect(await of(bomb(), XLSX_TYPE)).toEqual([422, 'CATALOGUE_REFUSED', '#']);
    expect(await of(Buffer.alloc(6 * 1024 * 1024, 'a'), 'text/csv')).toEqual([
      413,
      'BODY_TOO_LARGE',
      undefined,
    ]);
    // Elsewhere a body is JSON, as before.
    const elsewhere = await world.api('/me/tokens', officer, {
      method: 'POST',
      body: 'a;b',
      headers: { 'Content-Type': 'text/csv' },
    });
    expect(elsewhere.status).toBe(415);
  });

  test('an item is known by its code whatever the capitals, in the file and in the consultation', async () => {
    await send(csv(...SOUND));
    const [, { errors }] = await answer(send(csv(SOUND[0]!, SOUND[0]!.replace('A-1', 'a-1'))));
    expect(errors!.map(({ pointer, detail }) => [pointer, detail])).toEqual([
      [
        '#/3/code_article',
        'L’article A-1 figure déjà plus haut, et les majuscules ne distinguent pas deux codes\u00a0: supprimer la ligne en double, ou donner un autre code à l’article.',
      ],
    ]);
    const before = await items();
    expect(await answer(send(csv(SOUND[0]!.replace('A-1', 'a-1'), SOUND[1]!)))).toMatchObject([
      200,
      {
        itemsCreated: [],
        itemsRemoved: [],
        itemsChanged: [{ code: 'a-1', changes: [{ before: 'A-1', after: 'a-1' }] }],
      },
    ]);
    expect((await items()).map(({ id, code }) => [id, code])).toEqual([
      [before[0]!.id, 'a-1'],
      [before[1]!.id, 'A-2'],
    ]);
    // The last lock, for whoever writes by another way.
    await expect(
      world.source.query(`update item set code = 'A-2' where id = $1`, [before[0]!.id]),
    ).rejects.toMatchObject({ constraint: 'item_code_is_unique' });
    await expect(
      world.source.query(`update item set code = 'a-2' where id = $1`, [before[0]!.id]),
    ).rejects.toMatchObject({ constraint: 'item_code_is_unique' });
  });

  test('a cell with nothing to see is empty, one that changes the direction of reading is refused', async () => {
    const [, { errors }] = await answer(
      send(csv(`${LOT};A-1;\u200b\u00ad;T;1;2;20;`, `${LOT};A-2;Sel\u202enif;T;1;2;20;`)),
    );
    expect(errors!.map(({ pointer, detail }) => [pointer, detail])).toEqual([
      ['#/2/designation', 'La désignation manque\u00a0: renseigner la colonne designation.'],
      [
        '#/3/designation',
        'Ce texte contient un caractère invisible qui change le sens de lecture\u00a0: le retaper.',
      ],
    ]);
  });

  test('two codes are told apart by the same key in SQL as in the rules', async () => {
    const codes = ['VH-001', 'vh-001', 'É-1', 'E\u0301-1', 'œ 2', 'Œ 2', 'Ÿ', 'ÀÂÄÇÈÊËÎÏÔÖÙÛÜÆ', 'A_b.c/1'];
    const rows = await world.source.query<{ key: string }[]>(
      `select item_code_key(code) as key from unnest($1::text[]) with ordinality as given (code, place) order by place`,
      [codes],
    );
    expect(rows.map(({ key }) => key)).toEqual(codes.map(itemCodeKey));
  });

  test('an item with needs is neither removed nor rehearsed away', async () => {
    await send(csv(...SOUND));
    const [first] = await items();
    await world.source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) values ($1, $2, $3)`,
      [consultationId, first!.lot_id, world.own.buyerId],
    );
    await declareNeed(first!.id, first!.lot_id);
    for (const query of ['?dryRun=true', '']) {
      const [status, refused] = await answer(send(csv(SOUND[1]!), 'text/csv', query));
      expect([status, refused.code]).toEqual([422, 'INCONSISTENT']);
    }
    const removal = await world.api(`/items/${first!.id}`, officer, {
      method: 'DELETE',
      headers: { 'If-Match': `"${first!.version}"` },
    });
    expect([removal.status, ((await removal.json()) as { detail: string }).detail]).toEqual([
      422,
      expect.stringContaining('Des besoins sont déclarés'),
    ]);
  });

  test('the same key does it once', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await send(csv(...SOUND), 'text/csv', '', headers);
    const again = await send(csv(...SOUND), 'text/csv', '', headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await answer(send(csv(SOUND[0]!), 'text/csv', '', headers))).toMatchObject([
      422,
      { code: 'IDEMPOTENCY_MISMATCH' },
    ]);
  });
});

describe('items one by one', () => {
  const lotId = async (): Promise<string> => {
    await send(csv(...SOUND));
    return (await items())[0]!.lot_id;
  };
  const body = { code: 'B-1', designation: ' Sel  fin ', unit: 'Sacs', unitPrice: '6.15', vatRate: '5.5' };

  test('without a family of its own, has the nature of its lot’s family; never over one that was given', async () => {
    const lot = await lotId();
    await world.source.query(`update lot set purchase_family = 'vêtements de travail' where id = $1`, [lot]);
    const create = async (code: string, more: object) =>
      (await (await world.post(`/lots/${lot}/items`, officer, { ...body, code, ...more })).json()) as object;
    expect(await create('C-1', {})).toMatchObject({ m57Nature: '60636', m57Suggested: '60636' });
    expect(await create('C-2', { purchaseFamily: 'papier' })).toMatchObject({ m57Nature: '6064' });
    expect(await create('C-3', { m57Nature: '6068' })).toMatchObject({
      m57Nature: '6068',
      m57Suggested: '60636',
    });
  });

  test('created with the nature of its family, moved, changed under its version, removed', async () => {
    const lot = await lotId();
    const created = await world.post(`/lots/${lot}/items`, officer, {
      ...body,
      purchaseFamily: 'sel de déneigement',
      position: 1,
    });
    const item = (await created.json()) as { id: string; version: number };
    expect([created.status, item]).toMatchObject([
      201,
      {
        designation: 'Sel fin',
        unit: 'Sacs',
        unitCode: 'XBG',
        m57Nature: '60633',
        position: 1,
        packaging: '1',
      },
    ]);
    const list = (await (await world.api(`/lots/${lot}/items`, officer)).json()) as {
      items: { code: string }[];
    };
    expect(list.items.map(({ code }) => code)).toEqual(['B-1', 'A-1', 'A-2']);
    const change = (version: number, changes: object) =>
      world.api(`/items/${item.id}`, officer, {
        method: 'PATCH',
        body: JSON.stringify(changes),
        headers: { 'If-Match': `"${version}"` },
      });
    // Two people at once: one is told what the other did.
    const both = await Promise.all([change(1, { unitPrice: '7' }), change(1, { unitPrice: '8' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const stale = (await both.find(({ status }) => status === 412)!.json()) as {
      current: { version: number };
    };
    expect(stale.current.version).toBe(2);
    expect(await (await change(2, { position: 9, reuseShare: '20' })).json()).toMatchObject({
      position: 3,
      reuseShare: '20',
    });
    const gone = await world.api(`/items/${item.id}`, officer, {
      method: 'DELETE',
      headers: { 'If-Match': '"3"' },
    });
    expect(gone.status).toBe(204);
  });

  test('a consultation that holds as many as a file can bring back takes no other', async () => {
    const lot = await lotId();
    await world.source.query(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate,
                         m57_nature)
       select gen_random_uuid(), $1, $2, 1 + rank, 'V-' || rank, 'Vis', 'sac', '1', 1, 20, ''
       from generate_series(1, $3) as rank`,
      [consultationId, lot, CATALOGUE_LIMIT - (await items()).length],
    );
    const response = await world.post(`/lots/${lot}/items`, officer, { ...body, code: 'V-0' });
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
      409,
      'Cette consultation compte déjà 20\u202f000\u00a0articles, autant qu’un bordereau peut en avoir\u00a0: répartir l’achat entre plusieurs consultations.',
    ]);
  });

  test('each refusal says what to do', async () => {
    const lot = await lotId();
    const refusal = async (changes: object) => {
      const response = await world.post(`/lots/${lot}/items`, officer, { ...body, ...changes });
      const problem = (await response.json()) as {
        code: string;
        detail: string;
        errors?: { pointer: string; detail: string }[];
      };
      return [
        response.status,
        problem.code,
        problem.errors?.map(({ pointer }) => pointer),
        problem.detail,
        problem.errors?.[0]?.detail,
      ];
    };
    for (const code of ['A-1', 'a-1', '\u200ba-1 '])
      expect(await refusal({ code })).toEqual([
        ...[409, 'ITEM_CODE_TAKEN', undefined],
        expect.stringContaining('L’article A-1 existe déjà dans cette consultation, au lot 1'),
        undefined,
      ]);
    for (const blank of [' ', '\u200b', '\u0007', '\u3164'])
      expect((await refusal({ designation: blank }))[4]).toContain('Ce texte compte de 1 à');
    expect((await refusal({ designation: 'Sel\u202enif' }))[4]).toBe(
      'Ce texte contient un caractère invisible qui change le sens de lecture\u00a0: le retaper.',
    );
    expect((await refusal({ cpvCode: '34927100-1' })).slice(2)).toEqual([
      ['#/cpvCode'],
      expect.anything(),
      expect.stringContaining('écrire 34927100-2'),
    ]);
    expect((await refusal({ cpvCode: '99999999' })).slice(0, 2)).toEqual([422, 'ITEM_CPV_UNKNOWN']);
    const several = await refusal({
      unit: 'sacs de 25',
      unitPrice: 6.15,
      vatRate: '19',
      m57Nature: 'x',
      reuseShare: '101',
    });
    expect(several.slice(0, 2)).toEqual([422, 'VALIDATION']);
    expect(several[2]).toEqual(['#/unit', '#/unitPrice', '#/vatRate', '#/m57Nature', '#/reuseShare']);
    expect(several[4]).toContain('Unité inconnue «\u00a0sacs de 25\u00a0»\u00a0: écrire sac (XBG)');
  });
});

async function declareNeed(itemId: string, lotId: string): Promise<void> {
  await world.source.query(
    `insert into need_line (consultation_id, lot_id, item_id, buyer_id, estimate, standing)
     values ($1, $2, $3, $4, 10, 'valid')`,
    [consultationId, lotId, itemId, world.own.buyerId],
  );
}

/** A ZIP file of a few dozen kilobytes whose only part inflates to 40 MB, and says that it holds 10 bytes. */
function bomb(): Buffer {
  const data = deflateRawSync(Buffer.alloc(40 * 1024 * 1024));
  const name = Buffer.from('xl/workbook.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(10, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(10, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + data.length, 16);
  return Buffer.concat([local, name, data, central, name, end]);
}
