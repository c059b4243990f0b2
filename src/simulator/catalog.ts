/**
 * The models that the simulator answers for.
 */
import type { Model } from '../core/catalog/model';
import { faultModels, simulate, type SimModel } from './models';

/** All models by id: those given, and the fault models. */
export class SimCatalog {
  readonly all: readonly SimModel[];
  private readonly byId: ReadonlyMap<string, SimModel>;

  constructor(models: readonly Model[]) {
    this.all = [...models.map(simulate), ...faultModels()];
    this.byId = new Map(this.all.map((sim) => [sim.model.id, sim]));
  }

  find(id: string): SimModel | undefined {
    return this.byId.get(id);
  }
}
