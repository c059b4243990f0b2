/**
 * What the account `catalog-hostile` finds among the good entries. Ids that are well-formed say what is wrong with the
 * entry: `…/hostile/<what>`.
 */

/** `good` with a bad entry after every third, the rest at the end. */
export function weave(good: readonly unknown[], bad: readonly unknown[]): unknown[] {
  const rest = [...bad];
  return [...good.flatMap((entry, index) => [entry, ...(index % 3 === 2 ? rest.splice(0, 1) : [])]), ...rest];
}

/** No objects at all. */
const nonsense: readonly unknown[] = [null, 7, 'text', [], {}, true];

/** Ids that no caller could use, or that would do harm where an id is used as a key, a path or a line of text. */
const oddIds: readonly unknown[] = [
  7,
  null,
  '',
  ' ',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  '@cf/hostile/line\nbreak',
  '@cf/hostile/null\u0000byte',
  '@cf/hostile/\u202Eright-to-left',
  '@cf/hostile/<img src=x onerror=alert(1)>',
  `@cf/hostile/${'long'.repeat(2500)}`,
];

const task = { id: 'hostile', name: 'Text Generation', description: '' };
const price = (value: unknown, currency = 'USD', unit: unknown = 'per M input tokens'): unknown => [
  { property_id: 'price', value: [{ unit, price: value, currency }] },
];

const hostedProperties: Readonly<Record<string, unknown>> = {
  'negative-price': price(-1),
  'absurd-price': price(1e12),
  'text-price': price('0.1'),
  'null-price': price(null),
  'euro-price': price(1, 'EUR'),
  'number-unit': price(1, 'USD', 7),
  'object-price': [{ property_id: 'price', value: { unit: 'per M input tokens', price: 1 } }],
  'negative-context': [{ property_id: 'context_window', value: '-5' }],
  'absurd-context': [{ property_id: 'context_window', value: '1e400' }],
  'worded-context': [{ property_id: 'context_window', value: 'plenty' }],
  'worded-date': [{ property_id: 'planned_deprecation_date', value: 'soon' }],
  'impossible-date': [{ property_id: 'planned_deprecation_date', value: '2026-13-45' }],
  'script-terms': [{ property_id: 'terms', value: 'javascript:alert(1)' }],
  'unknown-property': [{ property_id: 'toString', value: 'true' }, null, 7],
  'object-properties': { context_window: '1000' },
  'null-properties': null,
};

/** Bad items for `/ai/models/search`, among them `repeated`, an id that the good ones have as well. */
export function hostileHosted(repeated: string): readonly unknown[] {
  const item = (name: unknown, rest: object = {}): object => ({ name, description: '', task, properties: [], ...rest });
  return [
    ...nonsense,
    ...oddIds.map((id) => item(id)),
    ...Object.entries(hostedProperties).map(([what, properties]) => item(`@cf/hostile/${what}`, { properties })),
    item('@cf/hostile/unknown-task', { task: { ...task, name: 'Mind Reading' } }),
    item('@cf/hostile/text-task', { task: 'Text Generation' }),
    item('@cf/hostile/null-task', { task: null }),
    item('@cf/hostile/object-description', { description: { text: 'none' } }),
    item(repeated, { properties: price(9999) }),
  ];
}

const input = 'Input tokens (per 1M)';
const thirdPartyFields: Readonly<Record<string, object>> = {
  'negative-price': { pricing: { [input]: -1 } },
  'absurd-price': { pricing: { [input]: 1e12 } },
  'text-price': { pricing: { [input]: '0.1' } },
  'null-price': { pricing: { [input]: null } },
  'list-pricing': { pricing: [input, 1] },
  'unknown-label': { pricing: { 'Per wish granted': 3 } },
  'unknown-task': { task: 'Mind Reading' },
  'object-task': { task: { name: 'Text Generation' } },
  'null-task': { task: null },
  'negative-context': { context_length: -5 },
  'text-context': { context_length: '1000' },
  'fractional-context': { context_length: 0.5 },
  'number-provider': { provider_id: 7 },
  'number-name': { name: 7 },
  'text-zdr': { zdr: 'yes' },
  'text-formats': { request_formats: 'Responses' },
  'unknown-formats': { request_formats: ['Telepathy', 7, null] },
  'script-terms': { terms: 'javascript:alert(1)' },
  'object-tags': { tags: { vision: true } },
};

/** Bad items for `/ai/catalog/models`. */
export function hostileThirdParty(repeated: string): readonly unknown[] {
  const item = (model_id: unknown, rest: object = {}): object => ({
    model_id,
    provider_id: 'hostile',
    name: 'Hostile',
    description: '',
    task: 'Text Generation',
    tags: [],
    pricing: {},
    ...rest,
  });
  return [
    ...nonsense,
    ...oddIds.map((id) => item(id)),
    ...Object.entries(thirdPartyFields).map(([what, fields]) => item(`hostile/${what}`, fields)),
    item(repeated, { pricing: { [input]: 9999 } }),
  ];
}

/** Bad entries for `/compat/models`. */
export function hostileCompat(repeated: string): readonly unknown[] {
  const entry = (id: unknown, cost_in: unknown = 1e-6, cost_out: unknown = 1e-6): object => ({
    id,
    object: 'model',
    cost_in,
    cost_out,
  });
  return [
    ...nonsense,
    ...oddIds.map((id) => entry(id)),
    entry('openai/hostile-negative', -1e-6, -1e-6),
    entry('openai/hostile-absurd', 1e9, 1e9),
    entry('openai/hostile-text', '0.000001', 'free'),
    entry('openai/hostile-null', null, null),
    entry(repeated, 9, 9),
  ];
}

/** A schema in which hardly a keyword has the type that JSON Schema gives it. */
export const hostileSchema = {
  input: {
    type: 'object',
    $defs: { loop: { $ref: '#/$defs/loop' } },
    properties: {
      prompt: { type: 'string', minLength: -1, maxLength: 'plenty', description: 7 },
      turned: { type: 'integer', minimum: 10, maximum: 1, default: 'five' },
      undecided: { type: ['number', 'astonishment'], enum: 'none' },
      choice: { type: 'string', enum: [null, 7, { a: 1 }, 'usable', 'usable'], default: 'absent' },
      looping: { $ref: '#/$defs/loop' },
      nothing: null,
      number: 7,
      pattern: { type: 'string', pattern: '(((' },
      constructor: { type: 'string' },
      ['__proto__']: { type: 'string' },
      deep: deep(200),
    },
    required: ['prompt', 7, 'absent', null],
    oneOf: 'one',
  },
  output: [],
} as const;

function deep(levels: number): unknown {
  let schema: unknown = { type: 'string' };
  for (let level = 0; level < levels; level++) schema = { type: 'object', properties: { deep: schema } };
  return schema;
}
