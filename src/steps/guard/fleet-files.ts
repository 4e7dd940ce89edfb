import { posix } from "node:path";
import type { Manifest } from "#model/rule.ts";
import { isMap } from "#model/value.ts";
import type { ParsedDocument } from "./parse.ts";

/** What Rancher Fleet reads from a fleet.yaml, and no other tool's file of that name is likely to hold. */
const telling = new Set([
  "defaultNamespace",
  "dependsOn",
  "helm",
  "keepResources",
  "kustomize",
  "overrideTargets",
  "rolloutStrategy",
  "targetCustomizations",
  "targets",
  "yaml",
]);

/** The files that tell Rancher Fleet how to deploy their folder, as the objects their schema is kept under. */
export function fleetFiles(
  documents: readonly ParsedDocument[],
): { document: ParsedDocument; manifest: Manifest }[] {
  return documents.flatMap((document) => {
    const { path, index, value, line, column } = document;
    if (!/^fleet\.ya?ml$/.test(posix.basename(path)) || !isMap(value)) return [];
    if ("apiVersion" in value || !Object.keys(value).some((name) => telling.has(name))) return [];
    const head = { apiVersion: "fleet.cattle.io/v1alpha1", kind: "fleet.yaml" };
    const doc = { ...value, ...head };
    const manifest = { ...head, path, index, doc, name: "", namespace: "", line, column, patch: false };
    return [{ document, manifest }];
  });
}
