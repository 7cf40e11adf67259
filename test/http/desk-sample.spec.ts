/** The bundled sample: the dashboard against the expected totals, the signals against a naive model of the same rules. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DashboardAnswer } from '../../src/desk/desk.dto.js';
import { divideRounded, quantityFromDecimal, quantityToDecimal } from '../../src/money/amounts.js';
import type { SignalList } from '../../src/signals/signals.dto.js';
import { type Holder, World } from '../accounts/world.js';
import { populate } from '../support/members.js';
import { joinGroup } from '../support/publishable.js';
import { SAMPLE } from '../support/sample-dossier.js';

interface Expected {
  readonly silent: readonly string[];
  readonly late: readonly string[];
  readonly drafts: readonly string[];
  readonly lot_estimate_ht_per_year_valid_only: Readonly<Record<string, string>>;
  readonly total_ht_per_year: string;
}
const expected = JSON.parse(readFileSync(new URL('expected.json', SAMPLE), 'utf8')) as Expected;
const rows = (file: string): Record<string, string>[] => {
  const [header = '', ...lines] = readFileSync(new URL(file, SAMPLE), 'utf8').trim().split('\r\n');
  return lines.map((line) =>
    Object.fromEntries(line.split(';').map((value, i) => [header.split(';')[i]!, value])),
  );
};
const [catalogue, needs] = [rows('catalogue.csv'), rows('besoins.csv')];
const adhesions = rows('adhesions.csv').filter(({ reponse }) => reponse === 'adhere');
const dot = (text: string): string => text.replace(',', '.').replace(/\s/g, '');

/** What people type wrong: packs for pieces, a nought too many, half a bag, the same figure everywhere. */
function mistaken(need: Record<string, string>, index: number): string {
  const said = quantityFromDecimal(dot(need['quantite_estimee']!));
  const item = catalogue.find((c) => c['code_article'] === need['code_article'])!;
  const pack = BigInt(item['conditionnement']!);
  if (need['siret'] === adhesions[0]!['siret']) return '100';
  if (index % 11 === 0) return quantityToDecimal(said * 10n);
  if (index % 13 === 0) return quantityToDecimal(said + 500n);
  if (pack >= 5n && index % 2 === 0) return quantityToDecimal(said * pack);
  if (pack >= 5n && index % 3 === 0) return quantityToDecimal(said / pack);
  return quantityToDecimal(said);
}
const typedNeeds = needs.map(mistaken);

let world: World;
let officer: Holder;
const consultationId = randomUUID();
const ids = new Map(
  [...adhesions.map(({ siret }) => siret!), ...catalogue.map((c) => c['code_article']!)].map((key) => [
    key,
    randomUUID(),
  ]),
);
const lotIds = new Map([...new Set(catalogue.map(({ lot }) => lot!))].map((lot) => [lot, randomUUID()]));

beforeAll(async () => {
  world = await World.open();
  const { source } = world;
  const { groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals, planned_launch_on) values ($1, $2, 'Laval', 1, 3, '2027-01-15')`,
    [consultationId, groupId],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     select id, $1, number, 'Lot ' || number, '34927100', 'fournitures', 'bons_de_commande'
     from unnest($2::uuid[], $3::int[]) as given (id, number)`,
    [consultationId, [...lotIds.values()], [...lotIds.keys()].map(Number)],
  );
  await source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     select id, $1, lot_id, n, code, code, unit, packaging, price, 20, '60633'
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::numeric[])
       with ordinality as given (id, lot_id, code, unit, packaging, price, n)`,
    [
      consultationId,
      catalogue.map((c) => ids.get(c['code_article']!)),
      catalogue.map((c) => lotIds.get(c['lot']!)),
      catalogue.map((c) => c['code_article']),
      catalogue.map((c) => c['unite']),
      catalogue.map((c) => c['conditionnement']),
      catalogue.map((c) => dot(c['prix_unitaire_estime_ht']!)),
    ],
  );
  await source.query(
    `insert into need_campaign (consultation_id, opened_at, deadline, validation_required)
     values ($1, now() - interval '30 days', now() - interval '1 day', false)`,
    [consultationId],
  );
  for (const { siret, nom, population_municipale, lots } of adhesions) {
    const buyerId = ids.get(siret!)!;
    await source.query(`insert into buyer (id, siret, name) values ($1, $2, $3)`, [
      ...[buyerId, siret!.replace(/^./, '9'), nom],
    ]);
    await joinGroup(source, groupId, buyerId);
    if (population_municipale) await populate(source, buyerId, Number(population_municipale));
    await source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) select $1, unnest($2::uuid[]), $3`,
      [consultationId, lots!.split(',').map((lot) => lotIds.get(lot)), buyerId],
    );
  }
  await source.query(
    `insert into need_declaration (consultation_id, buyer_id, started_at) select $1, unnest($2::uuid[]), now()`,
    [consultationId, [...new Set(needs.map(({ siret }) => ids.get(siret!)!))]],
  );
  const lines = [
    consultationId,
    needs.map(({ siret }) => ids.get(siret!)),
    needs.map((need) => ids.get(need['code_article']!)),
    needs.map((need) => dot(need['quantite_estimee']!)),
  ];
  await source.query(
    `insert into need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, updated_at, channel)
     select $1, buyer, i.id, i.lot_id, estimate, now(), 'api'
     from unnest($2::uuid[], $3::uuid[], $4::numeric[]) as given (buyer, item, estimate) join item i on i.id = item`,
    [...lines.slice(0, 3), typedNeeds],
  );
  const standings: Record<string, string> = { valide: 'valid', hors_delai: 'late', brouillon: 'draft' };
  await source.query(
    `insert into need_line (consultation_id, buyer_id, item_id, lot_id, estimate, standing)
     select $1, buyer, i.id, i.lot_id, estimate, standing
     from unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::text[]) as given (buyer, item, estimate, standing)
     join item i on i.id = item`,
    [...lines, needs.map(({ etat }) => standings[etat!])],
  );
});
afterAll(() => world.close());

