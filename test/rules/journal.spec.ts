import fc from 'fast-check';
import {
  changedKeys,
  entriesBetween,
  type JournalState,
  type JsonValue,
  PERSONAL,
  sameJson,
  storableJson,
} from '../../src/platform/journal/changes.js';
import {
  ChainAudit,
  type ChainHead,
  INSTALLATION_CHAIN,
  lineHash,
  type StoredLine,
} from '../../src/platform/journal/journal-chain.js';
import { journalCsv } from '../../src/platform/journal/journal-csv.js';
import type { JournalLine } from '../../src/platform/journal/journal.queries.js';
import { OPERATOR } from '../support/trace.js';

const state = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<JsonValue>);

describe('changed keys', () => {
  test('only what differs, objects and lists in depth, the order of keys apart', () => {
    expect(
      changedKeys(
        { same: 1, list: [1, { a: 1, b: 2 }], price: '6.15', gone: true, empty: null },
        { same: 1, list: [1, { b: 2, a: 1 }], price: '6.20', new: 'x', empty: null },
      ),
    ).toEqual({ before: { price: '6.15', gone: true }, after: { price: '6.20', new: 'x' } });
    expect(changedKeys({ a: 1 }, { a: 1 })).toBeNull();
    expect(changedKeys(null, null)).toBeNull();
    expect(changedKeys(null, {})).toEqual({ before: null, after: {} });
    expect(changedKeys({ a: 1 }, null)).toEqual({ before: { a: 1 }, after: null });
    expect(changedKeys({ list: [1, 2] }, { list: [2, 1] })).not.toBeNull();
    expect(changedKeys({ a: {} }, { a: [] })).not.toBeNull();
  });

  test('a personal value leaves only the fact that it changed', () => {
    expect(
      changedKeys({ name: 'Ancien', phone: null, role: 'a' }, { name: 'Nouveau', phone: '02', role: 'a' }, [
        'name',
        'phone',
      ]),
    ).toEqual({ before: { name: PERSONAL, phone: null }, after: { name: PERSONAL, phone: PERSONAL } });
    expect(changedKeys({ name: 'Même' }, { name: 'Même' }, ['name'])).toBeNull();
  });

  test('law: what changed, applied to the state before, gives the state after', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const changes = changedKeys(before, after);
        const unchanged = Object.entries(before).filter(
          ([key]) => !Object.hasOwn(changes?.before ?? {}, key),
        );
        expect(sameJson(Object.fromEntries([...unchanged, ...entriesOf(changes?.after)]), after)).toBe(true);
        expect(changedKeys(after, JSON.parse(JSON.stringify(after)) as JournalState)).toBeNull();
      }),
    );
  });
  const entriesOf = (of: JournalState | null | undefined): [string, JsonValue][] => Object.entries(of ?? {});

  test('between two readings: one entry per thing that appeared, changed or disappeared', () => {
    const of = { groupId: 'g', subject: 'lot', key: 'lots.catalogue' };
    const told = (subjectId: string, title: string) => ({ subjectId, buyerId: null, state: { title } });
    expect(
      entriesBetween(
        of,
        [told('1', 'Sel'), told('2', 'Sable'), told('3', 'Pneus')],
        [told('1', 'Sel'), told('2', 'Gravier'), told('4', 'Plants')],
      ),
    ).toEqual([
      { ...of, subjectId: '3', buyerId: null, before: { title: 'Pneus' }, after: null },
      { ...of, subjectId: '2', buyerId: null, before: { title: 'Sable' }, after: { title: 'Gravier' } },
      { ...of, subjectId: '4', buyerId: null, before: null, after: { title: 'Plants' } },
    ]);
  });

  test('what PostgreSQL would refuse in a JSON text is replaced, and nothing else', () => {
    expect(storableJson({ 'a\0': 'x\ud800y', b: '\\u0000 \\ud800', c: '😀é\u001f"\\' })).toBe(
      String.raw`{"a` +
        '\ufffd' +
        String.raw`":"x` +
        '\ufffd' +
        String.raw`y","b":"\\u0000 \\ud800","c":"😀é\u001f\"\\"}`,
    );
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }) as fc.Arbitrary<JsonValue>, (value) => {
        expect(storableJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });
});

/** A sound chain of so many lines. */
function chainOf(length: number, chain = INSTALLATION_CHAIN): StoredLine[] {
  const lines: StoredLine[] = [];
  for (let position = 1; position <= length; position += 1)
    lines.push(hashed({ ...MODEL, chain, position, previousHash: lines.at(-1)?.hash ?? Buffer.alloc(32) }));
  return lines;
}
const hashed = (line: StoredLine): StoredLine => ({ ...line, hash: lineHash(line) });
const MODEL: StoredLine = {
  ...OPERATOR,
  chain: INSTALLATION_CHAIN,
  position: 1,
  id: '019f0000-0000-7000-8000-000000000000',
  at: '1795600000000000',
  groupId: null,
  buyerId: null,
  subject: 'lot',
  subjectId: '1',
  key: 'lots.catalogue',
  before: null,
  after: '{"title": "Sel"}',
  previousHash: Buffer.alloc(32),
  hash: Buffer.alloc(32),
};
const headOf = ({ chain, position, hash }: StoredLine): ChainHead => ({
  chain,
  position,
  hash: hash.toString('hex'),
});
function faultsOf(lines: StoredLine[], heads: ChainHead[], known: ChainHead[] = []): string[] {
  const audit = new ChainAudit(heads, known);
  const faults = [...lines.flatMap((line) => audit.read(line)), ...audit.end()];
  return faults.map(
    ({ kind, position, until }) => `${kind} ${position}${until > position ? `-${until}` : ''}`,
  );
}

