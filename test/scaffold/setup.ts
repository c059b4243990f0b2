import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { installation } from './installation';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder for the projects of this run. */
    projects: string;
  }
}

/** Installs before any test, so that no test's time holds an installation. Answers what takes the projects away. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(await installation(), 'projects-'));
  project.provide('projects', folder);
  return () => rm(folder, { recursive: true, force: true });
}
