import {
  durationCheck,
  needsDurationMotive,
  plannedLaunchCheck,
} from '../../src/consultations/consultation-checks.rules.js';
import {
  CONSULTATION_COMMANDS,
  CONSULTATION_MOVES,
  CONSULTATION_STATES,
  type ConsultationRefusal,
  lawDay,
  NO_SPLIT_GROUND_WORDS,
  NO_SPLIT_GROUNDS,
  refusalIn,
  stateOf,
} from '../../src/consultations/consultation.rules.js';
import { readCpvSearch } from '../../src/lots/cpv.rules.js';
import { lawOn } from '../../src/law/law-on.js';
import { type CheckedLot, consultationChecks, splitCheck } from '../../src/lots/lot-checks.rules.js';
import { type ReservedLot, reservedLotsChecks } from '../../src/lots/reserved-lots.rules.js';
import { cpvCheckDigit, cpvWithoutCheckDigit, wrongCpvCheckDigit } from '../../src/law/cpv-code.js';
import { participationFaults } from '../../src/participation/participation.rules.js';
import { VALUE_WORDS } from '../../src/platform/journal/words.js';
import { Refused } from '../../src/platform/refusals/refused.js';

const AT = new Date('2027-02-01T09:00:00Z');

const LAW = lawOn('2027-02-01', []);

describe('the state of a consultation', () => {
  test('is derived from two dates, and « sans suite » prevails', () => {
    expect(stateOf({ launchedAt: null, cancelledAt: null })).toBe('draft');
    expect(stateOf({ launchedAt: AT, cancelledAt: null })).toBe('launched');
    expect(stateOf({ launchedAt: null, cancelledAt: AT })).toBe('cancelled');
    expect(stateOf({ launchedAt: AT, cancelledAt: AT })).toBe('cancelled');
  });

  const SENTENCES: Record<ConsultationRefusal, string> = {
    CONSULTATION_LAUNCHED:
      'Cette consultation est lancée\u00a0: son contenu ne change plus. La copier pour la suivante, ou la déclarer sans suite.',
    CONSULTATION_CANCELLED:
      'Cette consultation est déclarée sans suite\u00a0: elle ne change plus. La copier pour en préparer une autre.',
    PARTICIPATION_CLOSED:
      'Cette consultation est lancée\u00a0: les besoins devaient être définis avant (CCP L2111-1), et l’adhésion aux lots ne change plus. Le membre pourra rejoindre la prochaine consultation.',
  };
  const REFUSED: Record<string, ConsultationRefusal | null> = {
    'draft edit': null,
    'draft join': null,
    'draft launch': null,
    'draft cancel': null,
    'draft copy': null,
    'launched edit': 'CONSULTATION_LAUNCHED',
    'launched join': 'PARTICIPATION_CLOSED',
    'launched launch': 'CONSULTATION_LAUNCHED',
    'launched cancel': null,
    'launched copy': null,
    'cancelled edit': 'CONSULTATION_CANCELLED',
    'cancelled join': 'CONSULTATION_CANCELLED',
    'cancelled launch': 'CONSULTATION_CANCELLED',
    'cancelled cancel': 'CONSULTATION_CANCELLED',
    'cancelled copy': null,
  };

  test.each(
    CONSULTATION_STATES.flatMap((state) => CONSULTATION_COMMANDS.map((command) => ({ state, command }))),
  )('$state, $command', ({ state, command }) => {
    const refusal = refusalIn(state, command);
    expect(refusal).toBe(REFUSED[`${state} ${command}`]);
    if (refusal === null) expect(CONSULTATION_STATES).toContain(CONSULTATION_MOVES[state][command]);
    else
      expect([new Refused(refusal).status, new Refused(refusal).message]).toEqual([409, SENTENCES[refusal]]);
  });
});

