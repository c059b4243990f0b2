/**
 * What is needed of a Cog project to serve it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { openapiOf } from '../../core/cog/openapi';
import { CogStartError } from '../../core/cog/server';
import type { PythonFacts } from '../../core/cog-project/python-facts';

/** A project that can be served. */
export interface CogProject {
  readonly folder: string;
  /** `run.py:Runner` */
  readonly reference: string;
  /** `run.py` */
  readonly file: string;
  readonly className: string;
  /** Lines of a requirements file; what the project installs. */
  readonly requirements: readonly string[];
  /** `concurrency.max` of `cog.yaml`, as it was written before the decorator. */
  readonly slots?: number;
}

/** What the server must be told of a class. */
export interface ClassFacts {
  readonly openapi: object;
  /** Predictions at once, where the class says (`@concurrent(max=N)`): `cog build` would write it into the image. */
  readonly slots?: number;
}

/** Reads what `read_runner.py` wrote; undefined when the class is not there. */
export function classFacts(written: string, className: string): ClassFacts | undefined {
  let facts: unknown;
  try {
    facts = JSON.parse(written);
  } catch {
    return undefined;
  }
  // Our own program wrote it.
  const known = facts as PythonFacts;
  const openapi = openapiOf(known, className);
  if (openapi === undefined) return undefined;
  const methods = known.classes.find(({ name }) => name === className)?.methods ?? [];
  const most = methods.flatMap(({ decorators }) => decorators).find(({ name }) => name === 'concurrent')?.fields['max'];
  const slots = most?.kind === 'literal' && typeof most.value === 'number' ? most.value : undefined;
  return { openapi, ...(slots !== undefined && { slots }) };
}

/** Reads `cog.yaml` and the requirements. Rejects with a `CogStartError`. */
export async function readProject(folder: string): Promise<CogProject> {
  const text = await readFile(path.join(folder, 'cog.yaml'), 'utf8').catch(() => {
    throw new CogStartError(`There is no cog.yaml in ${folder}.`, 'Choose the folder of a Cog project, or make one.');
  });
  const config = objectOf(parsed(text));
  const reference = [config?.['run'], config?.['predict']].find((one) => typeof one === 'string');
  const [, file, className] = /^(.+\.py):(\w+)$/u.exec(typeof reference === 'string' ? reference.trim() : '') ?? [];
  if (typeof reference !== 'string' || file === undefined || className === undefined) {
    throw new CogStartError(
      'cog.yaml does not say which class is the model.',
      'Write it as run: "run.py:Runner", or run "Check Cog Project".',
    );
  }
  const build = objectOf(config?.['build']);
  const requirements = await requirementsOf(folder, build);
  const slots = objectOf(config?.['concurrency'])?.['max'];
  const known = { folder, reference: reference.trim(), file, className, requirements };
  return typeof slots === 'number' ? { ...known, slots } : known;
}

async function requirementsOf(folder: string, build: Record<string, unknown> | undefined): Promise<readonly string[]> {
  const name = build?.['python_requirements'];
  const packages = build?.['python_packages'];
  if (typeof name === 'string') {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => {
      throw new CogStartError(`cog.yaml names ${name}, which cannot be read.`, 'Make the file, or remove the line.');
    });
    return text.split(/\r?\n/);
  }
  return Array.isArray(packages) ? packages.filter((one) => typeof one === 'string') : [];
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new CogStartError(`cog.yaml is not valid YAML: ${why}`, 'Correct it; "Check Cog Project" shows the place.');
  }
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
