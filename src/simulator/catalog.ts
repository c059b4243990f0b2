/**
 * The models that the simulator answers for.
 */
import type { Model } from '../core/catalog/model';
import { faultModels, simulate, type SimModel, taskModels } from './models';

/** All models by id: those given, the fault models, and one each of the tasks that nobody else has. */
export class SimCatalog {
  readonly all: readonly SimModel[];
  private readonly byId: ReadonlyMap<string, SimModel>;

  constructor(models: readonly Model[]) {
    this.all = [...models.map(simulate), ...faultModels(), ...taskModels()];
    this.byId = new Map(this.all.map((sim) => [sim.model.id, sim]));
  }

  find(id: string): SimModel | undefined {
    return this.byId.get(id);
  }
}
