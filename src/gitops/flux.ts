import { defineGitOps } from "#model/layout.ts";
import { budget } from "./flux/budget.ts";
import { layOut } from "./flux/lay-out.ts";

export default defineGitOps({
  id: "flux",
  name: "Flux",
  version: "v2.9.4",
  // Below this a node has no room for an agent beside a control plane (decision G1).
  minimumMiB: 2_048,
  budget,
  layOut,
});
