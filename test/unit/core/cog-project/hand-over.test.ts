import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessRequest } from '../../../../src/core/cog-project/access-request';
import {
  HAND_OVER_TARGETS,
  handOver,
  imageProblem,
  suggestedImage,
  type HandOverTarget,
} from '../../../../src/core/cog-project/hand-over';
import type { ModelFacts } from '../../../../src/core/cog-project/model-facts';

const CPU: ModelFacts = { name: 'upscaler', hasGpu: false, frameworks: [] };
const GPU: ModelFacts = {
  name: 'painter',
  hasGpu: true,
  cuda: '12.8',
  pythonVersion: '3.12',
  frameworks: ['torch 2.10.0', 'diffusers'],
  task: 'text-to-image',
  isStreaming: false,
};

const lines = (target: HandOverTarget, image: string, hasDeployment = false, model = CPU) =>
  handOver(target, image, model, { hasDeployment }).commands.map(({ line, folder }) =>
    folder ? `${folder}: ${line}` : line,
  );

const notes = (target: HandOverTarget, model: ModelFacts) =>
  handOver(target, 'a:v1', model, { hasDeployment: false }).notes.join(' ');

describe('handing over', () => {
  it('builds and measures before anything leaves the machine', () => {
    expect(lines('build', 'a:v1')).toEqual(['cog build -t a:v1', 'docker image inspect --format "{{.Size}}" a:v1']);
    for (const target of HAND_OVER_TARGETS) {
      expect(lines(target, 'a:v1').slice(0, 2)).toEqual(lines('build', 'a:v1'));
    }
  });

  it('pushes with the command of each place, and to Workers AI with none', () => {
    expect(lines('workers-ai', 'a:v1').slice(2)).toEqual([]);
    expect(lines('containers', 'a:v1').slice(2)).toEqual(['npx wrangler containers push a:v1']);
    expect(lines('containers', 'a:v1', true).slice(2)).toEqual([
      'npx wrangler containers push a:v1',
      'containers: npx wrangler deploy',
    ]);
    expect(lines('replicate', 'r8.im/me/a').slice(2)).toEqual(['cog login', 'cog push r8.im/me/a']);
    expect(lines('registry', 'ghcr.io/me/a:v1').slice(2)).toEqual([
      'docker login ghcr.io',
      'docker push ghcr.io/me/a:v1',
    ]);
    expect(lines('registry', 'me/a:v1').slice(2)).toEqual(['docker login', 'docker push me/a:v1']);
  });

  it('says what is not public, and that Containers have no GPU to those who want one', () => {
    expect(notes('workers-ai', CPU)).toMatch(/not public/);
    expect(notes('containers', GPU)).toMatch(/GPU/);
    expect(notes('containers', CPU)).not.toMatch(/GPU/);
  });

  it.each([
    ['build', 'My Model'],
    ['containers', 'my-model'],
    ['containers', 'ghcr.io/me/my-model:v1'],
    ['replicate', 'me/model'],
    ['replicate', 'r8.im/model'],
    ['replicate', 'r8.im/me/model:v1'],
    ['registry', 'model:v1'],
    ['registry', 'ghcr.io/your-name/model:v1'],
  ] as const)('refuses for %s the image %s, with a sentence', (target, image) => {
    expect(imageProblem(target, image)).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['build', 'model'],
    ['workers-ai', 'model:v1'],
    ['containers', 'my-model:v1'],
    ['replicate', 'r8.im/me/model'],
    ['registry', 'me/model'],
    ['registry', 'localhost:5000/model:v1'],
  ] as const)('takes for %s the image %s', (target, image) => {
    expect(imageProblem(target, image)).toBeUndefined();
  });

  it('suggests an image of the name of any project that needs at most the account put in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...HAND_OVER_TARGETS), fc.string({ unit: 'binary' }), (target, name) => {
        const image = suggestedImage(target, name).replace('your-name', 'me');
        expect(imageProblem(target, image)).toBeUndefined();
      }),
    );
  });
});

describe('the request for access', () => {
  it('says what is known, and leaves in brackets what only people know', () => {
    const text = accessRequest(GPU, 'painter:v1');
    for (const known of ['painter', 'text-to-image', 'torch 2.10.0, diffusers', '3.12', 'NVIDIA GPU, CUDA 12.8']) {
      expect(text).toContain(known);
    }
    expect(text).toMatch(/^Image size: \[.*docker image inspect --format "{{\.Size}}" painter:v1\]$/m);
    expect(text).toMatch(/^Streaming output: no$/m);
    expect(text).toMatch(/^Contact: \[.*\]$/m);
  });

  it('makes nothing up', () => {
    const text = accessRequest(CPU, 'upscaler');
    expect(text).toMatch(/^Hardware: CPU only$/m);
    for (const label of ['Task', 'Framework', 'Python', 'Streaming output', 'Weights', 'Traffic', 'Account']) {
      expect(text).toMatch(new RegExp(`^${label}: \\[.*\\]$`, 'm'));
    }
  });
});
