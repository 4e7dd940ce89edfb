import { expect, test } from "vitest";
import { checkCorpus, hasCorpus } from "../../scripts/sweep-rules/corpus.ts";
import { openWorkshop } from "../../src/app/workshop.ts";

/**
 * What the Flux project's own audit fixtures (fluxcd/agent-skills, tests/gitops-repo-audit) were made to hide, as far as it
 * can be told without running anything; a language model alone found 68 % of it in their benchmark.
 */
const planted: Readonly<Record<string, string[]>> = {
  "mixed-issues/apps/kustomization.yaml": ["SEC-06"],
  "mixed-issues/apps/podinfo.yaml": ["GO-09", "GO-12", "GO-13", "GO-17"],
  "mixed-issues/apps/redis.yaml": ["GO-09", "GO-10", "GO-12", "GO-13", "GO-17", "GO-20", "SEC-10"],
  "mixed-issues/clusters/staging/apps.yaml": ["GO-03"],
  "mixed-issues/clusters/staging/flux-system/gotk-sync.yaml": ["API-01"],
  "mixed-issues/clusters/staging/infrastructure.yaml": ["API-01"],
  "mixed-issues/infrastructure/configs/runtime-values.yaml": ["GO-15"],
  "mixed-issues/infrastructure/monitoring.yaml": ["GO-09", "GO-16", "GO-17"],
  "mixed-issues/infrastructure/nginx.yaml": ["API-01", "GO-09", "GO-11", "GO-12", "GO-17"],
  "mixed-issues/infrastructure/sources.yaml": ["GO-16"],
  "multi-repo-structure/tenants/infra.yaml": ["POL-01", "RBAC-06"],
  "overlay-effects/apps/base/webapp/deployment.yaml": ["IMG-01"],
  "overlay-effects/apps/production/webapp/privileged-patch.yaml": ["IN-06", "PSA-01"],
  "overlay-stress/apps/production/payments/harden-patch.yaml": ["IN-06", "PSA-01"],
};

// Skipped with its name where ../shared/corpus is absent.
test.skipIf(!hasCorpus)("finds what the Flux project's audit fixtures hide", async () => {
  const hits = checkCorpus(await openWorkshop()).filter(({ repo }) => repo === "fluxcd/agent-skills");
  const found = new Set(
    hits.map(({ finding }) => `${finding.path.replace("tests/gitops-repo-audit/", "")} ${finding.rule}`),
  );
  const wanted = Object.entries(planted).flatMap(([path, rules]) => rules.map((rule) => `${path} ${rule}`));
  expect(wanted.filter((one) => !found.has(one))).toEqual([]);
});
