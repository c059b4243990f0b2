/**
 * Where a model packaged with Cog can go today, and the exact commands that bring it there (scaffolding.md 2.3 and 2.8).
 */
import type { PlannedCommand } from '../scaffold/plan';
import { imagePart, parseImageName } from './image-name';
import type { ModelFacts } from './model-facts';

/** The places. `build`: no place yet, only the image. */
export type HandOverTarget = 'workers-ai' | 'containers' | 'replicate' | 'registry' | 'build';

/** In the order in which they are offered. */
export const HAND_OVER_TARGETS: readonly HandOverTarget[] = [
  'workers-ai',
  'containers',
  'replicate',
  'registry',
  'build',
];

/** Cloudflare's form for models of one's own (scaffolding.md 2.8). */
export const REQUEST_FORM = 'https://forms.gle/axnnpGDb6xrmR31T6';

/** What is to be done for one place. */
export interface HandOver {
  /** In their order. The first ones do not leave the machine. */
  readonly commands: readonly PlannedCommand[];
  /** Sentences to read first: what is not public, what will not work. */
  readonly notes: readonly string[];
}

/** The name that an image would have for a place. */
export function suggestedImage(target: HandOverTarget, project: string): string {
  const name = imagePart(project);
  if (target === 'replicate') return `r8.im/your-name/${name}`;
  if (target === 'registry') return `ghcr.io/your-name/${name}:v1`;
  return `${name}:v1`;
}

/** What is wrong with the name of an image for a place, as a sentence; undefined when nothing is. */
export function imageProblem(target: HandOverTarget, image: string): string | undefined {
  const name = parseImageName(image);
  if (name === undefined) {
    return 'That is no name of an image: use small letters, digits, . _ - and /, and a tag behind a colon, as in my-model:v1.';
  }
  if (image.includes('your-name')) return 'Put the name of your account in the place of your-name.';
  switch (target) {
    case 'replicate':
      return /^r8\.im\/[^/:]+\/[^/:]+$/.test(image)
        ? undefined
        : 'Replicate wants r8.im/<account>/<model>, of a model that you have made on its site.';
    case 'containers':
      if (name.host !== undefined) return "Leave the registry out: wrangler pushes to your account's own.";
      return name.tag === undefined ? 'Cloudflare Containers want a tag, as in my-model:v1.' : undefined;
    case 'registry':
      return name.path.includes('/') || name.host !== undefined
        ? undefined
        : 'Begin with the registry or your account there, as in ghcr.io/my-name/my-model:v1.';
    default:
      return undefined;
  }
}

/** Plans for one place. `hasDeployment`: the project has a folder `containers` with a Worker in it. */
export function handOver(
  target: HandOverTarget,
  image: string,
  model: ModelFacts,
  { hasDeployment }: { readonly hasDeployment: boolean },
): HandOver {
  const build = step('build', `cog build -t ${image}`);
  const size = step('size', sizeLine(image));
  switch (target) {
    case 'workers-ai':
      return {
        commands: [build, size],
        notes: [
          'Bringing your own model to Workers AI is not public: there is no command, API or page to push it with. Cloudflare takes requests by a form; have the image built and measured before you ask.',
        ],
      };
    case 'containers':
      return {
        commands: [
          build,
          size,
          step('push', `npx wrangler containers push ${image}`),
          ...(hasDeployment ? [step('deploy', 'npx wrangler deploy', 'containers')] : []),
        ],
        notes: [
          ...(model.hasGpu
            ? [
                'cog.yaml asks for a GPU, and Cloudflare Containers have none: the model would fail or be very slow there.',
              ]
            : []),
          'Containers need the Workers Paid plan. The image must fit onto the disk of its instance type.',
        ],
      };
    case 'replicate':
      return {
        commands: [build, size, step('login', 'cog login'), step('push', `cog push ${image}`)],
        notes: ['What is pushed to Replicate runs there, at its prices: this playground cannot call it.'],
      };
    case 'registry':
      return { commands: [build, size, loginTo(image), step('push', `docker push ${image}`)], notes: [] };
    case 'build':
      return { commands: [build, size], notes: [] };
  }
}

/** Prints the size of an image in bytes. Double quotes mean the same to every shell here. */
export function sizeLine(image: string): string {
  return `docker image inspect --format "{{.Size}}" ${image}`;
}

function loginTo(image: string): PlannedCommand {
  const host = parseImageName(image)?.host;
  return step('login', host === undefined ? 'docker login' : `docker login ${host}`);
}

function step(id: PlannedCommand['id'], line: string, folder = ''): PlannedCommand {
  return { id, line, folder };
}