const get = async <T>(path: string): Promise<T> => {
  const response = await world.api(`/consultations/${consultationId}${path}`, officer);
  const text = await response.text();
  expect([response.status, response.ok ? '' : text]).toEqual([200, '']);
  return JSON.parse(text) as T;
};

test('the totals by lot are the expected ones, and every member left out of them is named', async () => {
  const { lots, total } = await get<DashboardAnswer>('/needs-dashboard');
  expect(Object.fromEntries(lots.map(({ number, yearly }) => [String(number), yearly]))).toEqual(
    expected.lot_estimate_ht_per_year_valid_only,
  );
  expect(total.yearly).toBe(expected.total_ht_per_year);
  for (const { number, missing, members } of lots) {
    const joined = adhesions.filter(({ lots: theirs }) => theirs!.split(',').includes(String(number)));
    const counted = new Set(
      needs
        .filter((need) => need['etat'] === 'valide')
        .filter((need) =>
          catalogue.some((c) => c['code_article'] === need['code_article'] && c['lot'] === String(number)),
        )
        .map(({ siret }) => siret),
    );
    expect(missing.map(({ buyerName }) => buyerName).sort()).toEqual(
      joined
        .filter(({ siret }) => !counted.has(siret))
        .map(({ nom }) => nom!)
        .sort(),
    );
    expect(members).toBe(counted.size);
  }
  const named = new Set(lots.flatMap(({ missing }) => missing.map(({ buyerName }) => buyerName)));
  for (const code of [...expected.silent, ...expected.late, ...expected.drafts])
    expect(named).toContain(adhesions.find(({ code_insee }) => code_insee === code)!.nom);
});

/** Kind, member, item, by the rules as people would apply them with a pencil. */
function naive(): string[] {
  const whole = new Set(['C62', 'XBG', 'XBJ']);
  const lots = new Map(adhesions.map(({ siret, lots: joined }) => [siret!, joined!.split(',')]));
  const people = new Map(
    adhesions.map((row) => [row['siret']!, BigInt(row['population_municipale'] || '0')]),
  );
  const lines = needs
    .map((need, index) => ({
      siret: need['siret']!,
      item: catalogue.find((c) => c['code_article'] === need['code_article'])!,
      quantity: quantityFromDecimal(typedNeeds[index]!),
    }))
    .filter(({ siret, item }) => lots.get(siret)!.includes(item['lot']!));
  const found = lines.flatMap(({ siret, item, quantity }) => {
    const ratios = lines
      .filter((line) => line.item === item && line.quantity > 0n && people.get(line.siret)! > 0n)
      .map((line) => ({ over: line.quantity, under: people.get(line.siret)! }))
      .sort((a, b) => Number(a.over * b.under - b.over * a.under));
    const [low, high] = [ratios[(ratios.length - 1) >> 1]!, ratios[ratios.length >> 1]!];
    const population = people.get(siret)!;
    const usual =
      ratios.length >= 5 && population > 0n
        ? divideRounded(
            (low.over * high.under + high.over * low.under) * population,
            2n * low.under * high.under,
          )
        : 0n;
    const pack = quantityFromDecimal(dot(item['conditionnement']!));
    const near = (value: bigint, target: bigint) => 5n * value >= 4n * target && 4n * value <= 5n * target;
    const doubt =
      pack >= 5000n &&
      quantity > 0n &&
      (usual > 0n
        ? near(quantity * pack, usual * 1000n) || near(quantity * 1000n, usual * pack)
        : quantity < pack);
    const at = `${siret} ${item['code_article']} ${quantityToDecimal(quantity)}`;
    return [
      ...(doubt ? [`unit ${at}`] : []),
      ...(!doubt && usual > 0n && quantity > 3n * usual ? [`per_inhabitant ${at}`] : []),
      ...(whole.has(item['unite']!) && quantity % 1000n !== 0n ? [`whole ${at}`] : []),
    ];
  });
  const round = [...lots.keys()].flatMap((siret) => {
    const positive = lines.filter((line) => line.siret === siret && line.quantity > 0n);
    return [...new Set(positive.map(({ quantity }) => quantity))]
      .filter((quantity) => {
        const same = positive.filter((line) => line.quantity === quantity).length;
        return same >= 5 && quantity % 10_000n === 0n && 2 * same >= positive.length;
      })
      .map((quantity) => `round ${siret}  ${quantityToDecimal(quantity)}`);
  });
  return [...found, ...round].sort();
}

test('the signals are those of a naive model of the same rules', async () => {
  const { signals, toConfirm, confirmed } = await get<SignalList>('/needs-campaign/signals');
  const siretOf = new Map<string, string>([...ids].map(([key, id]) => [id, key]));
  const found = signals.map(
    ({ kind, buyerId, code, fingerprint }) =>
      `${kind} ${siretOf.get(buyerId)} ${code ?? ''} ${fingerprint.split(/ [/x] /)[0]}`,
  );
  const model = naive();
  for (const kind of ['unit', 'per_inhabitant', 'whole', 'round'])
    expect(model.some((line) => line.startsWith(kind))).toBe(true);
  expect(found.sort()).toEqual(model);
  expect([toConfirm, confirmed]).toEqual([model.length, 0]);
  const { signals: counted } = await get<DashboardAnswer>('/needs-dashboard');
  expect(counted).toEqual({ toConfirm, confirmed });
});