test('the law is asked on the day of the launch in Paris, else of the planned one, else today (R2121-3)', () => {
  const launchedAt = new Date('2027-02-01T23:30:00Z');
  expect(lawDay({ launchedAt, plannedLaunchOn: '2027-01-15' }, '2027-03-01')).toBe('2027-02-02');
  expect(lawDay({ launchedAt: null, plannedLaunchOn: '2027-04-15' }, '2027-03-01')).toBe('2027-04-15');
  // A planned day that is past is no launch: it would be today at the earliest.
  expect(lawDay({ launchedAt: null, plannedLaunchOn: '2027-01-15' }, '2027-03-01')).toBe('2027-03-01');
  expect(lawDay({ launchedAt: null, plannedLaunchOn: null }, '2027-03-01')).toBe('2027-03-01');
});

const duration = (firmYears: number, renewals: number, durationMotive: string | null = null) => ({
  firmYears,
  renewals,
  durationMotive,
});

describe('the duration (L2125-1)', () => {
  test('of four years in all needs no motive, of five it does', () => {
    expect(needsDurationMotive(duration(1, 3), LAW)).toBe(false);
    expect(needsDurationMotive(duration(2, 3), LAW)).toBe(true);
    expect(needsDurationMotive(duration(5, 0, 'amortissement des bacs'), LAW)).toBe(false);
  });

  test('is judged on framework agreements only, and explains itself', () => {
    const judged = (given: ReturnType<typeof duration>, framework: boolean) => {
      const { verdict, sentence } = durationCheck(given, framework, LAW);
      return [verdict, sentence];
    };
    expect(judged(duration(5, 0), false)).toEqual([
      'ok',
      'Aucun lot n’est un accord-cadre\u00a0: la limite ne s’applique pas.',
    ]);
    expect(judged(duration(1, 3), true)).toEqual(['ok', 'L’accord-cadre dure au plus 4\u00a0ans.']);
    expect(judged(duration(2, 3), true)).toEqual([
      'block',
      'L’accord-cadre dure 5\u00a0ans, plus que 4\u00a0ans\u00a0: réduire la durée ou les reconductions, ou enregistrer le motif qui le justifie.',
    ]);
    expect(judged(duration(2, 3, 'amortissement des bacs'), true)[0]).toBe('ok');
  });
});

describe('a single lot (L2113-10, L2113-11)', () => {
  const judged = (noSplitGround: 'technical' | null, noSplitMotive: string | null, count: number) =>
    splitCheck({ noSplitGround, noSplitMotive }, count);

  test('needs its ground and what justifies it; several need nothing, none is no consultation', () => {
    expect(judged(null, null, 0).verdict).toBe('block');
    expect(judged(null, null, 1).verdict).toBe('block');
    expect(judged('technical', null, 1)).toMatchObject({
      verdict: 'block',
      sentence:
        'La consultation n’a qu’un lot, car des lots séparés rendraient l’exécution techniquement difficile\u00a0: écrire ce qui le justifie dans ce cas précis.',
    });
    expect(judged('technical', 'un seul logiciel', 1).verdict).toBe('ok');
    expect(judged(null, null, 2)).toMatchObject({
      verdict: 'ok',
      sentence: 'La consultation est allotie en 2\u00a0lots.',
    });
  });

  test('has the same words in the journal', () => {
    expect(Object.keys(NO_SPLIT_GROUND_WORDS)).toEqual([...NO_SPLIT_GROUNDS]);
    expect(VALUE_WORDS['noSplitGround']).toEqual(NO_SPLIT_GROUND_WORDS);
  });
});

