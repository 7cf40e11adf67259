import { randomUUID } from 'node:crypto';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationsQueries } from '../../src/consultations/consultations.queries.js';
import { requiredValue } from '../../src/law/law-on.js';
import { LawbookService } from '../../src/lawbook/lawbook.service.js';
import { Public } from '../../src/platform/access/requires.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { answer, openProbe, type ProbeApplication } from './probe.js';

/** A rule that needs the European threshold on the day of the planned launch. */
@Controller('probe/thresholds')
class ThresholdController {
  @Get(':consultationId')
  @Public('a probe')
  @ApiOperation({ summary: 'Seuil', operationId: 'getProbeThreshold' })
  read(@Param('consultationId') id: string): Promise<{ threshold: string }> {
    const { app } = probe;
    return app.get(DataSource).transaction(async (tx) => {
      const { plannedLaunchOn } = (await app.get(ConsultationsQueries).detail(tx, id))!;
      const law = await app.get(LawbookService).on(tx, plannedLaunchOn!);
      const threshold = requiredValue(law, 'formalisee_fs');
      return { threshold: threshold.toString() };
    });
  }
}

let database: TestDatabase;
let probe: ProbeApplication;
beforeAll(async () => {
  database = await createTestDatabase();
  probe = await openProbe(database, [ThresholdController]);
});
afterAll(async () => {
  await probe.close();
  await database.drop();
});

/** A consultation whose launch is planned on that day. */
async function planned(day: string): Promise<string> {
  const [id, groupId, buyerId] = [randomUUID(), randomUUID(), randomUUID()];
  const source = probe.app.get(DataSource);
  const siret = day === '2027-12-31' ? '21530007000012' : '21530054200010';
  await source.query(`insert into buyer (id, siret, name) values ($1, $2, 'Changé')`, [buyerId, siret]);
  await source.query(`insert into purchasing_group (id, coordinator_id, title) values ($1, $2, 'Achats')`, [
    ...[groupId, buyerId],
  ]);
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals, planned_launch_on)
     values ($1, $2, 'Sel', 1, 0, $3)`,
    [id, groupId, day],
  );
  return id;
}

test('a day whose law nobody knows is refused with what to do, and answered once a figure is recorded', async () => {
  const known = await planned('2027-12-31');
  expect(await answer(probe.api(`/probe/thresholds/${known}`))).toEqual([200, { threshold: '21600000' }]);
  const unknown = await planned('2028-06-01');
  expect(await answer(probe.api(`/probe/thresholds/${unknown}`))).toEqual([
    409,
    expect.objectContaining({
      code: 'LAW_UNKNOWN',
      title: 'Droit inconnu à cette date',
      detail:
        'Aucun chiffre n’est connu au 1er\u00a0juin\u00a02028 pour «\u00a0Procédure formalisée, fournitures et services\u00a0» (CCP L2124-1)\u00a0: l’ajouter au droit daté, ou choisir une autre date.',
    }),
  ]);
  expect(probe.lines.filter(({ msg }) => msg === 'request failed')).toEqual([]);
  await probe.app.get(DataSource).query(
    `insert into law_figure (id, code, value, valid_from, source, checked_on, verified, recorded_at)
     values ($1, 'formalisee_fs', 14000000, '2028-01-01', 'JOUE', '2026-11-20', true, now())`,
    [randomUUID()],
  );
  expect(await answer(probe.api(`/probe/thresholds/${unknown}`))).toEqual([200, { threshold: '14000000' }]);
});
