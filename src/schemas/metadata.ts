import type { Violation } from "#model/schema.ts";
import { isFilledLater } from "./filled-later.ts";

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and …/labels/
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const KEY_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Names whose every part goes into a host name; Kubernetes asks for a label, not a subdomain. */
const labelNamed = new Set(["Namespace", "Service"]);

/** Reviews are questions, and k0s reads its configuration from a file: neither is an object with a name. */
const NAMELESS = /^(authentication|authorization)\.k8s\.io\/|^k0s\.k0sproject\.io\/|\/fleet\.yaml$/;

/** An object without a name, or the beginning of one, cannot be created. */
function checkName(doc: Record<string, unknown>, found: Violation[]): void {
  if (NAMELESS.test(`${doc.apiVersion}/${doc.kind}`)) return;
  const metadata = doc.metadata;
  if (metadata === undefined || metadata === null) {
    found.push({ code: "required", pointer: "", values: { field: "metadata.name" } });
    return;
  }
  if (typeof metadata !== "object" || Array.isArray(metadata)) return;
  const { name, generateName } = metadata as Record<string, unknown>;
  if ((name ?? "") !== "" || (generateName ?? "") !== "") return;
  found.push({ code: "required", pointer: "/metadata", values: { field: "name" } });
}

/** Checks name, namespace and labels, whose form no schema of a kind holds. */
export function checkMetadata(doc: Record<string, unknown>, found: Violation[]): void {
  // What kustomize reads never reaches a cluster, and the namespace of a transformer is what it writes elsewhere.
  if (/^builtin$|^kustomize\.config\.k8s\.io\//.test(String(doc.apiVersion))) return;
  checkName(doc, found);
  const metadata = doc.metadata;
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) return;
  const { name, namespace, labels, annotations } = metadata as Record<string, unknown>;
  const report = (pointer: string, value: string, expected: string) => {
    found.push({ code: "value", pointer: `/metadata${pointer}`, values: { value, expected } });
  };
  // Roles may be called system:node; their names are path segments only.
  const free = String(doc.apiVersion).startsWith("rbac.authorization.k8s.io/");
  if (isText(name) && !free) {
    const long = labelNamed.has(String(doc.kind));
    const holds = long ? LABEL.test(name) && name.length <= 63 : SUBDOMAIN.test(name) && name.length <= 253;
    if (!holds) report("/name", name, long ? "a-z 0-9 -, ≤ 63" : "a-z 0-9 - ., ≤ 253");
  }
  if (isText(namespace) && namespace !== "" && !(LABEL.test(namespace) && namespace.length <= 63)) {
    report("/namespace", namespace, "a-z 0-9 -, ≤ 63");
  }
  for (const [key, value] of entries(labels)) {
    const pointer = `/labels/${escapePart(key)}`;
    if (!isKey(key)) report(pointer, key, "[prefix/]name, ≤ 63");
    else if (isText(value) && !(VALUE.test(value) && value.length <= 63)) {
      report(pointer, value, "A-Z a-z 0-9 - _ ., ≤ 63");
    }
  }
  for (const [key] of entries(annotations)) {
    if (!isKey(key)) report(`/annotations/${escapePart(key)}`, key, "[prefix/]name, ≤ 63");
  }
}

/** A text that is final: nothing is filled into it later. */
function isText(value: unknown): value is string {
  return typeof value === "string" && !isFilledLater(value);
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function escapePart(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isKey(key: string): boolean {
  if (!isText(key)) return true;
  const slash = key.indexOf("/");
  const name = key.slice(slash + 1);
  if (!KEY_NAME.test(name) || name.length > 63) return false;
  return slash < 0 || SUBDOMAIN.test(key.slice(0, slash));
}
