import { Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { DeclarationAccess } from '../declarations/declaration-access.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { Journal } from '../platform/journal/journal.js';
import { MailQueries } from '../platform/mail/mail.queries.js';
import { mailState } from '../platform/mail/mail-status.rules.js';
import { Refused } from '../platform/refusals/refused.js';
import { CensusQueries, type CensusRow } from './census.queries.js';
import { ReceiptsService } from './receipts.service.js';
import { nextSentence, stagesAhead, stagesDue } from './reminder.rules.js';
import { CensusMailList, RemindedAnswer, ReminderPreview, ReminderQuery } from './reminders.dto.js';
import { RemindersService } from './reminders.service.js';

/** What is written to communes about a census, and what became of it. */
@ApiTags('besoins')
@Controller('consultations/:consultationId')
export class RemindersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly access: DeclarationAccess,
    private readonly queries: CensusQueries,
    private readonly reminders: RemindersService,
    private readonly receipts: ReceiptsService,
    private readonly mailQueries: MailQueries,
    private readonly journal: Journal,
  ) {}

  @Get('needs-campaign/reminders')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Qui sera relancé, et ce que chacun lira',
    description: 'Seulement ceux qui n’ont pas transmis. Rien n’est envoyé.',
    operationId: 'previewReminders',
  })
  @ApiOkResponse({ type: ReminderPreview })
  async preview(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Query() { on }: ReminderQuery,
  ): Promise<ReminderPreview> {
    const tx = this.dataSource.manager;
    await this.access.ofCampaign(tx, caller, 'needs.conduct', consultationId);
    const census = await this.census(tx, consultationId);
    const day = on ?? parisDate(census.now);
    const [openedOn, deadlineOn] = [parisDate(census.openedAt), parisDate(census.deadline)];
    const made = await this.queries.stagesMade(tx, consultationId, deadlineOn);
    const digests = census.closedAt === null ? await this.reminders.digests(tx, [census], day) : [];
    return {
      on: day,
      automatic: census.closedAt === null && stagesDue(openedOn, deadlineOn, day, made).due !== null,
      next: census.closedAt === null ? nextSentence(stagesAhead(openedOn, deadlineOn, day)) : null,
      reminders: digests.map(({ to, subject, text, buyers }) => ({
        ...{ personId: to.personId, name: to.name, buyers, subject, text },
      })),
    };
  }

  @Post('needs-campaign/reminders')
  @HttpCode(200)
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Relancer maintenant ceux qui n’ont pas transmis',
    description: 'Une fois par personne et par jour.',
    operationId: 'remindNow',
  })
  @ApiOkResponse({ type: RemindedAnswer })
  remind(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<RemindedAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const { groupId, trace } = await this.access.ofCampaign(
        tx,
        call.caller,
        'needs.conduct',
        consultationId,
      );
      const census = await this.census(tx, consultationId);
      if (census.closedAt !== null) throw new Refused('NEEDS_CLOSED');
      const written = await this.reminders.remindNow(tx, census);
      const of = { groupId, buyerId: null, subject: 'needs-campaign', subjectId: consultationId };
      await this.journal.write(tx, trace, at, [
        { ...of, key: 'needs.remind', before: null, after: { mails: written } },
      ]);
      return { written };
    });
  }

  @Get('needs-campaign/mails')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Les courriels du recensement, et ce qu’ils sont devenus',
    description:
      'Partis, en attente, gardés faute de serveur, échoués, revenus. Les relances qui disent plusieurs recensements n’y sont pas.',
    operationId: 'listCensusMails',
  })
  @ApiOkResponse({ type: CensusMailList })
  async mails(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<CensusMailList> {
    const tx = this.dataSource.manager;
    await this.access.ofCampaign(tx, caller, 'needs.conduct', consultationId);
    const rows = await this.mailQueries.ofConsultation(tx, consultationId);
    return {
      mails: rows.map((row) => ({
        ...{ id: row.id, kind: row.kind, state: mailState(row), to: row.toAddress, buyerIds: row.buyerIds },
        ...{ subject: row.subject, writtenAt: row.writtenAt, sentAt: row.sentAt, failure: row.failure },
      })),
    };
  }

  @Get('declarations/:buyerId/versions/:number/receipt')
  @Requires('needs.read')
  @ApiParam({ name: 'number', schema: { type: 'integer' }, description: 'Numéro de la version.', example: 1 })
  @ApiOperation({
    summary: 'L’accusé de réception d’une version, en PDF',
    operationId: 'downloadReceipt',
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary', example: '%PDF-1.7…' } })
  async receipt(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Param('number', new ParseIntPipe({ exceptionFactory: () => new Refused('NOT_FOUND') })) number: number,
  ): Promise<StreamableFile> {
    const tx = this.dataSource.manager;
    await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
    const { fileName, bytes } = await this.receipts.pdf(tx, consultationId, buyerId, number);
    return new StreamableFile(bytes, {
      type: 'application/pdf',
      disposition: `attachment; filename="${fileName}"`,
      length: bytes.length,
    });
  }

  private async census(tx: EntityManager, consultationId: string): Promise<CensusRow> {
    const census = await this.queries.census(tx, consultationId);
    if (!census) throw new Refused('NEEDS_NOT_OPEN');
    return census;
  }
}
