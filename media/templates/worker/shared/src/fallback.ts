/**
 * Another model, when the one before may not be the right one at the moment.
 */
import { isTemporary } from './errors';
import type { Model } from './models';

/** Tries models in their order. The next one has its turn only when it may do better (`isTemporary`). */
export async function firstOf<T>(
  [model, ...others]: readonly [Model, ...Model[]],
  call: (model: Model) => Promise<T>,
): Promise<{ readonly model: Model; readonly answer: T }> {
  try {
    return { model, answer: await call(model) };
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || !isTemporary(error)) throw error;
    console.warn(`${model.id}: ${String(error)} Trying ${next.id}.`);
    return firstOf([next, ...rest], call);
  }
}
