import type { Claim } from "#model/knowledge.ts";
import { configClaims } from "./claims/config.ts";
import { datastoreClaims } from "./claims/datastore.ts";
import { footprintClaims } from "./claims/footprint.ts";
import { osClaims } from "./claims/os.ts";
import { scaleClaims } from "./claims/scale.ts";
import { securityClaims } from "./claims/security.ts";
import { topologyClaims } from "./claims/topology.ts";
import { upgradeClaims } from "./claims/upgrade.ts";
import { wasmClaims } from "./claims/wasm.ts";

/** What people and models say about edge Kubernetes that is not true as said, with what is, by id. */
export const claims: readonly Claim[] = [
  ...datastoreClaims,
  ...configClaims,
  ...securityClaims,
  ...wasmClaims,
  ...footprintClaims,
  ...topologyClaims,
  ...osClaims,
  ...upgradeClaims,
  ...scaleClaims,
];
