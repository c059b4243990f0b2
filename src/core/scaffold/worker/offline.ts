/**
 * The offline extra: the same Worker with a made-up AI, for `wrangler dev` without an account.
 *
 * It is a configuration of its own, not an environment of the project's: `wrangler types` would make the binding
 * `Service | Ai` of both, wrangler would warn of a missing `ai`, and the made-up AI could be deployed by mistake (each
 * seen with wrangler 4.156.2).
 */
import { nameOf, parentOf } from '../paths';

/** A binding that is played, and by which class of `offline/fake-ai.ts`. */
export interface Fake {
  readonly binding: string;
  readonly entrypoint: string;
}

/** What of a project goes into its offline configuration. */
export interface OfflineProject {
  readonly name: string;
  readonly compatibilityDate: string;
  readonly vars: Readonly<Record<string, string>>;
  readonly fakes: readonly Fake[];
}

/** Folder of the extra in a project. */
export const OFFLINE_FOLDER = 'offline';

/** The configuration as data. Its `main` is `offline/index.ts`, which exports the Worker and the fakes. */
export function offlineConfig(project: OfflineProject): Readonly<Record<string, unknown>> {
  const name = `${project.name}-offline`;
  return {
    $schema: '../node_modules/wrangler/config-schema.json',
    name,
    main: 'index.ts',
    compatibility_date: project.compatibilityDate,
    // Calls carry the request's AbortSignal, here to a Worker (scaffolding.md 1.5).
    compatibility_flags: ['enable_request_signal', 'enable_abortsignal_rpc'],
    vars: project.vars,
    services: project.fakes.map(({ binding, entrypoint }) => ({ binding, service: name, entrypoint })),
  };
}

/** Whether a configuration is one of these: in our folder, with bindings to itself. */
export function isOfflineConfig(path: string, data: Readonly<Record<string, unknown>>): boolean {
  const { name, services } = data;
  if (nameOf(parentOf(path)) !== OFFLINE_FOLDER || !Array.isArray(services)) return false;
  return services.some((service: { service?: unknown } | null) => name !== undefined && service?.service === name);
}

/** Starts it, as arguments of wrangler. `configFile` is the name in the folder. */
export function offlineDevArguments(configFile: string): string {
  return `wrangler dev -c ${OFFLINE_FOLDER}/${configFile}`;
}
