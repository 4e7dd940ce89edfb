import { applied, groupOf, isTemplated, podOf } from "./manifest.ts";
import type { Severity } from "./plan.ts";
import { isWhole } from "./policy.ts";
import type { Manifest, RuleContext } from "./rule.ts";
import { type Fields, map, maps, word } from "./value.ts";

/** What a tree holds, asked by kind and name. */
export type Holdings = {
  /** Whether an object of that name is applied, or is made by one that is: an ExternalSecret makes its Secret. */
  has: (kind: string, namespace: string, name: string) => boolean;
  /** Applied objects of a kind that may stand in a namespace; of one name, where it is given. */
  of: (kind: string, namespace: string, name?: string) => readonly Manifest[];
  /** Names of a kind, wherever they stand: for the nearest one. */
  names: (kind: string) => string[];
  /** Whether Secrets of a namespace are kept in the tree at all; many teams make theirs elsewhere. */
  keepsSecrets: (namespace: string) => boolean;
  /** Whether a script, a cloud-config or a guide of the tree speaks of a name: then it is made outside Git, on purpose. */
  isMentioned: (name: string) => boolean;
  /**
   * How far what a manifest refers to can be seen. `clear`: what is not here does not exist. `partly`: another part of the
   * tree could not be rendered. `none`: a chart, an operator or a remote base may well bring it. `anywhere` asks for
   * what has no namespace, which any chart may bring.
   */
  sight: (manifest: Manifest, anywhere?: boolean) => "clear" | "partly" | "none";
};

/** What is missing weighs as the rule says where all can be seen, less where a part cannot, and nothing without sight. */
export function severityOfMissing(
  sight: ReturnType<Holdings["sight"]>,
  severity: Severity,
): Severity | undefined {
  if (sight === "none") return undefined;
  return sight === "clear" ? severity : "warn";
}

const known = new WeakMap<RuleContext, Holdings>();

/** Reads a tree once for all rules that ask what it holds. */
export function holdingsOf(context: RuleContext): Holdings {
  const before = known.get(context);
  if (before !== undefined) return before;
  const made = readHoldings(context);
  known.set(context, made);
  return made;
}

function readHoldings(context: RuleContext): Holdings {
  const manifests = applied(context);
  const names = new Map<string, Set<string>>();
  const add = (kind: string, namespace: string, name: string) => {
    const key = `${kind}/${name}`;
    names.set(key, (names.get(key) ?? new Set()).add(namespace));
  };
  for (const manifest of manifests) {
    add(manifest.kind, manifest.namespace, manifest.name);
    for (const [kind, namespace, name] of makes(manifest)) add(kind, namespace, name);
  }
  for (const { doc } of context.kustomizations) {
    for (const [field, kind] of [
      ["configMapGenerator", "ConfigMap"],
      ["secretGenerator", "Secret"],
    ] as const) {
      for (const { name, namespace } of maps(doc[field])) add(kind, word(namespace), word(name));
    }
  }
  const byKind = Map.groupBy(manifests, ({ kind }) => kind);
  const byName = Map.groupBy(manifests, ({ kind, name }) => `${kind}/${name}`);
  const objects = new Set([...context.manifests, ...context.kustomizations].map(({ path }) => path));
  const whole = isWhole(context);
  const unseen = context.kustomize.some(({ code }) => UNSEEN.has(code));
  const open = new Set(manifests.flatMap(opens));
  let words: string | undefined;
  return {
    has: (kind, namespace, name) => {
      const places = names.get(`${kind}/${name}`);
      if (places === undefined) return false;
      // Without a namespace of its own an object goes wherever it is applied to.
      return namespace === "" || places.has(namespace) || places.has("") || places.has(ANYWHERE);
    },
    of: (kind, namespace, name) => {
      const all = name === undefined ? byKind.get(kind) : byName.get(`${kind}/${name}`);
      return (all ?? []).filter((manifest) => isTogether(manifest.namespace, namespace));
    },
    names: (kind) =>
      [...names.keys()].flatMap((key) => (key.startsWith(`${kind}/`) ? [key.slice(kind.length + 1)] : [])),
    keepsSecrets: (namespace) =>
      [...names].some(
        ([key, places]) => key.startsWith("Secret/") && [...places].some((at) => isTogether(at, namespace)),
      ),
    isMentioned: (name) => {
      const named = new RegExp(`(?<![\\w.-])${name.replace(/[^\w-]/g, "\\$&")}(?![\\w-])`);
      // Prose speaks of many things; only what it says to make is made.
      words ??= [...context.paths]
        .filter((path) => !objects.has(path))
        .flatMap((path) => {
          const text = context.text(path) ?? "";
          return PROSE.test(path) ? text.split("\n").filter((line) => MAKES.test(line)) : [text];
        })
        .join("\n");
      return words.includes(name) && named.test(words);
    },
    sight: ({ namespace, target, name, kind }, anywhere = false) => {
      if (!whole || isTemplated(namespace) || isTemplated(name)) return "none";
      const clusterWide = anywhere || /^Cluster/.test(kind);
      if (open.has(ANYWHERE) || (clusterWide ? open.size > 0 : open.has(namespace))) return "none";
      if (!unseen) return "clear";
      return target === undefined ? "none" : "partly";
    },
  };
}

