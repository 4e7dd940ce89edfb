import type { Plan } from "#model/plan.ts";
import { PermanentError } from "#model/platform.ts";
import { owned, type Store } from "../store.ts";

/** A plan that a conversation names; throws PermanentError when it is gone. */
export async function storedPlan(store: Store, conversation: string, id: string): Promise<Plan> {
  const plan = await store.plans.get(owned(conversation, id));
  if (!plan)
    throw new PermanentError(`plan "${id}" of "${conversation}" is not stored any more`, {
      reason: "internal",
    });
  return plan;
}
