/**
 * Keeps account of which of the user's parameters a wire had a place for.
 */
import type { RunParameters } from './request';

/** Hands out parameters and remembers which were asked for: those never asked for could not be sent. */
export class ParameterReader {
  private readonly taken = new Set<keyof RunParameters>();

  constructor(private readonly parameters: RunParameters) {}

  /** The value the user set, if any. The caller has a place for it on the wire. */
  take<Name extends keyof RunParameters>(name: Name): RunParameters[Name] {
    this.taken.add(name);
    return this.parameters[name];
  }

  /** The value without claiming it. */
  peek<Name extends keyof RunParameters>(name: Name): RunParameters[Name] {
    return this.parameters[name];
  }

  /** Names the user set and no one took. */
  unsupported(): readonly (keyof RunParameters)[] {
    const names = Object.keys(this.parameters) as (keyof RunParameters)[];
    return names.filter((name) => !this.taken.has(name) && isSet(this.parameters[name]));
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** The fields that have a value; an empty list has none. Keeps bodies free of `undefined`. */
export function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isSet(value)));
}
