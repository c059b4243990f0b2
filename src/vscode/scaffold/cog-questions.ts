/**
 * The questions about a new Cog project, and about a folder that becomes one.
 */
import * as vscode from 'vscode';
import { readAdoptable } from '../../core/scaffold/cog/adopt';
import type { AdoptEntry } from '../../core/scaffold/cog/adopt-entries';
import { adoptableFiles } from '../../core/scaffold/cog/adopt-files';
import type { CogExtra, CogTemplateId } from '../../core/scaffold/cog/answers';
import { COG_TEMPLATES, type CogTemplate } from '../../core/scaffold/cog/templates';
import type { ReadPython } from '../../core/cog-project/python-facts';
import { ScaffoldError } from '../../core/scaffold/plan';
import { projectNameProblem } from '../../core/scaffold/worker/new-project';
import { askFolder, nameStep, parentStep, type ProjectPlace } from './folder-questions';
import { projectFiles } from './project-files';
import { askMany, askOne, BACK, type Choice, type Step } from './wizard';

/** What is known of the project so far. */
export interface CogProjectAnswers extends ProjectPlace {
  readonly template?: CogTemplateId;
  readonly extras?: readonly CogExtra[];
  /** Of a folder that becomes a project. */
  readonly folder?: vscode.Uri;
  /** The file in it that is wrapped. */
  readonly file?: string;
  /** What of that file is called. */
  readonly entry?: string;
}

/** What asking borrows. */
export interface CogQuestionPorts {
  /** Answers of the last time. */
  readonly remembered: vscode.Memento;
  readonly readPython: ReadPython;
}

const REMEMBERED = 'scaffold.newCog';

/** Of one project the next has template and extras. */
export async function rememberCog({ template, extras }: CogProjectAnswers, memento: vscode.Memento): Promise<void> {
  await memento.update(REMEMBERED, { template, extras });
}

/** The questions that are left open. */
export function cogQuestions(start: CogProjectAnswers, ports: CogQuestionPorts): readonly Step<CogProjectAnswers>[] {
  const last = ports.remembered.get<Partial<CogProjectAnswers>>(REMEMBERED) ?? {};
  const isNew = ({ template }: CogProjectAnswers) => template !== 'adopt';
  return [
    templateStep(start, last),
    ...[
      parentStep(start),
      nameStep(start, {
        prompt: vscode.l10n.t('Name of the model and of its folder'),
        wish: ({ template }) => (template === undefined ? 'cog-model' : `cog-${template}`),
        problem: (name) => projectNameProblem(name, 'model'),
      }),
      extrasStep(start, last),
    ].map((step) => onlyIf(isNew, step)),
    ...adoptSteps(start, ports).map((step) => onlyIf((answers) => !isNew(answers), step)),
  ];
}

function onlyIf<T>(condition: (answers: T) => boolean, { when, ask }: Step<T>): Step<T> {
  return { ask, when: (answers) => condition(answers) && when(answers) };
}

function templateStep(start: CogProjectAnswers, last: Partial<CogProjectAnswers>): Step<CogProjectAnswers> {
  const adopt: Choice<CogTemplateId> = {
    value: 'adopt',
    label: vscode.l10n.t('Adopt a Python folder'),
    description: vscode.l10n.t('cog.yaml and a runner around code that you have'),
  };
  return {
    when: () => start.template === undefined,
    async ask(answers, place) {
      const choices = COG_TEMPLATES.map(({ id, label, description }) => ({ value: id, label, description }));
      const template = await askOne<CogTemplateId>(place, {
        placeholder: vscode.l10n.t('What should the model do?'),
        choices: [...choices, adopt],
        active: answers.template ?? last.template,
      });
      if (template === BACK) return BACK;
      if (template === answers.template) return answers;
      // A name that was made of another template does not fit this one.
      const { name, ...others } = answers;
      return { ...others, ...(start.name !== undefined && { name: start.name }), template };
    },
  };
}

function extrasStep(start: CogProjectAnswers, last: Partial<CogProjectAnswers>): Step<CogProjectAnswers> {
  return {
    when: () => start.extras === undefined,
    async ask(answers, place) {
      const template = COG_TEMPLATES.find(({ id }) => id === answers.template);
      const ticked = answers.extras ?? last.extras ?? ['tests'];
      const choices = extraChoices(template);
      const extras = await askMany<CogExtra>(place, {
        placeholder: vscode.l10n.t('What else goes into it?'),
        choices,
        ticked,
      });
      return extras === BACK ? BACK : { ...answers, extras };
    },
  };
}

function extraChoices(template: CogTemplate | undefined): readonly Choice<CogExtra>[] {
  return [
    {
      value: 'tests',
      label: vscode.l10n.t('Test'),
      description: vscode.l10n.t('runs with Python alone, without the model'),
    },
    {
      value: 'worker',
      label: vscode.l10n.t('Companion Worker'),
      description: vscode.l10n.t('calls the model by an id that is kept in a variable'),
    },
    ...(template?.needsGpu === true
      ? []
      : [
          {
            value: 'containers',
            label: vscode.l10n.t('Cloudflare Containers'),
            description: vscode.l10n.t('a Worker that runs the image, on CPUs'),
          } as const,
        ]),
  ];
}

function adoptSteps(start: CogProjectAnswers, { readPython }: CogQuestionPorts): readonly Step<CogProjectAnswers>[] {
  return [
    {
      when: () => start.folder === undefined,
      async ask(answers, place) {
        const folder = await askFolder(place, {
          placeholder: vscode.l10n.t('Which folder has the Python code? cog.yaml goes into it.'),
          openLabel: vscode.l10n.t('Adopt This Folder'),
          active: answers.folder,
        });
        return folder === BACK ? BACK : { ...answers, folder };
      },
    },
    {
      when: () => start.file === undefined,
      async ask({ file: before, entry: _, ...answers }, place) {
        const { folder } = answers;
        if (folder === undefined) return answers;
        const found = await adoptableFiles(projectFiles(folder));
        if (found.length === 0) {
          throw new ScaffoldError('no-file', vscode.l10n.t('{0} has no Python file to adopt.', folder.path));
        }
        const file = await askOne(place, {
          placeholder: vscode.l10n.t('Which file runs the model?'),
          choices: found.map((path) => ({ value: path, label: path })),
          active: before,
        });
        return file === BACK ? BACK : { ...answers, ...(start.entry !== undefined && { entry: start.entry }), file };
      },
    },
    {
      when: () => start.entry === undefined,
      async ask(answers, place) {
        const { folder, file } = answers;
        if (folder === undefined || file === undefined) return answers;
        const { entries } = await readAdoptable(projectFiles(folder), readPython, file);
        const [only, ...others] = entries;
        // None is for the planner to refuse.
        if (only === undefined) return answers;
        if (others.length === 0) return { ...answers, entry: only.id };
        const entry = await askOne(place, {
          placeholder: vscode.l10n.t('What of {0} does one prediction?', file),
          choices: entries.map(entryChoice),
          active: answers.entry,
        });
        return entry === BACK ? BACK : { ...answers, entry };
      },
    },
  ];
}

function entryChoice(entry: AdoptEntry): Choice<string> {
  if (entry.kind === 'cog') {
    return { value: entry.id, label: entry.id, description: vscode.l10n.t('a class for Cog already') };
  }
  const names = entry.method.parameters.map(({ name }) => name).join(', ');
  return { value: entry.id, label: entry.id, description: `(${names})` };
}