describe('the checks of a consultation', () => {
  const consultation = {
    ...duration(1, 3),
    object: 'Sel et voirie',
    plannedLaunchOn: '2027-02-01',
    launchedAt: null,
    noSplitGround: null,
    noSplitMotive: null,
  };
  const lot = (number: number, more: Partial<CheckedLot> = {}): CheckedLot => ({
    number,
    cpvCode: '34927100',
    family: 'fournitures',
    contractForm: 'bons_de_commande',
    participants: 3,
    ...more,
  });
  const verdicts = (...args: Parameters<typeof consultationChecks>) =>
    Object.fromEntries(consultationChecks(...args).map(({ rule, verdict }) => [rule, verdict]));

  test('all pass for what is ready', () => {
    expect(new Set(Object.values(verdicts(consultation, [lot(1), lot(2)], LAW, '2026-11-25')))).toEqual(
      new Set(['ok']),
    );
  });

  test('name the lots that nobody joined, and those whose CPV and family disagree', () => {
    const lots = [lot(1, { participants: 0 }), lot(2, { cpvCode: '45233141' }), lot(7, { participants: 0 })];
    const checks = consultationChecks(consultation, lots, LAW, '2026-11-25');
    expect(checks.find(({ rule }) => rule === 'LOT_PARTICIPANTS')).toMatchObject({
      verdict: 'warn',
      sentence:
        'Aucun membre n’a rejoint les lots\u00a01, 7\u00a0: recueillir les bulletins d’adhésion, ou supprimer ce que personne ne demande.',
    });
    expect(checks.find(({ rule }) => rule === 'LOT_WORKS_CPV')).toMatchObject({
      verdict: 'warn',
      figures: { 'lots à regarder': '2' },
    });
  });

  test('once launched, are judged on that day, and say no more when it was to be', () => {
    const launched = { ...consultation, launchedAt: AT, plannedLaunchOn: '2026-12-01' };
    expect(verdicts(launched, [lot(1), lot(2)], LAW, '2027-06-01')).not.toHaveProperty('PLANNED_LAUNCH');
    expect(verdicts({ ...launched, launchedAt: null }, [lot(1)], LAW, '2027-06-01')).toMatchObject({
      PLANNED_LAUNCH: 'warn',
    });
  });

  test('block without object, and ask for a day to come', () => {
    expect(verdicts({ ...consultation, object: null }, [], LAW, '2026-11-25')).toMatchObject({
      CONSULTATION_OBJECT: 'block',
      LOT_SPLIT: 'block',
    });
    expect(plannedLaunchCheck(null, '2026-11-25').verdict).toBe('warn');
    expect(plannedLaunchCheck('2026-11-24', '2026-11-25').sentence).toBe(
      'Le lancement était prévu le 24\u00a0novembre\u00a02026, qui est passé\u00a0: choisir une autre date.',
    );
  });
});

describe('the CPV', () => {
  /** As Regulation (EC) 213/2008 prints them, from several divisions. */
  const PRINTED = [
    ...['03000000-1', '03100000-2', '03110000-5', '03111000-2', '03111800-0', '03112000-9', '03114200-5'],
    ...['33613000-0', '33616100-2', '33631110-6', '33651680-8', '33692510-5', '33697110-6', '33711780-8'],
    ...['33731110-7', '33914300-3', '33974000-8', '34114121-3', '34114122-0', '34136200-1', '34144213-4'],
    ...['34144431-8', '34144511-3', '34927100-2', '44113620-7', '77312000-0', '79000000-4', '45000000-7'],
  ];

  test('has the check digit that the regulation prints', () => {
    for (const printed of PRINTED)
      expect(`${printed.slice(0, 8)}-${cpvCheckDigit(printed.slice(0, 8))}`).toBe(printed);
  });

  test('with another check digit is told the right one', () => {
    for (const text of ['44113620-7', '44113620', ' 44113620-7 ', 'sel', '4411362', '44113620-77'])
      expect(wrongCpvCheckDigit(text)).toBeNull();
    expect(wrongCpvCheckDigit('03111000-3')).toEqual([
      'la clé du code CPV 03111000 est 2, et non 3',
      'vérifier les 8\u00a0chiffres, puis écrire 03111000-2, ou le code sans sa clé',
    ]);
  });

  test('is kept without its check digit', () => {
    expect(['44113620-7', '44113620', '4411362', '44113620-77'].map(cpvWithoutCheckDigit)).toEqual([
      '44113620',
      '44113620',
      null,
      null,
    ]);
  });

  test('is searched by the beginning of a code, or by words without accents, plurals and small words', () => {
    expect(readCpvSearch(' 44113620-7 ')).toEqual({ by: 'code', prefix: '44113620' });
    expect(readCpvSearch('4411')).toEqual({ by: 'code', prefix: '4411' });
    expect(readCpvSearch('Sels de DÉNEIGEMENT')).toEqual({ by: 'words', words: ['sel', 'deneigement'] });
    expect(readCpvSearch('l’œuvre d’art')).toEqual({ by: 'words', words: ['oeuvre', 'art'] });
    expect(readCpvSearch('')).toEqual({ by: 'words', words: [] });
    expect(readCpvSearch('.*\\d+(')).toEqual({ by: 'words', words: [] });
  });
});

