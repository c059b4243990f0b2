/**
 * What a JSON schema says about a place in a YAML text: the keys and values that fit there, and what they mean.
 */
import type { YamlPath } from './yaml-place';

/** As much of a JSON schema as is read here. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly required?: readonly string[];
  readonly deprecated?: boolean;
  readonly deprecationMessage?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode | readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** A key that fits. */
export interface KeyHelp {
  readonly key: string;
  readonly description?: string;
  /** What to write behind it. */
  readonly takes: 'mapping' | 'list' | 'value';
  readonly isRequired: boolean;
  readonly isDeprecated: boolean;
}

/** A value that fits. */
export interface ValueHelp {
  /** As it is written in YAML: in quotes where it would be read as something else without. */
  readonly text: string;
  readonly isDefault: boolean;
}

/** What a key means. */
export interface Meaning {
  readonly description?: string;
  readonly deprecation?: string;
  readonly default?: string;
  readonly values: readonly string[];
}

/** Nodes that apply, all branches of `anyOf` and the like beside each other. Deeper than any sane schema is cut. */
function spread(node: SchemaNode, root: SchemaNode, depth = 0): readonly SchemaNode[] {
  if (depth > 16) return [];
  const target = node.$ref === undefined ? undefined : referenced(node.$ref, root);
  const inner = [...(target ? [target] : []), ...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return [node, ...inner.flatMap((one) => spread(one, root, depth + 1))];
}

function referenced(pointer: string, root: SchemaNode): SchemaNode | undefined {
  const [, kind, name] = /^#\/(definitions|\$defs)\/([^/]+)$/.exec(pointer) ?? [];
  return name === undefined ? undefined : (kind === '$defs' ? root.$defs : root.definitions)?.[name];
}

/** The nodes for a place; none where the schema knows nothing about it. */
export function nodesAt(root: SchemaNode, path: YamlPath): readonly SchemaNode[] {
  let nodes = spread(root, root);
  for (const step of path) {
    nodes = nodes.flatMap((node) => below(node, step)).flatMap((node) => spread(node, root));
  }
  return nodes;
}

function below(node: SchemaNode, step: string | undefined): readonly SchemaNode[] {
  if (step === undefined) return node.items === undefined ? [] : [node.items].flat();
  const named = node.properties && Object.hasOwn(node.properties, step) ? node.properties[step] : undefined;
  if (named !== undefined) return [named];
  return typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
}

/** The keys of the mapping at a place; the required ones first, the outdated ones last. */
export function keysAt(root: SchemaNode, path: YamlPath): readonly KeyHelp[] {
  const nodes = nodesAt(root, path);
  const required = new Set(nodes.flatMap((node) => node.required ?? []));
  const names = new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})));
  const rank = ({ isRequired, isDeprecated }: KeyHelp) => (isRequired ? 0 : isDeprecated ? 2 : 1);
  return [...names]
    .map((key): KeyHelp => {
      const own = nodesAt(root, [...path, key]);
      const description = descriptionOf(own);
      return {
        key,
        ...(description !== undefined && { description }),
        takes: shapeOf(own),
        isRequired: required.has(key),
        isDeprecated: own.some(isDeprecated),
      };
    })
    .sort((one, other) => rank(one) - rank(other));
}

/** The values that a place is known to take, its default first. */
export function valuesAt(root: SchemaNode, path: YamlPath): readonly ValueHelp[] {
  const nodes = nodesAt(root, path).filter(takesValue);
  const isDefault = (value: unknown) => nodes.some((node) => node.default === value);
  const all = nodes.flatMap((node) => [
    ...(node.default === undefined ? [] : [node.default]),
    ...(node.const === undefined ? [] : [node.const]),
    ...(node.enum ?? []),
    ...(typesOf(node).includes('boolean') ? [true, false] : []),
    ...(node.examples ?? []),
  ]);
  return [...new Set(all)]
    .filter((value) => ['string', 'number', 'boolean'].includes(typeof value))
    .map((value) => ({ text: yamlOf(value as string | number | boolean), isDefault: isDefault(value) }));
}

/** What the key at the end of a path means; undefined where the schema knows nothing about it. */
export function meaningOf(root: SchemaNode, path: YamlPath): Meaning | undefined {
  const nodes = nodesAt(root, path);
  if (nodes.length === 0) return undefined;
  const description = descriptionOf(nodes);
  const deprecation = nodes.find(isDeprecated);
  const values = valuesAt(root, path);
  const byDefault = values.find(({ isDefault }) => isDefault);
  return {
    ...(description !== undefined && { description }),
    ...(deprecation && { deprecation: deprecation.deprecationMessage ?? '' }),
    ...(byDefault && { default: byDefault.text }),
    values: values.map(({ text }) => text),
  };
}

const isDeprecated = (node: SchemaNode): boolean => node.deprecated === true || node.deprecationMessage !== undefined;

const descriptionOf = (nodes: readonly SchemaNode[]): string | undefined =>
  nodes.find(({ description }) => description !== undefined)?.description;

const typesOf = ({ type }: SchemaNode): readonly string[] => (type === undefined ? [] : [type].flat());

const takesValue = (node: SchemaNode): boolean =>
  typesOf(node).every((type) => type !== 'object' && type !== 'array') && node.properties === undefined;

/** Where several shapes fit, the simplest. */
function shapeOf(nodes: readonly SchemaNode[]): KeyHelp['takes'] {
  const types = new Set(nodes.flatMap(typesOf));
  if (['string', 'number', 'integer', 'boolean'].some((type) => types.has(type))) return 'value';
  if (types.has('array') || nodes.some(({ items }) => items !== undefined)) return 'list';
  return types.has('object') || nodes.some(({ properties }) => properties !== undefined) ? 'mapping' : 'value';
}

/** A value as YAML. Texts that would be read as numbers, truths or structure get quotes. */
export function yamlOf(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain =
    /^[\p{L}_./][^\n\t]*$/u.test(value) &&
    !/^(?:true|false|yes|no|on|off|null|y|n|\.(?:inf|nan))$/i.test(value) &&
    !/^\.\d/.test(value) &&
    !/: |:$| #|\s$/.test(value);
  return isPlain ? value : JSON.stringify(value);
}
