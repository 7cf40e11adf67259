import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { frenchMoment, parisDate } from '../calendar/plain-date.js';
import { type CampaignRow, CampaignQueries } from '../declarations/campaign.queries.js';
import { campaignState } from '../declarations/campaign.rules.js';
import type { DeclarationPlace } from '../declarations/declaration-access.service.js';
import {
  type DeclarationRow,
  DeclarationsQueries,
  type LineRow,
  type LotAnswerRow,
} from '../declarations/declarations.queries.js';
import { LinesService } from '../declarations/lines.service.js';
import { itemCodeKey } from '../items/items.rules.js';
import { ItemsQueries } from '../items/items.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import type { Workbook } from '../platform/xlsx/workbook.js';
import { refusedFile, refusedLines } from './file-faults.js';
import { formRemarks } from './form-remarks.rules.js';
import { type FormNotes, formWorkbook } from './form-workbook.js';
import type { FormReading, IdentityFact } from './form.import.js';
import { changeWords, type FormJudgement, judgeForm, type RejectedRow } from './form.rules.js';
import type { FormCheckAnswer, FormMode, FormOutcome } from './forms.dto.js';
import { checkToken, versionsSeen } from './seen-versions.js';

type Place = Pick<DeclarationPlace, 'consultationId' | 'buyerId'>;

/** A declaration as a file is made from it, or held against it. */
interface Declared {
  readonly campaign: CampaignRow;
  readonly row: DeclarationRow;
  readonly title: string;
  readonly lots: readonly LotAnswerRow[];
  readonly lines: readonly LineRow[];
  readonly identity: Readonly<Record<IdentityFact, string>>;
}

interface Judged extends FormJudgement {
  readonly stale: boolean;
}

/** The file in which a member gives its needs: made, checked, applied, given back annotated. */
@Injectable()
export class FormsService {
  constructor(
    private readonly campaigns: CampaignQueries,
    private readonly declarations: DeclarationsQueries,
    private readonly items: ItemsQueries,
    private readonly typing: LinesService,
  ) {}

  /** @throws {Refused} NEEDS_NOT_OPEN, NO_LOT_JOINED */
  async workbook(tx: EntityManager, place: Place): Promise<Workbook> {
    return this.made(await this.declared(tx, place), null);
  }

  /**
   * Says what a file would change, and writes nothing.
   *
   * @throws {Refused} NEEDS_NOT_OPEN, NO_LOT_JOINED; FORM_REFUSED for a file that is not read; FORM_OF_ANOTHER
   */
  async check(tx: EntityManager, place: Place, file: Buffer, reading: FormReading): Promise<FormCheckAnswer> {
    const declared = await this.declared(tx, place);
    const judged = judge(declared, reading);
    const { campaign, row, lines } = declared;
    const locked = campaignState(campaign) !== 'open' && row.rectificationOpenedAt === null;
    return {
      changed: judged.changes.length,
      unchanged: judged.unchanged,
      rejected: judged.rejected.length,
      remarks: formRemarks(judged, { stale: judged.stale, locked, lines }),
      changes: judged.changes.map((change) => ({ ...change, sentence: changeWords(change) })),
      lines: judged.rejected,
      token: checkToken(file, seenIn(lines)),
    };
  }

  /**
   * Types what a checked file says: all of its lines, or those that are valid.
   *
   * @throws {Refused} what {@link check} and {@link LinesService.type} refuse, NEEDS_LOCKED and NEED_LINES_CONFLICT among
   * them; FORM_REFUSED with each line when all are wanted; FORM_CHECK_STALE
   */
  async apply(
    tx: EntityManager,
    place: DeclarationPlace,
    file: Buffer,
    reading: FormReading,
    { mode, token }: { readonly mode: FormMode; readonly token: string },
  ): Promise<FormOutcome> {
    const declared = await this.declared(tx, place);
    const { changes, unchanged, rejected } = judge(declared, reading);
    const versions = versionsSeen(token, file, seenIn(declared.lines));
    if (mode === 'all' && rejected.length > 0) throw refusedLines(rejected.length, rejected);
    const seen = new Map(declared.lines.map(({ itemId }, index) => [itemId, versions[index]!]));
    const imported = { ...place, trace: { ...place.trace, channel: 'import' as const } };
    await this.typing.type(
      tx,
      imported,
      changes.map(({ itemId, after }) => ({ itemId, version: seen.get(itemId)!, ...after })),
    );
    return { applied: changes.length, unchanged, leftOut: rejected };
  }

