import type { PaidBy } from '../conduct/missions.rules.js';
import type { Check } from '../law/check.js';
import { articleOf, holds, type LawOn } from '../law/law-on.js';
import { isInvestment } from './m57.rules.js';

/** A lot with what the duties on its items look at. */
export interface DutiesLot {
  readonly number: number;
  readonly cpvCode: string;
  readonly items: readonly DutiesItem[];
}

export interface DutiesItem {
  readonly code: string;
  readonly designation: string;
  /** Null: that of the lot. */
  readonly cpvCode: string | null;
  readonly purchaseFamily: string | null;
  readonly m57Nature: string;
  /** Expected share of reused or recycled goods, a decimal text in percent; null when it is not told. */
  readonly reuseShare: string | null;
}

/** Why a lot may hold new tyres: a first consultation that was unsuccessful, or emergency vehicles; with its proof. */
export interface NewTyresRecord {
  readonly ground: 'unsuccessful_consultation' | 'emergency_vehicles';
  readonly reference: string;
}

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Tyres of vehicles that are retreaded in practice: cars, lorries, buses, farm vehicles; not bicycles nor aircraft. */
const TYRE_CPV = /^3435/;
const RETREADED_CPV = '34913200';
/**
 * « Pneu 205/55 R16 », « Jeu de pneus », « Enveloppes pneumatiques »; not « marteau pneumatique », nor « démonte-pneus »,
 * nor « enveloppes » of paper.
 */
const TYRE_WORDS =
  /^((jeu|train|lot|paire|montage|achat|livraison|remplacement)s? (de |d )|fourniture (de |d |et pose (de |d )))?(pneus?|pneumatiques?|(enveloppe|bandage)s? (pneumatiques?|(de|pour) pneu(matique)?s?))( |$)/;
const MENTIONS_TYRES = /(^| )(pneus?|(enveloppe|bandage)s? pneumatiques?)( |$)/;
/** « Neufs ou rechapés », « rechapés ou non »: a new one answers it. « Rechapé à neuf » is retreaded all the same. */
const MAY_BE_NEW =
  /(^| )(?<!(^| )(a|comme) )neufs?( |$)|(^| )non rechap|(^| )rechap[a-z]* (et |ou )+non( |$)/;

const isRetreaded = (lot: DutiesLot, item: DutiesItem): boolean => {
  const words = folded(item.designation);
  return (
    !MAY_BE_NEW.test(words) && (/(^| )rechap/.test(words) || (item.cpvCode ?? lot.cpvCode) === RETREADED_CPV)
  );
};

const list = (items: readonly DutiesItem[]): string => items.map(({ code }) => code).join(', ');

const GROUNDS = {
  unsuccessful_consultation: 'première consultation infructueuse',
  emergency_vehicles: 'véhicules d’urgence',
} as const;

/**
 * Tyres are bought retreaded (CCP L2172-6): a lot with new ones needs the record of a first unsuccessful consultation, or
 * of the emergency vehicles that they are for.
 *
 * @param law that of the day that counts for the procedure
 * @returns nothing for a lot without tyres
 */
export function checkTyres(lot: DutiesLot, record: NewTyresRecord | null, law: LawOn): Check[] {
  const rule = 'RETREADED_TYRES';
  const article = articleOf('pneus_rechapes');
  if (!holds(law, 'pneus_rechapes')) return [];
  const certain = lot.items.filter(
    (item) =>
      !isRetreaded(lot, item) &&
      (TYRE_CPV.test(item.cpvCode ?? '') ||
        TYRE_WORDS.test(folded(item.designation)) ||
        (TYRE_CPV.test(lot.cpvCode) &&
          item.cpvCode === null &&
          !/chambre|valve|montage/.test(folded(item.designation)))),
  );
  const mentioned = lot.items.filter(
    (item) =>
      !certain.includes(item) && !isRetreaded(lot, item) && MENTIONS_TYRES.test(folded(item.designation)),
  );
  const empty = lot.items.length === 0 && TYRE_CPV.test(lot.cpvCode);
  if (certain.length > 0 || empty) {
    const where = empty
      ? `le code CPV ${lot.cpvCode}`
      : `${certain.length > 1 ? 'les articles ' : 'l’article '}${list(certain)}`;
    const figures = { lot: String(lot.number), ...(empty ? {} : { 'pneus neufs': list(certain) }) };
    return [
      record
        ? {
            rule,
            article,
            verdict: 'ok',
            figures: { ...figures, motif: GROUNDS[record.ground], pièce: record.reference },
            sentence: `Le lot ${lot.number} achète des pneus neufs\u00a0: ${GROUNDS[record.ground]} (${record.reference}).`,
          }
        : {
            rule,
            article,
            verdict: 'block',
            figures,
            sentence:
              `Le lot ${lot.number} achète des pneus neufs (${where})\u00a0: demander des pneus rechapés, ou enregistrer la ` +
              'première consultation infructueuse ou les véhicules d’urgence qui le justifient.',
          },
    ];
  }
  if (mentioned.length === 0) return [];
  return [
    {
      rule,
      article,
      verdict: 'warn',
      figures: { lot: String(lot.number), 'pneus peut-être': list(mentioned) },
      sentence: `Le lot ${lot.number} parle de pneus (${list(mentioned)})\u00a0: s’il en achète, ils doivent être rechapés.`,
    },
  ];
}

