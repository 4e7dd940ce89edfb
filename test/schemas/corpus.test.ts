import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { findRemovedApi } from "../../src/catalogue/removed-apis.ts";
import { loadSchemas } from "../../src/schemas/walk.ts";
import { parseTree } from "../../src/steps/guard/parse.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const corpus = join(process.env.EDGEWRIGHT_CORPUS ?? join(root, "../shared/corpus"), "manifests.jsonl.gz");

/**
 * Flagged and looked at by hand. `true`: the file is wrong. `context`: a patch whose kustomization is not in the corpus, so
 * it looks like a whole object.
 */
const known: Record<string, "true" | "context"> = {
  "fluxcd/agent-skills tests/gitops-knowledge/debug-repo/apps/base/podinfo/release.yaml": "true", // interval: 1 hour
  "fluxcd/agent-skills tests/gitops-repo-audit/mixed-issues/clusters/staging/apps.yaml": "true", // no prune
  "fluxcd/agent-skills tests/gitops-repo-audit/mixed-issues/clusters/staging/artifacts.yaml": "true", // copy.overwrite
  "argoproj-labs/argocd-operator config/samples/argoproj.io_v1alpha1_application.yaml": "true", // no spec
  "argoproj-labs/argocd-operator config/samples/argoproj.io_v1alpha1_applicationset.yaml": "true", // no spec
  "argoproj-labs/argocd-operator config/samples/argoproj.io_v1alpha1_appproject.yaml": "true", // no spec
  "codefresh-contrib/gitops-certification-examples kustomize-apps/base/deployment.yaml": "true", // no selector
  "fluxcd/flux2-kustomize-helm-example apps/staging/podinfo-values.yaml": "context",
  "fluxcd/agent-skills tests/gitops-knowledge/add-app-repo/apps/staging/podinfo/podinfo-values.yaml":
    "context",
  "kostis-codefresh/gitops-environment-promotion variants/eu/region.yml": "context",
  "kostis-codefresh/gitops-environment-promotion variants/us/region.yml": "context",
};

test("real repositories raise only alarms that were looked at", ({ skip }) => {
  if (!existsSync(corpus)) {
    console.log(`corpus: ${corpus} is not there, false alarms were not measured`);
    skip();
  }
  const lines = gunzipSync(readFileSync(corpus)).toString().trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as { repo: string; path: string; text: string });
  const schemas = loadSchemas();
  const flagged: string[] = [];
  let covered = 0;
  for (const [repo, files] of Map.groupBy(rows, (row) => row.repo)) {
    const { manifests } = parseTree(new Map(files.map(({ path, text }) => [path, text])));
    for (const { path, doc, patch, apiVersion, kind } of manifests) {
      if (findRemovedApi(apiVersion, kind)) continue;
      const violations = schemas.check(doc, { patch });
      if (violations === undefined) continue;
      covered++;
      if (violations.length > 0) flagged.push(`${repo} ${path}`);
    }
  }
  const falseAlarms = flagged.filter((file) => known[file] !== "true");
  console.log(`corpus: ${covered} covered, ${flagged.length} flagged, ${falseAlarms.length} false alarms`);
  expect(flagged.filter((file) => known[file] === undefined)).toEqual([]);
  expect(falseAlarms.length / covered).toBeLessThan(0.005);
});
