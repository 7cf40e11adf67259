import {
  contactRefusal,
  type Contact,
  LINE_MOVES,
  lineState,
  sourcingChecks,
} from '../../src/sourcing/sourcing-log.rules.js';
import { readSuppliers, SUPPLIER_COLUMNS } from '../../src/sourcing/suppliers.import.js';
import {
  checkSupplier,
  coveringPrefixes,
  cpvPrefix,
  departmentOf,
  isProven,
  type Known,
  searchKey,
  type SupplierEntry,
} from '../../src/sourcing/suppliers.rules.js';
import { readTable } from '../../src/platform/csv/table.js';
import { Refused } from '../../src/platform/refusals/refused.js';

const KNOWN: Known = {
  cpvPrefixes: new Set(['34', '349271']),
  isCommune: (code) => ['53130', '53054', '35360'].includes(code),
  isDepartment: (code) => code === '53',
  communesOfEpci: (siren) => (siren === '200083392' ? ['53130', '53054'] : undefined),
};
const ENTRY: SupplierEntry = {
  siret: '732 829 320 00074',
  name: '  Sel  de l’Ouest ',
  activities: ['34927100-2', '34000000'],
  nationwide: false,
  departments: [],
  epci: ['200083392'],
  communes: ['35360'],
  statuses: [],
};

describe('a supplier', () => {
  test('is kept with its CPV prefixes and the communes of its EPCI', () => {
    expect(checkSupplier(ENTRY, KNOWN)).toEqual({
      faults: [],
      supplier: {
        siret: '73282932000074',
        name: 'Sel de l’Ouest',
        activities: ['34', '349271'],
        nationwide: false,
        departments: [],
        communes: ['35360', '53054', '53130'],
        statuses: [],
      },
    });
    expect(checkSupplier({ ...ENTRY, departments: ['53'] }, KNOWN).supplier.communes).toEqual(['35360']);
  });

  test('of La Poste has the SIRET that La Poste makes', () => {
    expect(checkSupplier({ ...ENTRY, siret: '35600000000048' }, KNOWN).faults).toEqual([]);
    expect(checkSupplier({ ...ENTRY, siret: '35600000049837' }, KNOWN).faults).toEqual([]);
  });

  test('is told everything that is wrong with it at once', () => {
    const proof = { source: 'Dreets', provenOn: '2027-01-15', expiresOn: '2026-01-15' };
    const { faults } = checkSupplier(
      {
        siret: '73282932000075',
        name: ' ',
        activities: ['3', '99', '34927100-3'],
        nationwide: false,
        departments: ['99'],
        epci: ['1'],
        communes: ['53000'],
        statuses: [
          { status: 'ea', ...proof },
          { status: 'ea', ...proof, expiresOn: null },
        ],
      },
      KNOWN,
    );
    expect(faults.map(({ field, index, code }) => `${field} ${index} ${code}`)).toEqual([
      'siret null wrong_check_digit',
      'name null nameless',
      'activities 0 not_a_cpv_code',
      'activities 1 unknown_cpv_code',
      'activities 2 wrong_cpv_check_digit',
      'departments 0 unknown_department',
      'epci 0 unknown_epci',
      'communes 0 unknown_commune',
      'statuses 0 proof_dates_disordered',
      'statuses 1 status_twice',
    ]);
    const nowhere = { ...ENTRY, activities: [], epci: [], communes: [] };
    expect(checkSupplier(nowhere, KNOWN).faults.map(({ code }) => code)).toEqual([
      'no_activity',
      'serves_nowhere',
    ]);
  });

  test('has a name that can be seen and reads as it is kept', () => {
    const codesOf = (name: string) => checkSupplier({ ...ENTRY, name }, KNOWN).faults.map(({ code }) => code);
    expect([codesOf('\u200b\u3164'), codesOf('Sel\u202enif')]).toEqual([['nameless'], ['changes_direction']]);
    expect(checkSupplier({ ...ENTRY, name: 'Sel\u200b de\u00ad l’Ouest' }, KNOWN).supplier.name).toBe(
      'Sel de l’Ouest',
    );
  });

  test('is found without its accents, by codes without their closing zeros', () => {
    expect(searchKey('Œuvre d’Été - SARL')).toBe('oeuvre d ete sarl');
    expect(['30000000', '34', '349', '34927100-2', '3', '34927100-23', 'sel'].map(cpvPrefix)).toEqual([
      ...['30', '34', '349', '349271', null, null, null],
    ]);
    expect(coveringPrefixes('3492')).toEqual(['34', '349', '3492']);
    expect(['53130', '2A004', '97411'].map(departmentOf)).toEqual(['53', '2A', '974']);
  });

  test('is what its proof says until its last day', () => {
    const status = { status: 'ea', source: 'x', provenOn: '2026-01-01', expiresOn: '2026-12-31' } as const;
    expect(['2026-12-31', '2027-01-01'].map((day) => isProven(status, day))).toEqual([true, false]);
    expect(isProven({ ...status, expiresOn: null }, '2199-12-31')).toBe(true);
  });
});