describe('a chain', () => {
  const lines = chainOf(9);
  const heads = [headOf(lines[8]!)];
  const other = chainOf(3, '019f0000-0000-7000-8000-0000000000aa');

  test('is sound, beside others', () => {
    expect(faultsOf([...lines, ...other], [...heads, headOf(other[2]!)], [headOf(lines[4]!)])).toEqual([]);
    expect(faultsOf([], [])).toEqual([]);
  });

  test('a line altered in any column is told', () => {
    const others: Partial<StoredLine> = {
      at: '1795600000001000',
      after: null,
      before: '{}',
      subject: 'lo',
      subjectId: 't1',
    };
    for (const [column, value] of Object.entries({ ...MODEL, ...others })) {
      if (['hash', 'previousHash', 'chain', 'position'].includes(column)) continue;
      const altered = value === MODEL[column as keyof StoredLine] ? 'autre' : value;
      const changed = lines.map((line, i) => (i === 3 ? { ...line, [column]: altered } : line));
      expect([column, faultsOf(changed, heads)]).toEqual([column, ['altered 4']]);
    }
  });

  test('a value that slips from one column to its neighbour changes the hash', () => {
    const slipped = { ...MODEL, subject: 'lot1', subjectId: '' };
    expect(lineHash(slipped)).not.toEqual(lineHash(MODEL));
    expect(lineHash({ ...MODEL, actorName: '' })).not.toEqual(lineHash({ ...MODEL, actorName: null }));
    expect(lineHash({ ...MODEL, actorName: '-' })).not.toEqual(lineHash({ ...MODEL, actorName: null }));
  });

  test('removed, displaced, rewritten and truncated lines are told, with their place', () => {
    const without = (...positions: number[]) => lines.filter((line) => !positions.includes(line.position));
    expect(faultsOf(without(1, 2), heads)).toEqual(['missing 1-2']);
    expect(faultsOf(without(5), heads)).toEqual(['missing 5']);
    expect(faultsOf(without(8, 9), heads)).toEqual(['missing 8-9']);
    expect(faultsOf([], heads)).toEqual(['missing 1-9']);
    const swapped = [...lines];
    [swapped[3], swapped[4]] = [
      { ...lines[4]!, position: 4 },
      { ...lines[3]!, position: 5 },
    ];
    expect(faultsOf(swapped, heads)).toEqual([
      'misplaced 4',
      'altered 4',
      'misplaced 5',
      'altered 5',
      'misplaced 6',
    ]);
    const rewritten = lines.map((line, i) => (i === 3 ? hashed({ ...line, subject: 'autre' }) : line));
    expect(faultsOf(rewritten, heads)).toEqual(['misplaced 5']);
    expect(faultsOf([...lines, lines[8]!], heads)).toEqual(['misplaced 9']);
    expect(faultsOf(lines, [])).toEqual(['head 9']);
    expect(faultsOf(lines, [headOf(lines[7]!)])).toEqual(['head 9']);
  });

  test('a truncation whose head was rewritten shows against heads noted before, and so does a new history', () => {
    const shorter = lines.slice(0, 6);
    expect(faultsOf(shorter, [headOf(shorter[5]!)])).toEqual([]);
    expect(faultsOf(shorter, [headOf(shorter[5]!)], heads)).toEqual(['known-missing 9']);
    expect(faultsOf([], [], heads)).toEqual(['known-missing 9']);
    const retold = chainOf(9).map((line) => line);
    retold.splice(3);
    for (let position = 4; position <= 9; position += 1)
      retold.push(hashed({ ...MODEL, subject: 'autre', position, previousHash: retold.at(-1)!.hash }));
    expect(faultsOf(retold, [headOf(retold[8]!)])).toEqual([]);
    expect(faultsOf(retold, [headOf(retold[8]!)], heads)).toEqual(['known-differs 9']);
  });

  test('law: whatever lines are taken away, it shows', () => {
    fc.assert(
      fc.property(fc.subarray(lines, { maxLength: 8 }), (kept) => {
        expect(faultsOf(kept, heads)).not.toEqual([]);
      }),
    );
  });
});

test('the CSV says in French who did what, and neither a formula nor a line break escapes its cell', async () => {
  const line: JournalLine = {
    ...OPERATOR,
    id: MODEL.id,
    position: 12,
    at: new Date('2026-11-25T09:31:58Z'),
    groupId: null,
    buyerId: 'b',
    onBehalfOf: 'b',
    subject: 'membership',
    subjectId: 'm',
    key: 'groups.answer',
    before: null,
    after: {
      answer: 'joined',
      '=A1': 'x;y',
      resolutionOn: '2026-05-19',
      resolutionNumber: null,
      seen: true,
      costs: [{ label: 'Avis', lots: [1, 2] }, 'autre'],
    },
    hash: 'ab',
  };
  const lines = async function* () {
    yield line;
  };
  const pieces = [];
  for await (const piece of journalCsv(lines(), (id) => `Laval ${id}`)) pieces.push(piece);
  const [header, ...rest] = pieces.join('').split('\r\n');
  expect(header).toMatch(
    /^\ufeffinstant \(heure de Paris\);acteur;pour le compte de;acheteur;objet;action;avant/,
  );
  expect(rest.join('\r\n')).toBe(
    '2026-11-25 10:31:58;opérateur essai;Laval b;Laval b;adhésion m;réponse au groupement;;' +
      '"réponse\u00a0: adhère\n=A1\u00a0: x;y\ndélibération du\u00a0: 19/05/2026\ndélibération n°\u00a0: vide\nseen\u00a0: oui\n' +
      'frais\u00a0: (libellé\u00a0: Avis\u00a0; lots\u00a0: 1, 2), autre";' +
      `ligne de commande, par délégation;${OPERATOR.requestId};12;ab\r\n`,
  );
});