/**
 * Product families of the decree on reused and recycled goods, as their usual words and CPV beginnings. Unverified: the
 * annex of the decree was not read again; a person who knows better leaves the warning aside.
 */
const REUSE_FAMILIES = [
  { label: 'vêtements et textiles', cpv: ['18', '395'], words: ['vetement', 'uniforme', 'linge'] },
  {
    label: 'papier et fournitures de bureau',
    cpv: ['3019', '30197'],
    words: ['papier', 'cartouche', 'toner'],
  },
  {
    label: 'matériel informatique et téléphones',
    cpv: ['302', '3225'],
    words: ['ordinateur', 'ecran', 'smartphone'],
  },
  { label: 'imprimantes et copieurs', cpv: ['3012', '30232'], words: ['imprimante', 'copieur'] },
  { label: 'mobilier', cpv: ['391'], words: ['mobilier', 'bureau', 'chaise', 'armoire', 'banc'] },
  { label: 'électroménager', cpv: ['397'], words: ['refrigerateur', 'lave linge', 'lave vaisselle'] },
  { label: 'jouets et jeux', cpv: ['375'], words: ['jouet'] },
  { label: 'cycles', cpv: ['3443'], words: ['velo', 'bicyclette'] },
  { label: 'véhicules', cpv: ['3411', '3413', '3414'], words: [] },
  { label: 'sacs et emballages', cpv: ['1893'], words: [] },
] as const;

/** The family of the decree that an item may belong to, by its CPV code, then by the first word of what it is. */
export function reuseFamily(cpvCode: string, designation: string): string | null {
  const words = ` ${folded(designation)}`;
  const found = REUSE_FAMILIES.find(
    ({ cpv, words: known }) =>
      cpv.some((start) => cpvCode.startsWith(start)) || known.some((word) => words.startsWith(` ${word}`)),
  );
  return found?.label ?? null;
}

/** Items whose family asks for a share of reused or recycled goods, and that tell none (loi 2020-105, article 58). */
export function checkReuse(lot: DutiesLot, law: LawOn): Check[] {
  const rule = 'REUSE_SHARES';
  const article = articleOf('agec_reemploi');
  if (!holds(law, 'agec_reemploi')) return [];
  const concerned = lot.items
    .map((item) => ({ item, family: reuseFamily(item.cpvCode ?? lot.cpvCode, item.designation) }))
    .filter(({ family }) => family !== null);
  if (concerned.length === 0) return [];
  const silent = concerned.filter(({ item }) => item.reuseShare === null);
  const families = [...new Set((silent.length > 0 ? silent : concerned).map(({ family }) => family!))].join(
    ', ',
  );
  const figures = {
    lot: String(lot.number),
    familles: families,
    'articles concernés': String(concerned.length),
    'sans part de réemploi': String(silent.length),
  };
  return [
    silent.length === 0
      ? {
          rule,
          article,
          verdict: 'ok',
          figures,
          sentence: `Le lot ${lot.number} dit la part de réemploi de chaque article concerné (${families}).`,
        }
      : {
          rule,
          article,
          verdict: 'warn',
          figures,
          sentence:
            `Lot ${lot.number}\u00a0: indiquer la part attendue de biens réemployés ou recyclés pour ` +
            `${list(silent.map(({ item }) => item))} (${families})\u00a0; liste des familles à vérifier dans le décret.`,
        },
  ];
}

const PAID_BY: Readonly<Record<PaidBy, string>> = {
  each_member: 'chaque membre',
  coordinator: 'coordonnateur',
  other_member: 'un membre pour les autres',
};

/**
 * Investment (class 2 accounts) is paid by each member for itself, or its FCTVA is lost.
 *
 * @param paidBy who pays the holder, by the missions of the group; null when it is not decided
 */
export function checkInvestment(lot: DutiesLot, paidBy: PaidBy | null): Check[] {
  const items = lot.items.filter(({ m57Nature }) => isInvestment(m57Nature));
  if (items.length === 0) return [];
  const verdict = paidBy === 'each_member' ? 'ok' : paidBy === null ? 'warn' : 'block';
  const what = `Le lot ${lot.number} contient de l’investissement (${list(items)})`;
  return [
    {
      rule: 'INVESTMENT_PAID_BY_EACH',
      article: 'M57, classe 2\u00a0; FCTVA (non vérifié)',
      verdict,
      figures: {
        lot: String(lot.number),
        natures: [...new Set(items.map(({ m57Nature }) => m57Nature))].join(', '),
        paiement: paidBy === null ? 'non décidé' : PAID_BY[paidBy],
      },
      sentence: {
        ok: `${what}\u00a0: chaque membre paie sa part.`,
        warn: `${what}\u00a0: prévoir que chaque membre paie sa part, pour garder son FCTVA.`,
        block: `${what}\u00a0: ${paidBy === 'coordinator' ? 'le coordonnateur ne peut pas le payer pour les membres' : 'un membre ne peut pas le payer pour les autres'}, qui perdraient leur FCTVA. Faire payer chaque membre, ou retirer ces articles.`,
      }[verdict],
    },
  ];
}

/** Every duty on the items of a lot. */
export const checkItemDuties = (
  lot: DutiesLot,
  facts: {
    readonly newTyres: NewTyresRecord | null;
    readonly paidBy: PaidBy | null;
    readonly law: LawOn;
  },
): Check[] => [
  ...checkTyres(lot, facts.newTyres, facts.law),
  ...checkReuse(lot, facts.law),
  ...checkInvestment(lot, facts.paidBy),
];
