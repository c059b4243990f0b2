/**
 * What a Python file says, as far as Cog is concerned. Made by Python's own `ast` (`media/cog/read_runner.py`) where
 * Python is, else by `read-python.ts`; both make the same shape.
 */
import type { JsonValue } from '../catalog/schema';
import type { Span } from './problem';

/**
 * A value in the source. `input`: a call of `Input(…)`, what has no name under its number (`0`). `none`: `None`. `other`: what only running it would tell.
 */
export type PythonValue =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'none' }
  | { readonly kind: 'input'; readonly fields: Readonly<Record<string, PythonValue>> }
  | { readonly kind: 'other'; readonly source: string };

/** An annotation as it is written: `list[str]`, without quotes around it. */
export interface Annotation {
  readonly source: string;
  readonly span: Span;
}

/** A parameter of a method, `self` left out; or a field of a class. */
export interface PythonParameter {
  readonly name: string;
  /** Of the name. */
  readonly span: Span;
  readonly annotation?: Annotation;
  readonly default?: { readonly value: PythonValue; readonly span: Span };
}

/** A decorator: `streaming`, or `concurrent` with `{max: 4}`. Names are written without their module. */
export interface Decorator {
  readonly name: string;
  readonly fields: Readonly<Record<string, PythonValue>>;
  readonly span: Span;
}

/** A method of a class. */
export interface PythonMethod {
  readonly name: string;
  /** Of the name. */
  readonly span: Span;
  /** Where the line of `def` starts, behind its indentation: decorators go in above, with the same indentation. */
  readonly start: { readonly line: number; readonly column: number };
  /** The closing bracket of the parameters ends here: a return annotation goes in behind it. */
  readonly parametersEnd: { readonly line: number; readonly column: number };
  readonly isAsync: boolean;
  /** It has a `yield`. */
  readonly isGenerator: boolean;
  readonly decorators: readonly Decorator[];
  readonly parameters: readonly PythonParameter[];
  /** Names of `*args` and `**kwargs` that have an annotation, with it. */
  readonly variadic: readonly PythonParameter[];
  readonly returns?: Annotation;
}

/** A class at the top level. */
export interface PythonClass {
  readonly name: string;
  readonly span: Span;
  /** Without their module: `BaseRunner`. */
  readonly bases: readonly string[];
  readonly methods: readonly PythonMethod[];
  /** Annotated names in the class's body: the fields of a `BaseModel`. */
  readonly fields: readonly PythonParameter[];
}

/** A name that was imported. */
export interface PythonImport {
  /** `cog` of `from cog import Path`, `torch` of `import torch`. */
  readonly module: string;
  /** `Path`; absent for `import torch`. */
  readonly name?: string;
  /** What it is called here, where that is another name. */
  readonly as?: string;
  readonly span: Span;
}

/** What one file says. */
export interface PythonFacts {
  /** Python could not read it; the rest is then empty. */
  readonly syntaxError?: { readonly message: string; readonly span: Span };
  readonly imports: readonly PythonImport[];
  readonly classes: readonly PythonClass[];
  /** What names at the top level stand for that are assigned a literal; null: `None`. */
  readonly constants: Readonly<Record<string, JsonValue>>;
  /** Names at the top level that stand for anything else. */
  readonly variables: readonly string[];
  /** Functions at the top level, with all of their parameters; the way into files that are adopted. */
  readonly functions: readonly PythonMethod[];
}

/** Reads Python source. Never rejects: without Python a tolerant parser reads it. */
export type ReadPython = (source: string) => PythonFacts | Promise<PythonFacts>;

/** Reads with Python itself; undefined where there is none, or it does not answer. Never rejects. */
export type AskPython = (source: string) => Promise<PythonFacts | undefined>;
