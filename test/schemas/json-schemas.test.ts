import { expect, test } from "vitest";
import { createJudge } from "../../scripts/sweep-schemas/ajv.ts";
import { mutantsOf } from "../../scripts/sweep-schemas/faults.ts";
import { readJsonSchemas } from "../../scripts/sweep-schemas/json-schemas.ts";
import { createRandom } from "../../scripts/sweep-schemas/random.ts";
import { reference } from "./reference.ts";

const models: Record<string, string> = {
  "apps/v1/Deployment": "kubernetes-models/apps/v1/Deployment",
  "networking.k8s.io/v1/NetworkPolicy": "kubernetes-models/networking.k8s.io/v1/NetworkPolicy",
  "source.toolkit.fluxcd.io/v1/GitRepository":
    "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository",
  "argoproj.io/v1alpha1/Application": "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application",
  "cert-manager.io/v1/Certificate": "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate",
};

test("the JSON Schemas read back out of the packages judge as the packages themselves do", async () => {
  const set = readJsonSchemas();
  const judge = createJudge(set, { strict: false });
  const differing: string[] = [];
  let wrong = 0;
  for (const doc of reference) {
    const path = models[`${doc.apiVersion}/${doc.kind}`];
    if (path === undefined) continue;
    const Model = (await import(path))[String(doc.kind)];
    const all = [
      { doc, fault: "none", pointer: "" },
      ...mutantsOf(doc, set, createRandom(1)).filter(({ fault }) => !fault.includes("apiVersion")),
    ];
    for (const one of all) {
      const own = accepts(Model, one.doc);
      if (!own) wrong++;
      if (own !== (judge.check(one.doc)!.length === 0))
        differing.push(`${doc.kind} ${one.fault} ${one.pointer}`);
    }
  }
  expect(wrong).toBeGreaterThan(30);
  expect(differing).toEqual([]);
});

type Model = new (doc: Record<string, unknown>) => { validate: () => void };

function accepts(Kind: Model, doc: Record<string, unknown>): boolean {
  try {
    new Kind(doc).validate();
    return true;
  } catch {
    return false;
  }
}