/** Whether two objects may end up in one namespace, as far as that is written. */
export function isTogether(one: string, other: string): boolean {
  return one === other || one === "" || other === "" || isTemplated(one) || isTemplated(other);
}

const ANYWHERE = "*";
const PROSE = /\.(?:md|txt|adoc|rst)$/i;
const MAKES = /\bcreate\b|\bkubectl\b/;
/** What a kustomization refers to and nobody here can look into. */
const UNSEEN = new Set(["missing", "remote", "helm", "escape", "outside", "no-kustomization"]);

type Made = [kind: string, namespace: string, name: string];

/** Objects the cluster makes from one that is applied. */
function makes(manifest: Manifest): Made[] {
  const { kind, namespace, name, doc } = manifest;
  const spec = map(doc.spec);
  const secret = (given: unknown): Made[] => [["Secret", namespace, word(given) || name]];
  switch (kind) {
    case "SealedSecret":
      return secret(map(map(spec.template).metadata).name);
    case "ExternalSecret":
    case "PushSecret":
      return secret(map(spec.target).name);
    case "ClusterExternalSecret":
      return [["Secret", ANYWHERE, word(spec.externalSecretName) || name]];
    case "Certificate":
      return secret(spec.secretName);
    case "VaultStaticSecret":
    case "VaultDynamicSecret":
    case "VaultPKISecret":
      return secret(map(spec.destination).name);
    case "OnePasswordItem":
    case "InfisicalSecret":
    case "BitwardenSecret":
      return secret(map(spec.managedSecretReference).secretName ?? spec.secretName);
    case "Bundle":
      return [["ConfigMap", ANYWHERE, name]];
    default:
      return generated(manifest);
  }
}

/** Kyverno writes objects into namespaces; what it writes is known, where is not. */
function generated({ kind, doc }: Manifest): Made[] {
  if (kind !== "ClusterPolicy") return [];
  return maps(map(doc.spec).rules).flatMap(({ generate }): Made[] => {
    const { kind: what, name } = map(generate);
    return word(what) === "" ? [] : [[word(what), ANYWHERE, word(name)]];
  });
}

/** Groups whose objects make no pods, services or configuration of their own. */
const PASSIVE =
  /^(?:|apps|batch|autoscaling|policy|rbac\.authorization\.k8s\.io|networking\.k8s\.io|storage\.k8s\.io|scheduling\.k8s\.io|node\.k8s\.io|apiextensions\.k8s\.io|apiregistration\.k8s\.io|admissionregistration\.k8s\.io|coordination\.k8s\.io|discovery\.k8s\.io|certificates\.k8s\.io|snapshot\.storage\.k8s\.io|gateway\.networking\.k8s\.io|(?:\w+\.)*toolkit\.fluxcd\.io|fluxcd\.controlplane\.io|source\.extensions\.fluxcd\.io|argoproj\.io|bitnami\.com|external-secrets\.io|cert-manager\.io|(?:\w+\.)?kyverno\.io|cilium\.io|metallb\.io|traefik\.(?:io|containo\.us)|helm\.cattle\.io|upgrade\.cattle\.io|fleet\.cattle\.io|trust\.cert-manager\.io|keda\.sh|autoscaling\.k8s\.io|work\.open-cluster-management\.io)$/;
/** Parts of Prometheus Operator that only describe. */
const DESCRIBING = /^(?:ServiceMonitor|PodMonitor|PrometheusRule|Probe|ScrapeConfig)$/;

/** Namespaces into which a manifest may bring objects nobody can see here: charts, foreign sources, operators. */
function opens(manifest: Manifest): string[] {
  const spec = map(manifest.doc.spec);
  const group = groupOf(manifest);
  if (manifest.kind === "HelmRelease") {
    return [word(spec.targetNamespace) || manifest.namespace || ANYWHERE].map(orAnywhere);
  }
  if (manifest.kind === "HelmChart" && group === "helm.cattle.io") {
    return [orAnywhere(word(spec.targetNamespace) || "default")];
  }
  if (group === "argoproj.io" && manifest.kind === "Application") {
    if (!sourcesOf(spec).some((source) => word(source.chart) !== "")) return [];
    return [orAnywhere(word(map(spec.destination).namespace) || ANYWHERE)];
  }
  if (PASSIVE.test(group) || DESCRIBING.test(manifest.kind) || podOf(manifest) !== undefined) return [];
  return [orAnywhere(manifest.namespace || ANYWHERE)];
}

function orAnywhere(namespace: string): string {
  return isTemplated(namespace) ? ANYWHERE : namespace;
}

function sourcesOf(spec: Fields): Fields[] {
  return [map(spec.source), ...maps(spec.sources)];
}
