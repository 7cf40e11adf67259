import type { Plan, PlannedStep } from '../calendar/plan.js';
import type { Council, CouncilsInTime } from '../calendar/sessions.js';
import type { CouncilsAnswer, PlanAnswer, PlannedCouncil, PlannedStepAnswer } from './plan.dto.js';
import type { ConsultationPlan } from './plan.service.js';

/** A plan as it is sent. */
export const planAnswer = ({ plan, procedure, title: _, ...told }: ConsultationPlan): PlanAnswer => ({
  ...told,
  procedure: procedure.kind,
  procedureBasis: procedure.basis,
  procedureSentence: procedure.sentence,
  ...verdictOf(plan),
  steps: plan.steps.map(stepAnswer),
});

const verdictOf = ({ feasible, earliestStart, missingDays, withoutSession, sentence }: Plan) => ({
  ...{ feasible, earliestStart, missingDays, sentence },
  withoutSession: withoutSession.map(councilAnswer),
});

const stepAnswer = ({ step, councils, ...dates }: PlannedStep): PlannedStepAnswer => ({
  code: step.code,
  label: step.label,
  ...dates,
  basis: step.basis.kind,
  article: step.basis.article ?? null,
  verified: step.basis.verified ?? null,
  councils: councils === null ? null : councilsAnswer(councils),
});

const councilsAnswer = ({ readyBy, usable, without }: CouncilsInTime): CouncilsAnswer => ({
  readyBy,
  usable: usable.map(({ council, latest, all }) => ({
    buyerId: council.id,
    name: council.name,
    latest,
    sessions: [...all],
  })),
  without: without.map(councilAnswer),
});

const councilAnswer = ({ id, name }: Council): PlannedCouncil => ({ buyerId: id, name });
