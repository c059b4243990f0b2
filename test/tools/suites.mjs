/**
 * Running suites and counting honestly: a suite that did not start, ran no test, or holds a skipped one has failed.
 */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectEnvironment, root } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, problems: string[] }} Count */

/**
 * Runs a program of the project with its output passed through, and keeps that output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] Quiet: nothing is passed through.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command, args, { quiet = false, env = {} } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...projectEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const [from, to] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    from.on('data', (data) => {
      output += data;
      if (!quiet) to.write(data);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Counts a report of vitest's JSON reporter. Tests that are not run and whole files that break count as failed.
 * @param {any} report
 * @returns {Count}
 */
export function countVitest(report) {
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults ?? []) {
    const name = path.relative(root, file.name);
    if (file.assertionResults.length === 0) {
      failed++;
      problems.push(`${name}: ran no test${file.message ? `: ${file.message}` : ''}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        passed++;
        continue;
      }
      failed++;
      problems.push(`${name}: ${test.fullName}: ${test.status}`);
    }
  }
  return { passed, failed, problems };
}

/**
 * Reads the line `<suite>: N passed, N failed` that a runner of ours prints last.
 * @param {string} suite
 * @param {string} output
 * @returns {Count | undefined}
 */
export function countLine(suite, output) {
  const lines = [...output.matchAll(new RegExp(`^${suite}: (\\d+) passed, (\\d+) failed$`, 'gm'))];
  const last = lines.at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]), problems: [] };
}

/**
 * What a count comes to when the suite's exit code and size are looked at too.
 * @param {Count | undefined} count Undefined: the suite did not start or did not end.
 * @param {number} code
 * @returns {Count}
 */
export function judge(count, code) {
  if (count === undefined) return { passed: 0, failed: 1, problems: [`did not run to its end (exit code ${code})`] };
  if (count.passed + count.failed === 0) return { ...count, failed: 1, problems: [...count.problems, 'ran no test'] };
  if (code !== 0 && count.failed === 0) {
    return { ...count, failed: 1, problems: [...count.problems, `every test passed, yet the exit code is ${code}`] };
  }
  return count;
}

// Put together from parts, so that this file does not find itself.
const LEFT_OUT = new RegExp(
  String.raw`\b(?:it|test|describe|suite|bench)\s*\.\s*(?:concurrent\s*\.\s*|sequential\s*\.\s*)*` +
    `(?:${['skip', 'only', 'todo', 'fails'].join('|')}|skipIf|runIf)` +
    String.raw`\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(|\b(?:ctx|context|this|t)\s*\.\s*skip\s*\(`,
);

/**
 * Tests that are left out by their source, as `file:line`.
 * @param {string} [folder]
 * @returns {Promise<string[]>}
 */
export async function findLeftOut(folder = path.join(root, 'test')) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  /** @type {string[]} */
  const found = [];
  for (const entry of entries) {
    if (!entry.isFile() || !/\.(?:[cm]?[jt]s|svelte)$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    (await readFile(file, 'utf8')).split('\n').forEach((line, index) => {
      if (LEFT_OUT.test(line)) found.push(`${path.relative(root, file)}:${index + 1}: ${line.trim()}`);
    });
  }
  return found.sort();
}
