import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { Refused } from '../platform/refusals/refused.js';
import { CommentAnswer, CommentList, CommentRequest } from './comments.dto.js';
import { CommentsService } from './comments.service.js';
import { DeclarationAccess } from './declaration-access.service.js';

/** What people say of a declaration. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/declarations/:buyerId/comments')
export class CommentsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly access: DeclarationAccess,
    private readonly comments: CommentsService,
  ) {}

  @Get()
  @Requires('needs.read')
  @ApiOperation({
    summary: 'Les commentaires d’une déclaration',
    description: 'Ceux que la commune lit\u00a0; pour qui mène le recensement, les internes aussi.',
    operationId: 'listComments',
  })
  @ApiOkResponse({ type: CommentList })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<CommentList> {
    const tx = this.dataSource.manager;
    const place = await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
    return { comments: await this.comments.comments(tx, place, conducts(caller, place.groupId)) };
  }

  @Post()
  @Requires('needs.comment')
  @ApiOperation({
    summary: 'Commenter une déclaration, ou une de ses lignes',
    description: 'Un commentaire ne se corrige ni ne s’efface\u00a0: on en écrit un autre.',
    operationId: 'writeComment',
  })
  @ApiCreatedResponse({ type: CommentAnswer })
  write(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Body() { text, visibility, itemId }: CommentRequest,
  ): Promise<CommentAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const place = await this.access.ofMember(tx, call.caller, 'needs.comment', consultationId, buyerId);
      if (visibility === 'internal' && !conducts(call.caller, place.groupId))
        throw new Refused('COMMENT_NOT_INTERNAL');
      return this.comments.write(tx, place, at, { text, visibility, itemId });
    });
  }
}

const conducts = (caller: Caller, groupId: string): boolean =>
  caller.may('needs.conduct', { groupId, buyerIds: [] });
