import { expect, it } from 'vitest';
import type { PythonFacts, PythonMethod } from '../../../../src/core/cog-project/python-facts';
import { referencesIn } from '../../../../src/core/cog-project/references';
import { fakeFiles } from '../scaffold/fake-files';

/** "Reads" sources that only name classes and their methods: `Runner.run Other.setup`. */
const readPython = (source: string): PythonFacts => ({
  imports: [],
  constants: {},
  variables: [],
  functions: [],
  classes: source.split(' ').map((word) => {
    const [name = '', ...methods] = word.split('.');
    const span = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    return { name, span, bases: [], fields: [], methods: methods.map((one) => ({ name: one }) as PythonMethod) };
  }),
});

it('lists the classes that a configuration can name, of the files that can be read', async () => {
  const files = fakeFiles({
    'run.py': 'Runner.setup.run Helper.help',
    'old.py': 'Predictor.predict',
    'src/deep.py': 'Deep.run',
    'notes.txt': 'Notes.run',
    'a.py': 'A.run B.run',
    'bad.py': '',
  });
  const some = {
    ...files,
    read: (path: string) => (path === 'bad.py' ? Promise.reject(new Error('not UTF-8')) : files.read(path)),
  };
  expect(await referencesIn(some, readPython, 'run')).toEqual(['run.py:Runner', 'a.py:A', 'a.py:B']);
  expect(await referencesIn(some, readPython, 'predict')).toEqual(['old.py:Predictor']);
});
