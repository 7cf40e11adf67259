import type { AnswerRefusal, PlacedAnswerFault } from '../members/answers.rules.js';
import type { ConsultationRefusal } from '../consultations/consultation.rules.js';
import type { BulletinFault } from '../participation/bulletins.rules.js';

type Words = readonly [problem: string, correction: string];

/** What forbids an answer, as a table of faults tells it. */
export const ANSWER_WORDS: Readonly<Record<AnswerRefusal, Words>> = {
  BUYER_NOT_INVITED: ['cet acheteur n’a pas été invité', 'l’inviter dans le groupement'],
  ALREADY_A_MEMBER: ['cet acheteur a déjà adhéré', 'retirer la ligne'],
  ALREADY_DECLINED: ['cet acheteur a déjà répondu', 'retirer la ligne'],
  HAS_DECLINED: [
    'cet acheteur a répondu lui-même qu’il n’adhère pas',
    'écrire n_adhere_pas, ou l’inviter de nouveau dans le groupement s’il a changé d’avis',
  ],
  HAS_WITHDRAWN: [
    'cet acheteur s’est retiré du groupement',
    'retirer sa ligne et ses besoins, ou l’inviter de nouveau dans le groupement s’il y revient',
  ],
  NOT_A_MEMBER: ['cet acheteur n’a pas adhéré', 'enregistrer son adhésion'],
  MEMBER_WITHDRAWS: [
    'cet acheteur est membre\u00a0: un membre ne décline plus, il se retire',
    'écrire adhere, ou enregistrer son retrait puis retirer la ligne',
  ],
  GROUP_IS_OVER: [
    'le groupement est terminé\u00a0: personne n’y entre plus',
    'prolonger sa durée, ou retirer la ligne',
  ],
  GROUP_LAUNCHED: [
    'ce groupement ponctuel a lancé sa consultation\u00a0: y entrer maintenant ne donnerait rien',
    'retirer la ligne, ou faire du groupement un groupement permanent, par avenant',
  ],
  BUYER_OUTSIDE_CLUSTER: [
    'ce groupement est réservé à un pôle dont cet acheteur n’est pas',
    'l’ajouter au pôle, ouvrir le groupement à tous, ou retirer la ligne',
  ],
  MISSION_HOLDER_CANNOT_WITHDRAW: [
    'cet acheteur assure une mission du groupement',
    'écrire adhere sur sa ligne, ou confier d’abord la mission à un autre membre',
  ],
  MEMBER_OF_A_LAUNCH: [
    'une consultation est lancée avec cet acheteur\u00a0: il ne quitte plus librement le groupement',
    'écrire adhere sur sa ligne, ou enregistrer d’abord sa renonciation et son retrait',
  ],
  MEMBER_NOT_IN_THE_FILE: [
    'cet acheteur est membre du groupement, et le fichier ne dit rien de lui',
    'ajouter sa ligne, ou enregistrer d’abord son retrait',
  ],
  DECISION_IN_THE_FUTURE: [
    'cette délibération porte une date à venir',
    'corriger la date, ou enregistrer l’adhésion une fois la délibération prise',
  ],
  DECISION_NOT_DELEGABLE: [
    'une commune adhère par délibération de son conseil municipal',
    'écrire la date de la délibération',
  ],
  DECIDED_AFTER_SIGNED: [
    'ce membre a signé la convention avant cette délibération',
    'corriger la date de la délibération, ou d’abord celle de la signature',
  ],
};

/** What forbids a bulletin; the lots at fault are told by their numbers. */
export function bulletinWords({ code, lotNumbers }: BulletinFault): Words {
  const lots = `${lotNumbers.length > 1 ? 'lots' : 'lot'} ${lotNumbers.join(', ')}`;
  switch (code) {
    case 'LOT_RESERVED':
      return [
        `${lots}\u00a0: réservé aux membres d’un pôle dont cet acheteur n’est pas`,
        'retirer ces numéros de la colonne lots, ou ouvrir le lot à tous',
      ];
    case 'LOT_UNKNOWN':
      return [`${lots}\u00a0: absent de la consultation`, 'corriger les numéros'];
    case 'FORM_NOT_SIGNED_YET':
      return ['ce bulletin porte une date à venir', 'corriger la date, ou attendre le bulletin signé'];
    case 'FORM_SIGNED_BEFORE_DECISION':
      return [
        'ce bulletin est signé avant la délibération d’adhérer',
        'corriger la date du bulletin, ou celle de la délibération',
      ];
    case 'NOT_AN_ACTIVE_MEMBER':
      return ['cet acheteur n’est pas membre du groupement', 'écrire adhere dans la colonne reponse'];
  }
}

/** Why nothing of a consultation changes any more. */
/** Needs that members give themselves are not replaced by those of a file. */
export const CENSUS_WORDS: Words = [
  'le recensement de la consultation de cet intitulé est ouvert dans Halle\u00a0: ses besoins sont ceux que les membres y transmettent',
  'donner un autre intitulé (--title)',
];

export const CONSULTATION_WORDS: Readonly<Record<ConsultationRefusal, Words>> = {
  CONSULTATION_LAUNCHED: [
    'la consultation de cet intitulé est lancée\u00a0: lots, adhésions et besoins ne changent plus',
    'donner un autre intitulé (--title), ou copier la consultation pour la suivante',
  ],
  PARTICIPATION_CLOSED: [
    'la consultation de cet intitulé est lancée\u00a0: plus personne ne rejoint un lot',
    'donner un autre intitulé (--title)',
  ],
  CONSULTATION_CANCELLED: [
    'la consultation de cet intitulé est déclarée sans suite\u00a0: elle ne change plus',
    'donner un autre intitulé (--title), ou la copier',
  ],
};

/** The column of `adhesions.csv` that a fault is about. */
export const columnOf = (fault: PlacedAnswerFault | BulletinFault): string =>
  ({
    answer: 'reponse',
    resolutionOn: 'deliberation_le',
    lotIds: 'lots',
    formSignedOn: 'bulletin_le',
  })[fault.field];