  /**
   * The same file, with what is wrong beside each line.
   *
   * @throws {Refused} what {@link check} refuses
   */
  async annotated(tx: EntityManager, place: Place, reading: FormReading): Promise<Workbook> {
    const declared = await this.declared(tx, place);
    return this.made(declared, notesOf(declared.lines, reading, judge(declared, reading)));
  }

  private made({ campaign, row, title, lots, lines, identity }: Declared, notes: FormNotes | null): Workbook {
    return formWorkbook({
      ...{ title, lines, identity, notes },
      buyerName: row.buyerName,
      deadline: frenchMoment(campaign.deadline),
      on: parisDate(campaign.now),
      lots: new Map(lots.map((lot) => [lot.lotId, `${lot.number} – ${lot.title}`])),
    });
  }

  private async declared(tx: EntityManager, { consultationId, buyerId }: Place): Promise<Declared> {
    const campaign = await this.campaigns.campaign(tx, consultationId);
    if (!campaign) throw new Refused('NEEDS_NOT_OPEN');
    const [row] = await this.declarations.declarations(tx, consultationId, buyerId);
    if (!row || row.lots === 0) throw new Refused('NO_LOT_JOINED');
    const lines = await this.declarations.lines(tx, consultationId, buyerId);
    const title = await this.items.titleOf(tx, consultationId);
    const identity = {
      consultation: consultationId,
      acheteur: buyerId,
      bordereau: catalogueOf(lines),
      nom_acheteur: row.buyerName,
      nom_consultation: title,
    };
    return {
      campaign,
      row,
      title,
      lines,
      identity,
      lots: await this.declarations.lots(tx, consultationId, buyerId),
    };
  }
}

/** The version of what a file was made for: the items of the lots joined, their units and packaging. */
const catalogueOf = (lines: readonly LineRow[]): string =>
  createHash('sha256')
    .update(JSON.stringify(lines.map(({ code, unit, packaging }) => [code, unit, packaging])))
    .digest('hex')
    .slice(0, 16);

const seenIn = (lines: readonly LineRow[]) => lines.map(({ itemId, version }) => ({ key: itemId, version }));

/** @throws {Refused} FORM_REFUSED, FORM_OF_ANOTHER */
function judge({ lines, identity }: Declared, { rows, unread, fault, identity: told }: FormReading): Judged {
  if (fault !== null) throw refusedFile(fault);
  if (
    told &&
    (told.get('consultation') !== identity.consultation || told.get('acheteur') !== identity.acheteur)
  )
    throw new Refused(
      'FORM_OF_ANOTHER',
      `${told.get('nom_acheteur')!} («\u00a0${told.get('nom_consultation')!}\u00a0»)`,
    );
  const stale = told !== null && told.get('bordereau') !== identity.bordereau;
  const judged = judgeForm(rows, lines, stale);
  const rejected = [...unread, ...judged.rejected].sort((a, b) => a.line - b.line);
  return { ...judged, rejected, stale };
}

/** What a file says and what is wrong with it, by item. */
function notesOf(lines: readonly LineRow[], { rows }: FormReading, { rejected }: Judged): FormNotes {
  const items = new Map(lines.map(({ code, itemId }) => [itemCodeKey(code), itemId]));
  const itemOf = ({ code }: { readonly code: string }) => items.get(itemCodeKey(code));
  const said = new Map<string, { estimate: string | null; minimum: string | null; maximum: string | null }>();
  for (const row of rows) {
    const itemId = itemOf(row);
    const typed = lines.find((line) => line.itemId === itemId);
    if (!typed || said.has(typed.itemId)) continue;
    said.set(typed.itemId, {
      estimate: row.estimate,
      minimum: row.minimum ?? typed.minimum,
      maximum: row.maximum ?? typed.maximum,
    });
  }
  const problems = new Map<string, string>();
  for (const row of rejected) {
    const itemId = itemOf(row);
    if (itemId !== undefined && !problems.has(itemId)) problems.set(itemId, problemWords(row));
  }
  return { said, problems, others: rejected.filter((row) => itemOf(row) === undefined) };
}

const problemWords = ({ line, problem, correction }: RejectedRow): string =>
  `Ligne\u00a0${line}\u00a0: ${problem}. ${correction.charAt(0).toUpperCase()}${correction.slice(1)}.`;
