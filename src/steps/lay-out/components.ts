import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { gpu } from "./components/gpu.ts";
import { siteRegistry } from "./components/site-registry.ts";
import { storage } from "./components/storage.ts";
import { wasm } from "./components/wasm.ts";

/** Components that only some fleets have: a registry at the site, storage for k0s, a WebAssembly runtime, a GPU. */
export function components(context: LayOutContext): File[] {
  return [
    ...(context.decisions.registry.choice === "site-registry" ? siteRegistry(context) : []),
    ...(context.decisions.distribution.choice === "k0s" ? storage(context) : []),
    ...(context.decisions.wasm.choice === "none" ? [] : wasm(context)),
    ...(context.answers.accelerator === "gpu" ? gpu(context) : []),
  ];
}
