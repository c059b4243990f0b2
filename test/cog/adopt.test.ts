/**
 * Folders with people's own Python, adopted as Cog projects and served by the real package.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPython } from '../../src/core/cog-project/read-python';
import { planAdoption, type AdoptAnswers } from '../../src/core/scaffold/cog/adopt';
import type { ProjectFiles } from '../../src/core/scaffold/plan';
import { copyOf, eventually, serve } from './environment';

const TEMPLATES = path.resolve(import.meta.dirname, '../../media/templates/cog');

/** Files of a folder on disk. */
const filesOf = (root: string): ProjectFiles => ({
  read: (name) =>
    Promise.resolve(
      readdirIn(root, path.dirname(name)).includes(path.basename(name))
        ? readFileSync(path.join(root, name), 'utf8')
        : undefined,
    ),
  list: (folder) => Promise.resolve(readdirIn(root, folder)),
});

function readdirIn(root: string, folder: string): string[] {
  try {
    return readdirSync(path.join(root, folder), { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? `${entry.name}/` : entry.name,
    );
  } catch {
    return [];
  }
}

function write(root: string, texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

/** A folder with these files, after it was adopted, in a path with a space and letters of other alphabets. */
async function adopted(
  texts: Readonly<Record<string, string>>,
  answers: Omit<AdoptAnswers, 'spelling'>,
): Promise<string> {
  const draft = mkdtempSync(path.join(tmpdir(), 'unified-inference-adopt-'));
  write(draft, texts);
  const folder = copyOf(draft, 'mein Modell 模型');
  rmSync(draft, { recursive: true });
  const readTemplate = (name: string) => Promise.resolve(readFileSync(path.join(TEMPLATES, name), 'utf8'));
  const { creates } = await planAdoption(
    filesOf(folder),
    { readPython, readTemplate },
    { spelling: 'runner', ...answers },
  );
  write(folder, Object.fromEntries(creates.map(({ path: name, text }) => [name, text])));
  return folder;
}

interface Prediction {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: string;
}

/** One prediction. The slot of the one before is free only a moment after its answer: until then, 409. */
async function predict(url: string, input: object): Promise<Prediction> {
  const headers = { 'content-type': 'application/json' };
  const send = () => fetch(`${url}/predictions`, { method: 'POST', headers, body: JSON.stringify({ input }) });
  let response = await send();
  const isTaken = async () => {
    if (response.status === 409) response = await send();
    return response.status !== 409;
  };
  await eventually(isTaken, () => 'The server stays busy.');
  return (await response.json()) as Prediction;
}

const dataUrl = (text: string) => `data:text/plain;base64,${Buffer.from(text).toString('base64')}`;

describe('an adopted folder', () => {
  it('serves a function whose file takes the name of a file and imports its neighbours', async () => {
    const folder = await adopted(
      {
        'src/read-it.py': `
from helper import shout

def predict(file_path: str, times=2, *, mark: str = "!"):
    with open(file_path) as file:
        return shout(file.read()) * times + mark
`,
        'src/helper.py': 'def shout(text):\n    return text.upper()\n',
      },
      { file: 'src/read-it.py' },
    );
    const { url } = await serve(folder);
    expect(await predict(url, { file_path: dataUrl('ab') })).toMatchObject({ status: 'succeeded', output: 'ABAB!' });
    expect(await predict(url, { file_path: dataUrl('ab'), times: 1, mark: '?' })).toMatchObject({ output: 'AB?' });
    // Bad input is refused by the interface that the runner declares.
    expect(await predict(url, { file_path: dataUrl('ab'), times: 'many' })).toHaveProperty('detail');
  });

  it('serves a method of an object that is made once, and JSON of what Cog has no type for', async () => {
    const folder = await adopted(
      {
        'pkg/__init__.py': '',
        'pkg/base.py': 'STEP = 2\n',
        'pkg/counter.py': `
from .base import STEP

class Counter:
    def __init__(self, start: int = 40):
        self.count = start

    def generate(self, labels: list[str]) -> tuple[int, dict]:
        self.count += STEP
        return self.count, {label: 1 for label in labels}
`,
      },
      { file: 'pkg/counter.py' },
    );
    const { url } = await serve(folder);
    expect(await predict(url, { labels: ['a'] })).toMatchObject({ output: '[42, {"a": 1}]' });
    expect(await predict(url, { labels: [] })).toMatchObject({ output: '[44, {}]' });
  });

  it('streams what a generator yields, also an asynchronous one', async () => {
    const source = `
import asyncio
from typing import AsyncIterator

def plain(prompt: str):
    for word in prompt.split():
        yield word

async def patient(prompt: str) -> AsyncIterator[str]:
    for word in prompt.split():
        await asyncio.sleep(0.01)
        yield word
`;
    for (const entry of ['plain', 'patient']) {
      const { url } = await serve(await adopted({ 'words.py': source }, { file: 'words.py', entry }));
      const response = await fetch(`${url}/predictions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ input: { prompt: 'one two' } }),
      });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      const chunks = [...(await response.text()).matchAll(/"chunk":"([^"]*)"/g)].map(([, chunk]) => chunk);
      expect(chunks).toEqual(['one', 'two']);
    }
  });

  it('says what is left to do instead of failing by a guess', async () => {
    const source = 'def run(frame: "np.ndarray", level: float = 0.5) -> float:\n    return level\n';
    const { url } = await serve(await adopted({ 'run.py': source }, { file: 'run.py' }));
    const { status, error } = await predict(url, {});
    expect([status, error]).toEqual(['failed', expect.stringContaining('run() wants frame, which nothing makes yet.')]);
  });
});
