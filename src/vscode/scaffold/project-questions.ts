/**
 * The questions about a new project.
 */
import * as vscode from 'vscode';
import type { ChosenModel, WorkerExtra } from '../../core/scaffold/worker/answers';
import { projectNameProblem } from '../../core/scaffold/worker/new-project';
import { WORKER_TEMPLATES, type WorkerTemplate } from '../../core/scaffold/worker/templates';
import { bindingNameProblem } from '../../core/scaffold/wrangler/binding-names';
import { nameStep, parentStep } from './folder-questions';
import type { ModelPorts } from './model-choices';
import { modelQuestions } from './model-questions';
import { recall, type ProjectAnswers } from './project-answers';
import { askMany, askOne, askText, BACK, type Step } from './wizard';

/** What asking borrows. */
export interface QuestionPorts extends ModelPorts {
  readonly settings: () => { readonly gatewayId: string };
  /** Answers of the last time. */
  readonly remembered: vscode.Memento;
}

/** What is not asked. */
interface Given {
  readonly answers: ProjectAnswers;
  readonly models?: readonly ChosenModel[];
}

/** The questions that are left open. */
export function projectQuestions(given: Given, ports: QuestionPorts): readonly Step<ProjectAnswers>[] {
  const { answers: start } = given;
  const last = recall(ports.remembered);
  return [
    parentStep(start),
    templateStep(given, last),
    nameStep(start, {
      prompt: vscode.l10n.t('Name of the Worker and of its folder'),
      wish: ({ template }) => template ?? 'ai-worker',
      problem: (name) => projectNameProblem(name),
    }),
    ...(given.models === undefined ? modelQuestions(ports, last.template) : []),
    {
      when: () => start.binding === undefined,
      async ask(answers, place) {
        const binding = await askText(place, {
          prompt: vscode.l10n.t('Name of the AI binding: code says env.<name>'),
          value: answers.binding ?? last.binding ?? 'AI',
          problem: bindingNameProblem,
        });
        return binding === BACK ? BACK : { ...answers, binding };
      },
    },
    {
      when: () => start.gatewayId === undefined,
      async ask(answers, place) {
        const gatewayId = await askText(place, {
          prompt: vscode.l10n.t('AI Gateway that calls go through; "default" is made when it is first used'),
          value: answers.gatewayId ?? last.gatewayId ?? ports.settings().gatewayId,
          problem: (id) =>
            /^\S+$/.test(id) ? undefined : vscode.l10n.t('A gateway id has no spaces and is not empty.'),
        });
        return gatewayId === BACK ? BACK : { ...answers, gatewayId };
      },
    },
    {
      when: () => start.extras === undefined,
      async ask(answers, place) {
        const extras = await askMany<WorkerExtra>(place, {
          placeholder: vscode.l10n.t('What else goes into it?'),
          choices: [
            {
              value: 'tests',
              label: vscode.l10n.t('Tests'),
              description: vscode.l10n.t('vitest in the Workers runtime, without an account'),
            },
            {
              value: 'offline',
              label: vscode.l10n.t('Offline development'),
              description: vscode.l10n.t('a fake AI Worker, so that wrangler dev needs no account'),
            },
          ],
          ticked: answers.extras ?? last.extras ?? ['tests'],
        });
        return extras === BACK ? BACK : { ...answers, extras };
      },
    },
  ];
}

/** Templates that these models fit, when they are chosen already. */
function fitting(models: readonly ChosenModel[] | undefined): readonly WorkerTemplate[] {
  if (models === undefined) return WORKER_TEMPLATES;
  const tasks = new Set(models.map(({ task }) => task));
  return WORKER_TEMPLATES.filter(({ slots }) => slots.length === 0 || slots.some(({ task }) => tasks.has(task)));
}

function templateStep({ answers: start, models }: Given, last: Partial<ProjectAnswers>): Step<ProjectAnswers> {
  return {
    when: () => start.template === undefined,
    async ask(answers, place) {
      const template = await askOne(place, {
        placeholder: vscode.l10n.t('What should it do?'),
        choices: fitting(models).map(({ id, label, description }) => ({ value: id, label, description })),
        active: answers.template ?? last.template,
      });
      if (template === BACK) return BACK;
      if (template === answers.template) return answers;
      // Models of another template do not fit this one, nor does a name made of it.
      const { name, ...others } = answers;
      return { ...others, ...(start.name !== undefined && { name: start.name }), template, picked: {} };
    },
  };
}
