/**
 * The file with the class that Cog runs, around a function or method of people's own.
 */
import type { JsonValue } from '../../catalog/schema';
import { pythonLiteral, pythonString } from '../../snippets/python-literal';
import {
  adoptedCall,
  callTodos,
  setupTodos,
  spelledNames,
  streamType,
  type AdoptedCall,
  type AdoptedEntry,
} from './adopt-call';
import { helpersText, importsText } from './adopt-imports';
import type { AdoptedInput, AdoptedOutput } from './adopt-types';

/** The file's text, and what people should look at in it. */
export interface RunnerText {
  readonly text: string;
  /** Sentences. */
  readonly todos: readonly string[];
}

/** Columns of a call that is not broken into lines. */
const WIDTH = 80;

/** The text around a call of one function or method. */
export function runnerText(adopted: AdoptedEntry): RunnerText {
  const call = adoptedCall(adopted);
  const { className, base, method } = spelledNames(call.spelling);
  const file = call.file.replaceAll(/["\\\p{Cc}]/gu, '');
  const parameters = call.inputs.map((input) => `        ${declared(input)},\n`).join('');
  const list = parameters === '' ? 'self' : `\n        self,\n${parameters}    `;
  const lines = [
    ...call.left.map(({ name, what }) => `# ${name} ${what}: it keeps its default.`),
    ...callTodos(call).map((todo) => `# TODO: ${todo}`),
    ...bodyLines(call),
  ];
  const text = `"""The way into ${file} for Cog: what ${method}() takes are the inputs of the model."""

${importsText(call)}${helpersText(call)}

class ${className}(${base}):
${setupText(call)}${call.isMarkedStreaming ? '    @streaming\n' : ''}    ${call.isAsync ? 'async ' : ''}def ${method}(${list}) -> ${returnType(call)}:
        """Runs ${call.entry.id}()."""
${lines.map((line) => `        ${line}\n`).join('')}`;
  return { text, todos: [...callTodos(call), ...setupTodos(call)] };
}

/** An input as a parameter. */
function declared({ name, type, isOptional, choices, default: value }: AdoptedInput): string {
  const fields = [
    ...(value === undefined ? [] : [`default=${defaultLiteral(type, value)}`]),
    ...(choices === undefined ? [] : [`choices=${pythonLiteral(choices, 8)}`]),
  ];
  return `${name}: ${isOptional ? `Optional[${type}]` : type} = Input(${fields.join(', ')})`;
}

/** The default of a float is written as one: 2.0. */
function defaultLiteral(type: string, value: JsonValue): string {
  return type === 'float' && Number.isSafeInteger(value) ? `${String(value)}.0` : pythonLiteral(value, 8);
}

function returnType(call: AdoptedCall): string {
  const { how, type } = call.output;
  if (how === 'stream') return `${streamType(call)}[${type}]`;
  return how === 'list' ? `list[${type}]` : type;
}

function setupText(call: AdoptedCall): string {
  if (call.entry.kind === 'function') return '';
  const { imported, callee } = call;
  const todos = setupTodos(call).map((todo) => `        # TODO: ${todo}\n`);
  const reason = pythonString(`setup() has to say how ${imported} is made.`);
  return `    def setup(self) -> None:
        """Makes ${imported} once, before the first call."""
${todos.join('')}        ${todos.length === 0 ? `self.model = ${callee}()` : `raise NotImplementedError(${reason})`}

`;
}

function bodyLines(call: AdoptedCall): readonly string[] {
  const { missing, output, entry } = call;
  const { how, isAsyncStream } = output;
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    const reason = pythonString(`${entry.id}() wants ${names}, which nothing makes yet.`);
    const staysStream = how === 'stream' ? ['yield  # Never reached: with it this stays a stream.'] : [];
    return [`raise NotImplementedError(${reason})`, ...staysStream];
  }
  const lines = callLines(call);
  const [before, after] = converted(output);
  const isKept = before === '';
  switch (how) {
    case 'stream':
      return [
        ...withEnds(lines, `${isAsyncStream ? 'async ' : ''}for part in `, ':'),
        `    yield ${before}part${after}`,
      ];
    case 'list':
      return isKept
        ? withEnds(lines, 'return list(', ')')
        : withEnds(lines, `return [${before}part${after} for part in `, ']');
    case 'one':
      return withEnds(lines, `return ${before}`, after);
  }
}

function callLines({ entry, callee, inputs, output }: AdoptedCall): readonly string[] {
  const { method } = entry;
  const object = method.name === '__call__' ? 'self.model' : `self.model.${method.name}`;
  // What an asynchronous generator is called for needs no waiting, only each of its parts does.
  const isAwaited = method.isAsync && !(method.isGenerator && output.how === 'stream');
  const head = `${isAwaited ? 'await ' : ''}${entry.kind === 'function' ? callee : object}`;
  const passed = inputs.map((input) => `${input.name}=${passedOn(input)}`);
  const line = `${head}(${passed.join(', ')})`;
  return line.length <= WIDTH ? [line] : [`${head}(`, ...passed.map((one) => `    ${one},`), ')'];
}

/** An input as the function takes it. */
function passedOn({ name, conversion, isOptional }: AdoptedInput): string {
  if (conversion === 'none') return name;
  const made = conversion === 'image' ? `Image.open(${name})` : `str(${name})`;
  return isOptional ? `${made} if ${name} is not None else None` : made;
}

/** What stands before and behind a result. */
function converted({ conversion, type }: AdoptedOutput): readonly [string, string] {
  const callees: Readonly<Record<AdoptedOutput['conversion'], string | undefined>> = {
    none: undefined,
    number: type,
    path: 'Path',
    image: '_as_file',
    text: '_as_text',
  };
  const callee = callees[conversion];
  return callee === undefined ? ['', ''] : [`${callee}(`, ')'];
}

function withEnds(lines: readonly string[], before: string, after: string): readonly string[] {
  const last = lines.length - 1;
  return lines.map((line, at) => `${at === 0 ? before : ''}${line}${at === last ? after : ''}`);
}
