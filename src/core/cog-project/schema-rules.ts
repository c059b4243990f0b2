/**
 * Whether `cog.yaml` is of the shape that its schema describes (`media/cog/cog.schema.json`).
 */
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import schema from '../../../media/cog/cog.schema.json';
import { CONFIG, type CogConfig } from './config';
import { nearest } from './nearest';
import type { Problem } from './problem';
import { reporter } from './report';

interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly minimum?: number;
}

const root = schema as unknown as Shape & { readonly definitions: Readonly<Record<string, Shape>> };
const report = reporter(CONFIG);

const names: Readonly<Record<string, string>> = {
  ...{ object: 'a mapping', array: 'a list', string: 'a text', boolean: 'true or false', integer: 'a whole number' },
};

/** Problems of shape: keys that Cog does not know, values of another kind, keys that are missing. */
export function schemaProblems(config: CogConfig): readonly Problem[] {
  return config.root === undefined ? [] : checked(config, config.root, root, '');
}

function checked(config: CogConfig, given: Node, shape: Shape, where: string): readonly Problem[] {
  const node = config.resolve(given);
  const target = shape.$ref === undefined ? shape : (root.definitions[shape.$ref.split('/').at(-1) ?? ''] ?? {});
  if (node === undefined) return [];
  if (target.anyOf) {
    const fitting = target.anyOf.find((one) => isOfType(node, one.type));
    return fitting ? checked(config, node, fitting, where) : [wrongType(config, given, where, 'a text or a mapping')];
  }
  if (target.type === 'boolean' && config.boolean(node) !== undefined && !isQuoted(config, node)) return [];
  if (target.type !== undefined && !isOfType(node, target.type)) {
    // A version without quotes has a rule of its own.
    if (target.type === 'string' && isScalar(node) && typeof node.value === 'number') return [];
    return [wrongType(config, given, where, names[target.type] ?? target.type)];
  }
  if (isMap(node)) return mapping(config, node, given, target, where);
  if (isSeq(node)) {
    return config
      .items(node)
      .flatMap((item) => (target.items ? checked(config, item, target.items, `an item of ${where}`) : []));
  }
  return scalarProblems(config, given, target, where);
}

function mapping(config: CogConfig, node: Node, given: Node, shape: Shape, where: string): readonly Problem[] {
  const { properties = {}, required = [] } = shape;
  const entries = config.entries(node);
  const keys = new Set(entries.map(({ key }) => key));
  const missing = required
    // `build` has a rule of its own, with a fix.
    .filter((key) => !keys.has(key) && key !== 'python_version')
    .map((key) => report('missing-key', 'error', config.nodeSpan(given), `${where || CONFIG} needs ${key}.`));
  const own = entries.flatMap(({ key, keySpan, value, valueSpan }) => {
    const inner = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (inner === undefined) {
      const meant = nearest(
        key,
        Object.keys(properties).filter((one) => !keys.has(one)),
      );
      const place = where === '' ? CONFIG : where;
      const question = meant === undefined ? '' : ` Did you mean ${meant}?`;
      const message = `${place} has no key ${key}: Cog ignores it.${question}`;
      const fixes =
        meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: [config.replace(keySpan, meant)] }];
      return [report('unknown-key', 'warning', keySpan, message, fixes)];
    }
    if (value === undefined || (isScalar(value) && value.value === null)) {
      return [report('empty-value', 'info', valueSpan, `${key} has no value, as if it were not there.`)];
    }
    return checked(config, value, inner, key);
  });
  return [...missing, ...own];
}

function isOfType(node: Node, type: string | undefined): boolean {
  switch (type) {
    case 'object':
      return isMap(node);
    case 'array':
      return isSeq(node);
    case 'string':
      return isScalar(node) && typeof node.value === 'string';
    case 'boolean':
      return isScalar(node) && typeof node.value === 'boolean';
    case 'integer':
      return isScalar(node) && Number.isInteger(node.value);
    default:
      return true;
  }
}

const isQuoted = (config: CogConfig, node: Node): boolean => /^["']/.test(config.sourceOf(node));

function wrongType(config: CogConfig, node: Node, where: string, wanted: string): Problem {
  return report('wrong-type', 'error', config.nodeSpan(node), `${where || CONFIG} must be ${wanted}.`);
}

function scalarProblems(config: CogConfig, node: Node, shape: Shape, where: string): readonly Problem[] {
  const value = config.scalar(node);
  const span = config.nodeSpan(node);
  if (shape.enum && !shape.enum.includes(value)) {
    return [report('wrong-value', 'error', span, `${where} must be one of: ${shape.enum.join(', ')}.`)];
  }
  if (typeof value === 'number' && shape.minimum !== undefined && value < shape.minimum) {
    return [report('wrong-value', 'error', span, `${where} must be at least ${shape.minimum}.`)];
  }
  if (typeof value === 'string' && shape.pattern !== undefined && !new RegExp(shape.pattern, 'u').test(value)) {
    return [
      report(
        `${shape.pattern.includes('\\.py:') ? 'reference-format' : 'wrong-format'}`,
        'error',
        span,
        formatOf(where),
      ),
    ];
  }
  return [];
}

const formats: Readonly<Record<string, string>> = {
  run: 'run must name file and class: run.py:Runner.',
  predict: 'predict must name file and class: predict.py:Predictor.',
  train: 'train must name file and function: train.py:train.',
  python_version: 'python_version must be a version such as "3.12".',
  'an item of environment': 'A variable is written as NAME=value.',
  name: 'A name has small letters and digits, with . _ or - between them.',
  target: 'target must be an absolute path other than /.',
};

function formatOf(where: string): string {
  return formats[where] ?? `${where} is not written as Cog wants it.`;
}