test('a bulletin is refused for everything wrong with it at once', () => {
  const lots = [
    { id: 'a', number: 1, reservedToOthers: false },
    { id: 'b', number: 2, reservedToOthers: true },
  ];
  const faults = (lotIds: string[], formSignedOn: string, decidedOn: string | null = null) =>
    participationFaults({ lotIds, formSignedOn }, lots, decidedOn, '2026-11-25').map(({ code, sentence }) => [
      code,
      sentence,
    ]);
  expect(faults(['a'], '2026-11-25')).toEqual([]);
  expect(faults([], '2026-11-25')).toEqual([]);
  expect(faults(['a'], '2026-07-28', '2026-07-28')).toEqual([]);
  expect(faults(['a'], '2020-07-28', '2026-05-19')).toEqual([
    [
      'FORM_SIGNED_BEFORE_DECISION',
      'Le bulletin serait signé le 28\u00a0juillet\u00a02020, avant la décision d’adhérer au groupement, du 19\u00a0mai\u00a02026\u00a0: corriger la date du bulletin, ou d’abord celle de la décision.',
    ],
  ]);
  expect(faults(['a', 'b', 'c'], '2026-11-26')).toEqual([
    ['LOT_UNKNOWN', 'Un des lots n’est pas de cette consultation\u00a0: relire la liste des lots.'],
    [
      'LOT_RESERVED',
      'Seuls les membres d’un autre pôle peuvent rejoindre le lot\u00a02\u00a0: l’ôter du bulletin, ou ouvrir le lot à tous.',
    ],
    [
      'FORM_NOT_SIGNED_YET',
      'Le bulletin serait signé le 26\u00a0novembre\u00a02026, qui n’est pas encore venu\u00a0: corriger la date.',
    ],
  ]);
});

describe('lots reserved to a pôle de proximité', () => {
  const lot = (number: number, changes: Partial<ReservedLot> = {}): ReservedLot => ({
    ...{ number, clusterName: 'Pôle de Loiron', outsiders: [], nobodyMayJoin: false },
    ...changes,
  });

  const of = (...lots: ReservedLot[]) => reservedLotsChecks(lots)[0]!;

  test('have its members only: who is not of it any more is named', () => {
    expect(reservedLotsChecks([])).toEqual([]);
    expect(of(lot(3))).toMatchObject({ rule: 'LOT_RESERVED_CLUSTER', verdict: 'ok' });
    expect(of(lot(3, { outsiders: ['Changé'] }), lot(4))).toMatchObject({
      verdict: 'warn',
      figures: { 'lots réservés': '2', 'lots avec des membres hors du pôle': '3' },
      sentence:
        'Le lot\u00a03 est réservé au pôle «\u00a0Pôle de Loiron\u00a0»\u00a0; y participe sans en être membre\u00a0: Changé. Les ajouter au pôle, leur faire quitter le lot, ou ouvrir le lot à tous.',
    });
    expect(of(lot(3, { outsiders: ['Changé', 'Laval'] })).sentence).toContain(
      '; y participent sans en être membres\u00a0: Changé, Laval.',
    );
  });

  test('are of use to somebody: not in a group reserved to another cluster', () => {
    const check = of(lot(3), lot(5, { nobodyMayJoin: true }));
    expect(check).toMatchObject({ verdict: 'warn', figures: { 'lots que personne ne peut rejoindre': '5' } });
    expect(check.sentence).toContain('personne ne peut rejoindre ce lot. L’ouvrir à tous');
  });
});
