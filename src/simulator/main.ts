/**
 * The simulator as a program (`dist/simulator.js`): `--port N`, and `SIMULATOR_SPEED` in the environment.
 */
import { serve } from './http';

const usage = 'Usage: simulator [--port N]   (SIMULATOR_SPEED: 1 natural, 10 faster, 0 no waiting)';

/** Reads `--port N` or `--port=N`. Throws for anything else. */
function readPort(words: readonly string[]): number {
  const [flag, value, ...rest] = words.flatMap((word) => word.split('='));
  if (flag === undefined) return 0;
  const port = Number(value);
  if (flag !== '--port' || rest.length > 0 || value === undefined || !/^\d+$/.test(value) || port > 65_535) {
    throw new Error(usage);
  }
  return port;
}

/** Reads `SIMULATOR_SPEED`. Throws for what is no number of at least 0. */
function readSpeed(text: string | undefined): number {
  const speed = text === undefined || text === '' ? 1 : Number(text);
  if (!(speed >= 0) || !Number.isFinite(speed))
    throw new Error(`SIMULATOR_SPEED must be a number of at least 0.\n${usage}`);
  return speed;
}

async function main(): Promise<void> {
  const port = readPort(process.argv.slice(2));
  const server = await serve({ port, speed: readSpeed(process.env['SIMULATOR_SPEED']) }).catch((error: unknown) => {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw busy ? new Error(`Port ${port} is in use. Choose another with --port N.`) : error;
  });
  console.log(`Simulator ready: ${server.baseUrl}`);
  const stop = (): void => void server.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
