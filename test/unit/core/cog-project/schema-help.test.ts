import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { keysAt, meaningOf, valuesAt, yamlOf, type SchemaNode } from '../../../../src/core/cog-project/schema-help';

const schema: SchemaNode = {
  type: 'object',
  required: ['run'],
  properties: {
    build: { $ref: '#/definitions/build' },
    predict: { type: 'string', deprecated: true, deprecationMessage: 'Use `run`.' },
    run: { type: 'string', description: 'The class.', examples: ['run.py:Runner'] },
    environment: { type: 'array', items: { type: 'string' } },
  },
  definitions: {
    build: {
      type: 'object',
      required: ['python_version'],
      properties: {
        gpu: { type: 'boolean', default: false, description: 'Needs a GPU.' },
        python_version: { type: 'string', examples: ['3.12', '3.13'] },
        run: {
          type: 'array',
          items: { anyOf: [{ type: 'string' }, { type: 'object', properties: { command: { type: 'string' } } }] },
        },
      },
    },
  },
};

describe('keys', () => {
  it('are those of the mapping, the required first and the outdated last', () => {
    expect(keysAt(schema, []).map(({ key }) => key)).toEqual(['run', 'build', 'environment', 'predict']);
    expect(keysAt(schema, ['build'])[0]).toEqual({
      key: 'python_version',
      takes: 'value',
      isRequired: true,
      isDeprecated: false,
    });
  });

  it('know what is written behind them', () => {
    const takes = (path: string[]) => Object.fromEntries(keysAt(schema, path).map((one) => [one.key, one.takes]));
    expect(takes([])).toMatchObject({ build: 'mapping', run: 'value', environment: 'list' });
    expect(takes(['build'])).toMatchObject({ run: 'list' });
  });

  it('are found in items of lists, and nowhere that is unknown', () => {
    expect(keysAt(schema, ['build', 'run', undefined]).map(({ key }) => key)).toEqual(['command']);
    expect(keysAt(schema, ['elsewhere'])).toEqual([]);
  });
});

describe('values', () => {
  it('are defaults, choices and examples, in quotes where YAML would read something else', () => {
    expect(valuesAt(schema, ['build', 'gpu'])).toEqual([
      { text: 'false', isDefault: true },
      { text: 'true', isDefault: false },
    ]);
    expect(valuesAt(schema, ['build', 'python_version']).map(({ text }) => text)).toEqual(['"3.12"', '"3.13"']);
    expect(valuesAt(schema, ['run']).map(({ text }) => text)).toEqual(['run.py:Runner']);
    expect(valuesAt(schema, ['build'])).toEqual([]);
  });

  it('are written so that YAML reads them as they are', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom('yes', 'a: b', 'null', '3.10', '~', '- a', 'x #y', 'a:', '.5', ''),
    );
    fc.assert(
      fc.property(fc.oneof(texts, fc.boolean(), fc.integer()), (value) => {
        expect(parse(`k: ${yamlOf(value)}`, { version: '1.1' })).toEqual({ k: value });
        expect(parse(`k: ${yamlOf(value)}`)).toEqual({ k: value });
      }),
    );
  });
});

describe('meanings', () => {
  it('are what the schema says', () => {
    expect(meaningOf(schema, ['build', 'gpu'])).toEqual({
      description: 'Needs a GPU.',
      default: 'false',
      values: ['false', 'true'],
    });
    expect(meaningOf(schema, ['predict'])).toEqual({ deprecation: 'Use `run`.', values: [] });
    expect(meaningOf(schema, ['nothing'])).toBeUndefined();
    expect(meaningOf(schema, ['constructor'])).toBeUndefined();
  });

  it('end in a schema that refers to itself', () => {
    const endless: SchemaNode = {
      $ref: '#/definitions/a',
      definitions: { a: { anyOf: [{ $ref: '#/definitions/a' }] } },
    };
    expect(meaningOf(endless, [])).toEqual({ values: [] });
  });
});
