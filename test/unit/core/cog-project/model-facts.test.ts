import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelFacts } from '../../../../src/core/cog-project/model-facts';
import { readPython } from '../../../../src/core/cog-project/read-python';
import { fakeFiles } from '../scaffold/fake-files';

const facts = (files: Readonly<Record<string, string>>) => modelFacts(fakeFiles(files), readPython, '/work/painter');

const RUN = `from cog import BaseRunner, ConcatenateIterator, streaming

class Runner(BaseRunner):
    @streaming
    def run(self, prompt: str) -> ConcatenateIterator[str]:
        yield prompt
`;

describe('what handing over knows of a model', () => {
  it('is what its files say', async () => {
    expect(
      await facts({
        'cog.yaml': `build:
  gpu: true # an A100
  cuda: "12.8"
  python_version: '3.12'
  python_requirements: deps/requirements.txt
  run:
    - command: pip list
run: run.py:Runner
`,
        'deps/requirements.txt':
          '# torch==1.0\ntorch==2.10.0 ; python_version > "3"\ntransformers[torch]>=4\ntorchvision==0.25\n',
        'run.py': RUN,
      }),
    ).toEqual({
      name: 'painter',
      reference: 'run.py:Runner',
      hasGpu: true,
      cuda: '12.8',
      pythonVersion: '3.12',
      frameworks: ['torch 2.10.0', 'transformers'],
      task: 'text-generation',
      isStreaming: true,
    });
  });

  it('is nothing without a configuration, and little with an empty one', async () => {
    expect(await facts({})).toBeUndefined();
    expect(
      await facts({ 'cog.yaml': '# gpu: true\n# or { gpu: true, cuda: "12.8" }\nbuild: # { gpu: true }\n' }),
    ).toEqual({ name: 'painter', hasGpu: false, frameworks: [] });
  });

  it('is read from braces as well, and from the older spelling', async () => {
    const yaml = 'build: { gpu: yes, "python_version": "3.11", python_packages: ["jax==0.4.1"] }\npredict: "p.py:P"\n';
    expect(await facts({ 'cog.yaml': yaml })).toMatchObject({
      hasGpu: true,
      pythonVersion: '3.11',
      reference: 'p.py:P',
    });
  });

  it('takes a list of packages in the configuration for requirements', async () => {
    const yaml = 'build:\n  python_packages:\n    - "torch==2.10.0"\n    - diffusers\n';
    expect((await facts({ 'cog.yaml': yaml }))?.frameworks).toEqual(['torch 2.10.0', 'diffusers']);
  });

  it.each(['run.py:Gone', 'gone.py:Runner', '../run.py:Runner', 'run.py:'])(
    'leaves out the task of what is not there: %s',
    async (reference) => {
      const found = await facts({ 'cog.yaml': `run: "${reference}"\n`, 'run.py': RUN });
      expect(found?.task).toBeUndefined();
    },
  );

  it('never fails on what is no YAML', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await facts({ 'cog.yaml': text })).toMatchObject({ name: 'painter' });
      }),
    );
  });
});
