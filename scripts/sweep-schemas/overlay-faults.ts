import type { Document } from "./corpus.ts";
import { type FaultClass, type Mutant, misspell, versions } from "./faults.ts";
import { change, pointerOf, type Step } from "./places.ts";
import type { Random } from "./random.ts";

/** Where anything may stand, written from the documentation of each project. */
const FREE =
  /^(labels|annotations|matchLabels|commonLabels|commonAnnotations|pairs|values|valuesInline|data|stringData|set|templateValues|nodeSelector|inputs|defaultValues|resources|clusterLabels|namespaceLabels|namespaceAnnotations|postCompleteLabels|extraArgs|platforms|status|valuesFrom|requests|limits|vars|helmChartInflationGenerator)$/;

/** Fields a document of a kind cannot do without, as documentation and CRDs say. */
const needed: Readonly<Record<string, readonly string[]>> = {
  "upgrade.cattle.io/v1/Plan": ["/spec", "/spec/upgrade", "/spec/upgrade/image", "/spec/secrets/0/name"],
  "fluxcd.controlplane.io/v1/FluxInstance": [
    "/spec/distribution",
    "/spec/distribution/version",
    "/spec/distribution/registry",
    "/spec/sync/kind",
    "/spec/sync/url",
    "/spec/sync/ref",
    "/spec/sync/path",
    "/spec/kustomize/patches/0/patch",
  ],
  "fluxcd.controlplane.io/v1/ResourceSet": [
    "/spec/dependsOn/0/apiVersion",
    "/spec/dependsOn/0/kind",
    "/spec/dependsOn/0/name",
  ],
  "fluxcd.controlplane.io/v1/ResourceSetInputProvider": ["/spec/type", "/spec/schedule/0/cron", "/spec/url"],
  "source.extensions.fluxcd.io/v1beta1/ArtifactGenerator": [
    "/spec/sources",
    "/spec/sources/0/alias",
    "/spec/sources/0/kind",
    "/spec/sources/0/name",
    "/spec/artifacts",
    "/spec/artifacts/0/name",
    "/spec/artifacts/0/copy",
    "/spec/artifacts/0/copy/0/from",
    "/spec/artifacts/0/copy/0/to",
  ],
  "autopilot.k0sproject.io/v1beta2/Plan": ["/spec/id", "/spec/timestamp", "/spec/commands"],
  "autopilot.k0sproject.io/v1beta2/UpdateConfig": ["/spec/planSpec"],
  "k3s.cattle.io/v1/ETCDSnapshotFile": ["/spec/snapshotName", "/spec/nodeName", "/spec/location"],
  "kustomize.config.k8s.io/v1beta1/Kustomization": ["/images/0/name", "/replicas/0/name"],
  "kustomize.config.k8s.io/v1alpha1/Component": ["/images/0/name", "/replicas/0/name"],
  "metal3.io/v1alpha1/BareMetalHost": ["/spec/online", "/spec/bmc/address", "/spec/bmc/credentialsName"],
  "operator.kairos.io/v1alpha1/NodeOpUpgrade": ["/spec/image"],
  "fleet.cattle.io/v1alpha1/Bundle": ["/spec"],
};

/** Fields with few values, by the end of their pointer. */
const ENUMS =
  /\/(cluster\/(type|size)|components\/\d+|sync\/kind|behavior|failurePolicy|days\/\d+|setRoleBindingSubjects|upgradeStrategy\/type|storage\/type|network\/provider|bootMode|strategy|inputStrategy\/name|spec\/type|operator|effect|order)$/;
const notEnums = /^\/spec\/order$|\/charts\/\d+\/order$/;
const DURATIONS = /\/(pollingInterval|interval|ttl|window|postCompleteDelay|imageScanInterval)$/;
const QUANTITIES = /\/(storage\/size|(requests|limits)\/(memory|cpu))$/;

