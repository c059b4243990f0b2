import { tmpdir } from 'node:os';
import path from 'node:path';

/** Environments for tests stay from run to run; they are keyed by what is in them. */
export const CACHE = path.join(tmpdir(), 'unified-inference-cog');
