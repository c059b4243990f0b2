/**
 * Reads a JSON body field by field and refuses what does not fit, as the API does.
 */
import { Refusal } from './envelope';

/** Bounds of a number. */
interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** Typed access to one JSON object. Every method throws a `Refusal` (400) when the field has the wrong type. */
export class Fields {
  private constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly hosted: boolean,
  ) {}

  /** `hosted` decides the vocabulary of refusals: 3003 for `@cf/` models, 7003 "User Input Error" for the others. */
  static of(value: unknown, hosted: boolean): Fields {
    if (!isObject(value)) throw badInput(hosted, 'the body must be a JSON object');
    return new Fields(value, hosted);
  }

  /** Whether the request is one for a hosted model. */
  get isHosted(): boolean {
    return this.hosted;
  }

  names(): readonly string[] {
    return Object.keys(this.values);
  }

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }

  raw(name: string): unknown {
    return this.values[name];
  }

  refuse(problem: string): Refusal {
    return badInput(this.hosted, problem);
  }

  string(name: string): string | undefined {
    return this.typed(name, 'a string', (value) => typeof value === 'string');
  }

  boolean(name: string): boolean {
    return this.typed<boolean>(name, 'a boolean', (value) => typeof value === 'boolean') ?? false;
  }

  number(name: string, { min = -Infinity, max = Infinity, integer = false }: Bounds = {}): number | undefined {
    const value = this.typed<number>(name, 'a number', (given) => typeof given === 'number' && Number.isFinite(given));
    if (value === undefined) return undefined;
    if (integer && !Number.isInteger(value)) throw this.refuse(`'${name}' must be a whole number`);
    if (value < min) throw this.refuse(`'${name}' must be at least ${min}`);
    if (value > max) throw this.refuse(`'${name}' must be at most ${max}`);
    return value;
  }

  list(name: string): readonly unknown[] | undefined {
    return this.typed(name, 'an array', Array.isArray);
  }

  object(name: string): Fields | undefined {
    const value = this.typed<object>(name, 'an object', isObject);
    return value === undefined ? undefined : Fields.of(value, this.hosted);
  }

  /** A string or a list of strings, as a list. */
  strings(name: string): readonly string[] {
    const value = this.values[name];
    if (value === undefined || value === null) return [];
    const list = typeof value === 'string' ? [value] : value;
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
      throw this.refuse(`'${name}' must be a string or an array of strings`);
    }
    return list;
  }

  private typed<T>(name: string, what: string, fits: (value: unknown) => boolean): T | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (!fits(value)) throw this.refuse(`'${name}' must be ${what}`);
    return value as T;
  }
}

/** Whether `value` is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The refusal of a body that does not fit. */
export function badInput(hosted: boolean, problem: string): Refusal {
  return hosted
    ? new Refusal(400, 3003, `AiError: Bad input: ${problem}`)
    : new Refusal(400, 7003, `User Input Error: ${problem}`);
}
