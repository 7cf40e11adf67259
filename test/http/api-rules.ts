import spectralCore, { type ISpectralDiagnostic, type RulesetDefinition } from '@stoplight/spectral-core';
import spectralRulesets from '@stoplight/spectral-rulesets';

const { Spectral } = spectralCore;

interface Content {
  readonly content?: Readonly<Record<string, { readonly example?: unknown; readonly examples?: unknown }>>;
}
interface Operation {
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
type Finding = { message: string }[];

/** The JSON that is sent, and received with success, is shown and not only described; only a 204 has nothing to show. */
function showsExamples({ requestBody, responses }: Operation): Finding {
  const successes = Object.entries(responses).filter(([status]) => /^2/.test(status) && status !== '204');
  const places = [...(requestBody ? [['requestBody', requestBody] as const] : []), ...successes];
  return places.flatMap(([place, { content = {} }]) => {
    const shown = Object.entries(content).every(
      ([type, { example, examples }]) =>
        !/json/.test(type) || example !== undefined || examples !== undefined,
    );
    return shown && Object.keys(content).length > 0 ? [] : [{ message: `${place} has no example` }];
  });
}

function refusesByProblems({ responses }: Operation): Finding {
  const refusals = Object.entries(responses).filter(([status]) => /^[45]/.test(status));
  return [
    ...(refusals.length === 0 ? [{ message: 'no refusal is described' }] : []),
    ...refusals.flatMap(([status, { content }]) =>
      Object.keys(content ?? {}).join() === 'application/problem+json'
        ? []
        : [{ message: `${status} is no application/problem+json` }],
    ),
  ];
}

const OPERATIONS = '$.paths[*][get,post,put,patch,delete]';
const API_OPERATIONS = '$.paths[?(@property.match(/^\\/api\\//))][get,post,put,patch,delete]';
const rule = (given: string, check: (operation: Operation) => Finding) => ({
  given,
  severity: 'warn' as const,
  then: { function: (target: unknown) => check(target as Operation) },
});
const named = (field: string) => ({
  given: OPERATIONS,
  severity: 'warn' as const,
  then: {
    function: (target: unknown) =>
      typeof (target as Record<string, unknown>)[field] === 'string' ? [] : [{ message: `no ${field}` }],
  },
});

const RULES = {
  extends: [spectralRulesets.oas],
  rules: {
    // A summary says what an operation does; a description is for what it does not say.
    'operation-description': 'off',
    'operation-tag-defined': 'warn',
    'halle-summary': named('summary'),
    'halle-operation-id': named('operationId'),
    'halle-examples': rule(OPERATIONS, showsExamples),
    'halle-problems': rule(API_OPERATIONS, refusesByProblems),
  },
} as unknown as RulesetDefinition;

/** What Spectral's OpenAPI rules and ours find: `path: code, message`. */
export async function lintApi(document: object): Promise<string[]> {
  const spectral = new Spectral();
  spectral.setRuleset(RULES);
  const findings: ISpectralDiagnostic[] = await spectral.run(
    structuredClone(document) as Record<string, unknown>,
  );
  return findings.map(({ path, code, message }) => `${path.join('.')}: ${code}, ${message}`);
}
