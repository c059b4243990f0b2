/**
 * What a runner imports, and the helpers that it has for it.
 */
import { pythonString } from '../../snippets/python-literal';
import { spelledNames, streamType, type AdoptedCall } from './adopt-call';

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const KEYWORDS: ReadonlySet<string> = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
   import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);

/** The import statements, in their groups. */
export function importsText(call: AdoptedCall): string {
  const { module, output } = call;
  const isPlain = module.name.split('.').every((part) => IDENTIFIER.test(part) && !KEYWORDS.has(part));
  const isInFolder = module.folder !== '';
  const savesImages = output.conversion === 'image';
  const readsImages = call.inputs.some(({ conversion }) => conversion === 'image');
  const standard = [
    ...(isPlain ? [] : ['import importlib']),
    ...(output.conversion === 'text' ? ['import json'] : []),
    ...(isInFolder || savesImages ? ['import pathlib'] : []),
    ...(isInFolder ? ['import sys'] : []),
    ...(savesImages ? ['import tempfile'] : []),
    ...typingLine(call),
  ];
  const libraries = [
    `from cog import ${cogNames(call).join(', ')}`,
    ...(savesImages || readsImages ? ['from PIL import Image'] : []),
  ];
  const groups = [standard, libraries, isInFolder ? [pathLine(module.folder)] : [], [importLine(call, isPlain)]];
  return groups
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function typingLine(call: AdoptedCall): readonly string[] {
  const isPlainStream = call.output.how === 'stream' && call.output.type !== 'str';
  const names = [
    ...(isPlainStream ? [streamType(call)] : []),
    ...(call.inputs.some(({ isOptional }) => isOptional) ? ['Optional'] : []),
  ];
  return names.length === 0 ? [] : [`from typing import ${names.join(', ')}`];
}

function cogNames(call: AdoptedCall): readonly string[] {
  const { inputs, output, spelling } = call;
  const usesPath = [...inputs, output].some(({ type }) => /\bPath\b/.test(type));
  return [
    ...(output.how === 'stream' && output.type === 'str' ? [streamType(call)] : []),
    spelledNames(spelling).base,
    ...(inputs.length > 0 ? ['Input'] : []),
    ...(usesPath ? ['Path'] : []),
    ...(call.isMarkedStreaming ? ['streaming'] : []),
  ].toSorted();
}

function pathLine(folder: string): string {
  const parts = folder.split('/').map((part) => ` / ${pythonString(part)}`);
  return `sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent${parts.join('')}))`;
}

function importLine({ module, imported, callee }: AdoptedCall, isPlain: boolean): string {
  if (!isPlain) return `${callee} = importlib.import_module(${pythonString(module.name)}).${imported}`;
  const alias = callee === imported ? '' : ` as ${callee}`;
  // Linters want imports before everything else, where this one cannot be.
  return `from ${module.name} import ${imported}${alias}${module.folder === '' ? '' : '  # noqa: E402'}`;
}

/** Functions that turn results into what Cog sends; '' where none is needed. */
export function helpersText({ output: { conversion } }: AdoptedCall): string {
  if (conversion === 'text') {
    return `

def _as_text(value: object) -> str:
    """A text as it is, and anything else as JSON; what JSON has no form for, as its text."""
    return value if isinstance(value, str) else json.dumps(value, default=str)
`;
  }
  if (conversion !== 'image') return '';
  return `

def _as_file(image: Image.Image) -> Path:
    """The picture in a file of its own, which Cog sends."""
    file = pathlib.Path(tempfile.mkdtemp()) / "output.png"
    image.save(file)
    return Path(file)
`;
}
