/**
 * The words for the user's own Cog servers.
 */
import type { CogState } from '../src/core/cog/server';

const states: Readonly<Record<CogState, string>> = {
  installing: 'installing',
  starting: 'starting',
  setup: 'setting up',
  ready: 'ready',
  busy: 'busy',
  'setup-failed': 'setup failed',
  unhealthy: 'unhealthy',
  unreachable: 'no answer',
  stopped: 'stopped',
  failed: 'failed',
};

const notDeployed = 'without Docker; not how it will be deployed';

export const cogStrings = {
  add: 'Add Cog model…',
  title: 'Your Cog models',
  close: 'Close',
  group: 'Your models',
  states,
  notDeployed,
  running: {
    title: 'A server that runs',
    about:
      'A Cog container, or any server of the cog package. Prompts and files of its columns are sent to this address.',
    address: 'Address',
    add: 'Add',
    adding: 'Looking…',
    confirm: 'Send there',
    empty: 'An address is needed, like http://127.0.0.1:5000.',
  },
  start: {
    title: 'Start one',
    about: 'From a folder with a cog.yaml. It is stopped with this window.',
    folder: 'Folder',
    folderHint: '/home/me/my-model',
    docker: 'Start with Docker…',
    python: 'Start without Docker…',
    dockerHere: 'Start with Docker',
    pythonHere: 'Start without Docker',
    here: (folder: string) => `In ${folder}`,
    looking: 'Looking for Docker, Cog and Python…',
    withDocker: (version: string) => `Cog ${version} and Docker are here: as it will be deployed.`,
    withPython: (version: string) =>
      `Python ${version} is here. ${notDeployed[0]?.toUpperCase() ?? ''}${notDeployed.slice(1)}.`,
    notHere: 'This window is not trusted, so nothing is started in it.',
    noFolder: 'Type the folder of a Cog project first.',
  },
  list: {
    title: 'Servers',
    none: 'None yet.',
    name: 'Name',
    task: 'Task',
    price: 'USD per hour',
    priceTitle: 'What the machine costs an hour. Without it the cost of a run is unknown.',
    badPrice: 'A price is a number from 0 up, or empty.',
    column: 'Add a column',
    start: 'Start',
    restart: 'Start anew',
    stop: 'Stop',
    remove: 'Remove',
    showLog: 'Show log',
    log: 'Log',
    setup: (seconds: string) => `setup() took ${seconds}`,
    version: (version: string) => `Cog ${version}`,
    notStreaming: 'answers in one piece',
    streaming: 'streams',
  },
  column: {
    own: 'your server',
    ownTitle: 'It runs on a server of your own: no account pays for it.',
    setup: 'setup() is running',
    queue: 'waiting for a free slot',
    log: 'Server log of this run',
    servers: 'Your Cog models…',
    priceUnset: 'price per hour not set',
    progress: (percent: number) => `${percent} %`,
  },
  announce: {
    state: (name: string, state: string) => `${name}: ${state}`,
  },
};
