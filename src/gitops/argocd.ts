import { defineGitOps } from "#model/layout.ts";
import { budget } from "./argocd/budget.ts";
import { layOut } from "./argocd/lay-out.ts";

export default defineGitOps({
  id: "argocd",
  name: "Argo CD",
  version: "v3.5.1",
  // No footprint is published and an operator's defaults add up to 1,920 Mi (decision G3, H16).
  minimumMiB: 4_096,
  budget,
  layOut,
});