/** Mutants of a document placed by its own shape alone: nobody's list of fields is asked. */
export function overlayMutantsOf(doc: Document, random: Random): Mutant[] {
  const found: Mutant[] = [];
  visit(doc, [], { doc, random, found });
  for (const pointer of needed[`${doc.apiVersion}/${doc.kind}`] ?? []) {
    const path = pointer.split("/").slice(1);
    if (valueAt(doc, path) === undefined) continue;
    const edit = (holder: Document, name: string) => {
      delete holder[name];
    };
    found.push({ fault: "missing required", doc: change(doc, path, edit), pointer, what: pointer });
  }
  return [...found, ...versions(doc, random)];
}

type Visit = { doc: Document; random: Random; found: Mutant[] };

function visit(value: unknown, path: readonly Step[], context: Visit): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) visit(item, [...path, i], context);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (path.length === 0 && ["apiVersion", "kind", "metadata"].includes(name)) continue;
    const at = [...path, name];
    change1(at, inner, context);
    if (!FREE.test(name)) visit(inner, at, context);
    else if (QUANTITIES.test(pointerOf([...at, Object.keys((inner as object | null) ?? {})[0] ?? ""]))) {
      visitQuantities(inner, at, context);
    }
  }
  if (path.length > 0) unknown(path, context);
}

function change1(path: readonly Step[], value: unknown, { doc, random, found }: Visit): void {
  const name = String(path.at(-1));
  const put = (fault: FaultClass, wrong: unknown) =>
    found.push({
      fault,
      doc: change(doc, path, (holder, key) => {
        holder[key] = wrong;
      }),
      pointer: pointerOf(path),
      what: JSON.stringify(wrong),
    });
  const wrongName = misspell(name, random);
  const holder = valueAt(doc, path.slice(0, -1)) as Document;
  if (name.length > 2 && wrongName !== name && !Object.hasOwn(holder, wrongName)) {
    const edit = (at: Document) => {
      at[wrongName] = at[name];
      delete at[name];
    };
    const pointer = pointerOf([...path.slice(0, -1), wrongName]);
    found.push({ fault: "typo", doc: change(doc, path, edit), pointer, what: name });
  }
  if (value !== null && !/^(values|resources)$/.test(name)) put("wrong type", wrongFor(value));
  const pointer = pointerOf(path);
  if (typeof value === "string" && ENUMS.test(pointer) && !notEnums.test(pointer))
    put("bad enum", `${value}Xyz`);
  if (typeof value === "string" && DURATIONS.test(pointer)) {
    put("bad duration", random.pick(["10 minutes", "soon", "90d", "1 hour"]));
  }
  if (QUANTITIES.test(pointer)) put("bad quantity", random.pick(["2GB", "lots", "1 Gi"]));
}

function visitQuantities(value: unknown, path: readonly Step[], { doc, random, found }: Visit): void {
  for (const name of Object.keys(value as Document)) {
    const at = [...path, name];
    const wrong = random.pick(["2GB", "lots", "1 Gi"])!;
    const edit = (holder: Document, key: string) => {
      holder[key] = wrong;
    };
    found.push({ fault: "bad quantity", doc: change(doc, at, edit), pointer: pointerOf(at), what: wrong });
  }
}

function wrongFor(value: unknown): unknown {
  if (typeof value === "string") return { wrong: true };
  if (typeof value === "number") return { wrong: 1 };
  if (typeof value === "boolean") return "maybe";
  return "text";
}

function unknown(path: readonly Step[], { doc, random, found }: Visit): void {
  const name = `${random.pick(["enable", "use", "max", "default"])}Extra`;
  const edit = (holder: Document) => {
    holder[name] = true;
  };
  const at = [...path, name];
  found.push({ fault: "unknown field", doc: change(doc, at, edit), pointer: pointerOf(at), what: name });
}

function valueAt(doc: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Document | null | undefined)?.[step], doc);
}
