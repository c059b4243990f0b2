/** Identifiers that the manifest also holds; `test/unit/manifest.test.ts` compares them. */

/** Section of all settings. */
export const SECTION = 'unifiedInference';

/** View type of the panel; also its activation event. */
export const PANEL_TYPE = 'unifiedInference.playground';

/** The tree of all models, in the activity bar. */
export const MODELS_VIEW = 'unifiedInference.models';

/** Commands, as in the manifest. */
export const COMMANDS = {
  openPlayground: 'unifiedInference.openPlayground',
  connect: 'unifiedInference.connect',
  disconnect: 'unifiedInference.disconnect',
  refreshCatalog: 'unifiedInference.refreshCatalog',
  findModel: 'unifiedInference.findModel',
  openModelPage: 'unifiedInference.openModelPage',
  compareModel: 'unifiedInference.compareModel',
  copyModelId: 'unifiedInference.copyModelId',
  toggleFavourite: 'unifiedInference.toggleFavourite',
  addFavourite: 'unifiedInference.addFavourite',
  removeFavourite: 'unifiedInference.removeFavourite',
  useModelInWorker: 'unifiedInference.useModelInWorker',
  openModelTerms: 'unifiedInference.openModelTerms',
  groupModelsByProvider: 'unifiedInference.groupModelsByProvider',
  groupModelsByTask: 'unifiedInference.groupModelsByTask',
  filterModels: 'unifiedInference.filterModels',
  clearModelFilter: 'unifiedInference.clearModelFilter',
  sortModels: 'unifiedInference.sortModels',
  addAiBinding: 'unifiedInference.addAiBinding',
  newWorkerProject: 'unifiedInference.newWorkerProject',
  undoScaffold: 'unifiedInference.undoScaffold',
  newCogProject: 'unifiedInference.newCogProject',
  adoptCogProject: 'unifiedInference.adoptCogProject',
  packageCogModel: 'unifiedInference.packageCogModel',
  runCogModel: 'unifiedInference.runCogModel',
  addCogModel: 'unifiedInference.addCogModel',
  checkCogProject: 'unifiedInference.checkCogProject',
} as const;

/** Commands for ourselves alone: not in the manifest, and by their underscore not in VS Code's list of commands. */
export const INTERNAL_COMMANDS = {
  /** Brings a `WorkerUse` into a Worker. */
  useInWorker: '_unifiedInference.useInWorker',
} as const;

/** Context keys of the menus and welcome texts. */
export const CONTEXT_KEYS = {
  /** True while a credential is stored. */
  hasCredential: 'unifiedInference.hasCredential',
  /** How the Models view is grouped: `provider` or `task`. */
  grouping: 'unifiedInference.modelsGrouping',
  /** True while the Models view leaves models out. */
  filtered: 'unifiedInference.modelsFiltered',
  /** Why the Models view is empty, or `shown`: see `ModelsState`. */
  state: 'unifiedInference.modelsState',
} as const;
