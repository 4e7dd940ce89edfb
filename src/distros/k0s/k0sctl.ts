import type { NodeConfigProblem } from "#model/layout.ts";
import { isMapping, pointerPart, typeOf, wrongType, wrongValue } from "#model/node-config.ts";
import { splitWords } from "#model/shell.ts";
import { readArguments } from "./read-command.ts";

type Document = Record<string, unknown>;

/** Roles of a host. Source: https://github.com/k0sproject/k0sctl#hosts-fields */
const roles = ["controller", "controller+worker", "worker", "single"];

/** Checks a k0sctl.yaml: the roles and flags of its hosts, and the ClusterConfig inside. */
export function checkK0sctl(
  doc: Document,
  checkConfig: (config: Document) => NodeConfigProblem[],
): NodeConfigProblem[] {
  const spec = isMapping(doc.spec) ? doc.spec : {};
  const k0s = isMapping(spec.k0s) ? spec.k0s : {};
  const hosts = Array.isArray(spec.hosts) ? spec.hosts : [];
  return [
    ...hosts.flatMap((host, i) => (isMapping(host) ? checkHost(host, `/spec/hosts/${i}`) : [])),
    ...(isMapping(k0s.config) ? checkInside(k0s.config, checkConfig) : []),
  ];
}

/** k0sctl fills in what a ClusterConfig is called where it is left out. */
function checkInside(
  config: Document,
  checkConfig: (config: Document) => NodeConfigProblem[],
): NodeConfigProblem[] {
  const { apiVersion = "k0s.k0sproject.io/v1beta1", kind = "ClusterConfig", ...rest } = config;
  return checkConfig({ apiVersion, kind, ...rest }).map((one) => ({
    ...one,
    pointer: `/spec/k0s/config${one.pointer}`,
  }));
}

function checkHost(host: Document, pointer: string): NodeConfigProblem[] {
  const { role, installFlags } = host;
  const found: NodeConfigProblem[] = [];
  if (role !== undefined && !roles.includes(String(role))) {
    found.push(wrongValue(`${pointer}/role`, { key: "role", value: String(role), allowed: roles }));
  }
  if (installFlags === undefined || installFlags === null) return found;
  const at = pointer + pointerPart("installFlags");
  if (!Array.isArray(installFlags)) {
    return [...found, wrongType(at, { key: "installFlags", expected: "list", found: typeOf(installFlags) })];
  }
  const command = role === "worker" ? "worker" : "controller";
  const words = installFlags.flatMap((flag, i) =>
    splitWords({ text: String(flag), line: i, open: false }).map((word) => ({ ...word, line: i })),
  );
  const problems = readArguments(command, words).check({ role: "unknown" });
  return [...found, ...problems.map(({ line, ...said }) => ({ ...said, pointer: `${at}/${line}` }))];
}