describe('a file of suppliers', () => {
  const read = (...lines: string[]) =>
    readSuppliers(
      readTable('f.csv', Buffer.from([SUPPLIER_COLUMNS.join(';'), ...lines].join('\n')), SUPPLIER_COLUMNS),
      KNOWN,
    );

  test('has a row for each status of a supplier', () => {
    const { suppliers, faults } = read(
      '73282932000074;Sel;34;53130;;;;pme;Insee;01/02/2026;',
      '73282932000074;;;;;;;siae;Dreets;2026-02-01;2026-12-31',
    );
    expect(faults).toEqual([]);
    expect(suppliers).toHaveLength(1);
    expect(suppliers[0]!.statuses.map(({ status, provenOn }) => [status, provenOn])).toEqual([
      ['siae', '2026-02-01'],
      ['sme', '2026-02-01'],
    ]);
  });

  test('tells every fault, with its line and column', () => {
    const { faults } = read(
      '73282932000075;;99 3;53000;;;peut-être;;;;',
      '73282932000074;Sel;34;53130;;;;scop;;;',
      '73282932000074;Poivre;;;;;;;;;',
      'trop;court',
    );
    expect(faults.map(({ line, column }) => `${line} ${column}`)).toEqual([
      ...['2 france_entiere', '2 siret', '2 nom', '2 activites_cpv', '2 activites_cpv', '2 communes'],
      ...['3 statut', '3 source_preuve', '3 date_preuve', '4 nom', '5 '],
    ]);
  });
});

describe('the sourcing log', () => {
  const contact = (supplierId: string, given: string[], lotNumber: number | null = null): Contact => ({
    supplierId,
    supplierName: supplierId.toUpperCase(),
    lotNumber,
    metOn: '2026-11-20',
    informationGiven: given,
    documentsGiven: [],
  });
  const verdicts = (contacts: Contact[], launchedOn: string | null = null) =>
    sourcingChecks(contacts, launchedOn).map(({ verdict }) => verdict);

  test('R2111-1: warns when one supplier only was met about a lot, or about all', () => {
    expect(verdicts([])).toEqual(['ok', 'ok']);
    expect(verdicts([contact('a', ['x'])])).toEqual(['warn', 'ok']);
    expect(verdicts([contact('a', []), contact('b', [])])).toEqual(['ok', 'ok']);
    expect(verdicts([contact('a', [], 1), contact('b', [], 2)])).toEqual(['warn', 'ok']);
    expect(verdicts([contact('a', [], 1), contact('b', [])])[0]).toBe('ok');
  });

  test('R2111-2: warns when what was told to one was not told to the others before the launch', () => {
    const unequal = [contact('a', ['300 tonnes par an']), contact('b', [])];
    const [, check] = sourcingChecks(unequal, null);
    expect(check).toMatchObject({
      verdict: 'warn',
      figures: { 'non donné à B (b)': '«\u00a0300 tonnes par an\u00a0»' },
    });
    const later = { ...contact('b', ['300 Tonnes par an.']), metOn: '2026-11-25' };
    expect(verdicts([...unequal, later])[1]).toBe('ok');
    expect(verdicts([...unequal, later], '2026-11-24')[1]).toBe('warn');
    expect(verdicts([contact('a', ['x'], 1), contact('b', ['x'], 1), contact('c', [], 2)])[1]).toBe('ok');
  });

  test('R2111-1: takes no contact to come, nor one after the launch', () => {
    expect(contactRefusal('2026-11-26', '2026-11-25', null)).toBe('CONTACT_IN_FUTURE');
    expect(contactRefusal('2026-11-25', '2026-11-25', '2026-11-24')).toBe('CONTACT_AFTER_LAUNCH');
    expect(contactRefusal('2026-11-24', '2026-11-25', '2026-11-24')).toBeNull();
  });

  test('lets each line be corrected or struck out once: every state × command', () => {
    const said = (code: 'CONTACT_ALREADY_CORRECTED' | 'CONTACT_STRUCK_OUT') => new Refused(code).message;
    const walked = Object.entries(LINE_MOVES).flatMap(([state, moves]) =>
      Object.entries(moves).map(([command, next]) => `${state}, ${command}: ${next}`),
    );
    expect(walked).toEqual([
      'standing, correct: corrected',
      'standing, strike out: struck out',
      'corrected, correct: CONTACT_ALREADY_CORRECTED',
      'corrected, strike out: CONTACT_ALREADY_CORRECTED',
      'struck out, correct: CONTACT_STRUCK_OUT',
      'struck out, strike out: CONTACT_STRUCK_OUT',
    ]);
    expect(said('CONTACT_ALREADY_CORRECTED')).toBe(
      'Cette ligne a déjà été corrigée\u00a0: corrigez celle qui la remplace.',
    );
    expect(said('CONTACT_STRUCK_OUT')).toBe(
      'Cette ligne a été barrée, elle ne se corrige plus\u00a0: consignez un nouveau contact.',
    );
    expect(lineState({ struckOut: false, replacement: null })).toBe('standing');
    expect(lineState({ struckOut: false, replacement: 'correction' })).toBe('corrected');
    expect(lineState({ struckOut: false, replacement: 'strike out' })).toBe('struck out');
    expect(lineState({ struckOut: true, replacement: null })).toBe('struck out');
  });
});
