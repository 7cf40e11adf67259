import { frenchDate } from '../calendar/plain-date.js';
import { frenchList } from '../conduct/missions.rules.js';
import { gap, purchaseOf } from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type GroupBase, groupBase } from './group-terms.js';
import type { PurchaseAgreement } from './purchase.js';
import { dossierText } from './template-document.js';

/** A version of the agreement as the comparison shows it. */
interface ComparedVersion {
  readonly number: number;
  readonly label: string;
  readonly adoptedOn: string;
  /** Empty: nobody wrote it. */
  readonly summary: string;
  /** « Ahuillé (30 juin 2026) et Laval (1er juillet 2026) »; empty: nobody. */
  readonly signedBy: string;
  readonly signedCount: number;
}

export interface AgreementAmendmentModel extends GroupBase {
  readonly before: ComparedVersion;
  readonly after: ComparedVersion;
  /** What the avenant changes, or the gap that asks for it. */
  readonly change: string;
  /** Whether it is the last one: the agreement of this dossier is then the text that results from it. */
  readonly isLatest: boolean;
  readonly signedBefore: string;
  /** Parties that signed the version before, and not this one yet. */
  readonly leftToSign: string;
  readonly newSignatories: string;
  readonly signatories: readonly { readonly name: string; readonly signedOn: string }[];
}

/** Each avenant to the agreement, which only all its members may change (CCP L2113-7). */
export const agreementAmendmentText = dossierText({
  template: 'agreement-amendment',
  finish: 'draft',
  files: {
    pdf: { part: 'group', name: (number) => `avenants/avenant-${nth(number)}.pdf` },
    docx: { part: 'editable', name: (number) => `avenants/avenant-${nth(number)}.docx` },
  },
  subjects: ({ content }) =>
    (content.purchase?.group.agreements ?? [])
      .filter(({ number }) => number > 1)
      .map(({ number }) => String(number)),
  model: agreementAmendmentModel,
});

/** The agreement is number 1: the first avenant is number 2. */
const nth = (number: string): number => Number(number) - 1;

function agreementAmendmentModel(version: DossierVersion, subject: string): AgreementAmendmentModel {
  const { content } = version;
  const { agreements } = purchaseOf(content).group;
  const at = agreements.findIndex(({ number }) => String(number) === subject);
  const [before, after] = [agreements[at - 1], agreements[at]];
  if (!before || !after) throw new Error(`no avenant ${subject} in this dossier`);
  const signedOn = new Map(after.signedBy.map(({ name, on }) => [name, frenchDate(on)]));
  const had = new Set(before.signedBy.map(({ name }) => name));
  const { coordinator, members } = content;
  const parties = [coordinator.name, ...members.map(({ name }) => name)];
  return {
    ...groupBase(version),
    before: compared(before),
    after: compared(after),
    change: after.summary || gap('objet de l’avenant, et articles modifiés'),
    isLatest: at === agreements.length - 1,
    signedBefore: frenchList([...had]),
    leftToSign: frenchList([...had].filter((name) => !signedOn.has(name))),
    newSignatories: frenchList([...signedOn.keys()].filter((name) => !had.has(name))),
    signatories: [...new Set(parties)].map((name) => ({ name, signedOn: signedOn.get(name) ?? '' })),
  };
}

const compared = ({ number, label, adoptedOn, summary, signedBy }: PurchaseAgreement): ComparedVersion => ({
  ...{ number, label, summary },
  adoptedOn: frenchDate(adoptedOn),
  signedBy: frenchList(signedBy.map(({ name, on }) => `${name} (${frenchDate(on)})`)),
  signedCount: signedBy.length,
});
