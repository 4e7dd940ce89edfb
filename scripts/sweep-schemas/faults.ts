import type { Document } from "./corpus.ts";
import type { SchemaSet } from "./json-schemas.ts";
import { change, isClosed, type Place, placesOf, pointerOf, resolve, type Step, typeOf } from "./places.ts";
import type { Random } from "./random.ts";

export const faultClasses = [
  "unknown field",
  "typo",
  "moved field",
  "wrong type",
  "missing required",
  "bad enum",
  "bad duration",
  "bad quantity",
  "wrong apiVersion",
  "removed apiVersion",
] as const;
export type FaultClass = (typeof faultClasses)[number];

/** A right document with one thing made wrong, and where. */
export type Mutant = { fault: FaultClass; doc: Document; pointer: string; what: string };

const DURATION = /^(\d+(\.\d+)?(ms|s|m|h))+$/;
const DURATION_NAME = /(interval|timeout|duration|period|retention|ttl|window|renewBefore)$/i;
const badDurations = ["10 minutes", "1 hour", "90d", "5min", "soon", "1h 30m"];
const badQuantities = ["2GB", "lots", "1 Gi", "512mb", "1.5.2Gi", "0x10"];

/** Versions that are gone, by kind, as old tutorials still show them. Written from memory of those, not from the table the guard uses. */
const goneVersions: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"],
  DaemonSet: ["extensions/v1beta1", "apps/v1beta2"],
  StatefulSet: ["apps/v1beta1", "apps/v1beta2"],
  ReplicaSet: ["extensions/v1beta1", "apps/v1beta2"],
  Ingress: ["extensions/v1beta1", "networking.k8s.io/v1beta1"],
  NetworkPolicy: ["extensions/v1beta1"],
  CronJob: ["batch/v1beta1", "batch/v2alpha1"],
  PodDisruptionBudget: ["policy/v1beta1"],
  HorizontalPodAutoscaler: ["autoscaling/v2beta1", "autoscaling/v2beta2"],
  CustomResourceDefinition: ["apiextensions.k8s.io/v1beta1"],
  ClusterRole: ["rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1alpha1"],
  ClusterRoleBinding: ["rbac.authorization.k8s.io/v1beta1"],
  Role: ["rbac.authorization.k8s.io/v1beta1"],
  RoleBinding: ["rbac.authorization.k8s.io/v1beta1"],
  PriorityClass: ["scheduling.k8s.io/v1beta1"],
  StorageClass: ["storage.k8s.io/v1beta1"],
  ValidatingWebhookConfiguration: ["admissionregistration.k8s.io/v1beta1"],
  MutatingWebhookConfiguration: ["admissionregistration.k8s.io/v1beta1"],
  HelmRelease: ["helm.toolkit.fluxcd.io/v2beta1", "helm.toolkit.fluxcd.io/v2beta2", "helm.fluxcd.io/v1"],
  GitRepository: ["source.toolkit.fluxcd.io/v1beta1", "source.toolkit.fluxcd.io/v1beta2"],
  HelmRepository: ["source.toolkit.fluxcd.io/v1beta1", "source.toolkit.fluxcd.io/v1beta2"],
  OCIRepository: ["source.toolkit.fluxcd.io/v1beta2"],
  Bucket: ["source.toolkit.fluxcd.io/v1beta1", "source.toolkit.fluxcd.io/v1beta2"],
  ImagePolicy: ["image.toolkit.fluxcd.io/v1alpha1", "image.toolkit.fluxcd.io/v1beta1"],
  ImageRepository: ["image.toolkit.fluxcd.io/v1beta1", "image.toolkit.fluxcd.io/v1beta2"],
  ImageUpdateAutomation: ["image.toolkit.fluxcd.io/v1alpha2", "image.toolkit.fluxcd.io/v1beta1"],
  Alert: ["notification.toolkit.fluxcd.io/v1beta1", "notification.toolkit.fluxcd.io/v1beta2"],
  Provider: ["notification.toolkit.fluxcd.io/v1beta1", "notification.toolkit.fluxcd.io/v1beta2"],
  Receiver: ["notification.toolkit.fluxcd.io/v1beta1", "notification.toolkit.fluxcd.io/v1beta2"],
  ExternalSecret: ["external-secrets.io/v1alpha1", "external-secrets.io/v1beta1"],
  SecretStore: ["external-secrets.io/v1alpha1", "external-secrets.io/v1beta1"],
  ClusterSecretStore: ["external-secrets.io/v1beta1"],
  Certificate: ["cert-manager.io/v1alpha2", "cert-manager.io/v1beta1", "certmanager.k8s.io/v1alpha1"],
  ClusterIssuer: ["cert-manager.io/v1alpha2", "certmanager.k8s.io/v1alpha1"],
  Issuer: ["cert-manager.io/v1alpha3"],
};
const goneKustomizations = ["kustomize.toolkit.fluxcd.io/v1beta1", "kustomize.toolkit.fluxcd.io/v1beta2"];

/** Every single-fault mutant of a document, placed with the JSON Schemas of the packages. */
export function mutantsOf(doc: Document, set: SchemaSet, random: Random): Mutant[] {
  const places = placesOf(doc, set);
  const byPointer = new Map(places.map((place) => [pointerOf(place.path), place]));
  const context: Context = { doc, set, random, places, byPointer };
  return [
    ...places.flatMap((place) => [
      ...unknownFields(place, context),
      ...typos(place, context),
      ...movedFields(place, context),
      ...wrongTypes(place, context),
      ...missing(place, context),
      ...badValues(place, context),
    ]),
    ...versions(doc, random),
  ];
}

type Context = {
  doc: Document;
  set: SchemaSet;
  random: Random;
  places: readonly Place[];
  byPointer: ReadonlyMap<string, Place>;
};

function mutant(
  fault: FaultClass,
  path: readonly Step[],
  what: string,
  { doc, edit }: { doc: Document; edit: (holder: Document, name: string) => void },
): Mutant {
  return { fault, doc: change(doc, path, edit), pointer: pointerOf(path), what };
}

/** A name that exists somewhere in the document or the packages, only not here: what a model half remembers. */
function unknownFields({ path, schema, value }: Place, { doc, random, places }: Context): Mutant[] {
  if (!isClosed(schema) || typeof value !== "object" || path.length === 0) return [];
  const names = places.flatMap((place) => Object.keys(place.schema.properties ?? {}));
  const foreign = random.pick(names.filter((name) => !Object.hasOwn(schema.properties!, name)));
  return [foreign, `${random.pick(["enable", "use", "max", "default"])}Extra`]
    .filter((name) => name !== undefined)
    .map((name) =>
      mutant("unknown field", [...path, name], name, {
        doc,
        edit: (holder) => {
          holder[name] = true;
        },
      }),
    );
}

function typos({ path, schema, value }: Place, { doc, random }: Context): Mutant[] {
  if (!isClosed(schema) || typeof value !== "object" || path.length === 0) return [];
  return Object.keys(value as Document)
    .filter((name) => name.length > 2 && Object.hasOwn(schema.properties!, name))
    .flatMap((name) => {
      const wrong = misspell(name, random);
      if (wrong === name || Object.hasOwn(schema.properties!, wrong)) return [];
      const edit = (holder: Document) => {
        holder[wrong] = holder[name];
        delete holder[name];
      };
      return [mutant("typo", [...path, wrong], name, { doc, edit })];
    });
}

/** A letter dropped, doubled or swapped, the case of one changed, a plural lost or added, or snake case. */
export function misspell(name: string, random: Random): string {
  const at = 1 + random.below(name.length - 1);
  const kinds = [
    () => name.slice(0, at) + name.slice(at + 1),
    () => name.slice(0, at) + name[at] + name.slice(at),
    () => name.slice(0, at - 1) + name[at] + name[at - 1] + name.slice(at + 1),
    () => name[0]!.toUpperCase() + name.slice(1),
    () => (name.endsWith("s") ? name.slice(0, -1) : `${name}s`),
    () => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  ];
  return random.pick(kinds)!();
}

/** One level too high, or too deep into a neighbour: the slips of indentation. */
function movedFields({ path, schema, value }: Place, { doc, set, byPointer }: Context): Mutant[] {
  const name = path.at(-1);
  if (path.length < 3 || typeof name !== "string" || schema === undefined) return [];
  const holderPath = path.slice(0, -1);
  const holder = byPointer.get(pointerOf(holderPath));
  if (holder === undefined || !isClosed(holder.schema)) return [];
  const without = change(doc, path, (from, key) => {
    delete from[key];
  });
  const put = (into: readonly Step[], target: Place | undefined): Mutant[] => {
    if (target === undefined || !isClosed(target.schema) || target.schema.properties?.[name] !== undefined)
      return [];
    const edit = (where: Document) => {
      where[name] = value;
    };
    return [mutant("moved field", [...into, name], pointerOf(path), { doc: without, edit })];
  };
  const outer = holderPath.slice(0, -1);
  const neighbour = Object.entries(holder.value as Document).find(
    ([other, inner]) =>
      other !== name &&
      typeof inner === "object" &&
      inner !== null &&
      !Array.isArray(inner) &&
      isClosed(resolve(byPointer.get(pointerOf([...holderPath, other]))?.schema ?? {}, set)),
  )?.[0];
  const inner = neighbour === undefined ? undefined : [...holderPath, neighbour];
  return [
    ...put(outer, byPointer.get(pointerOf(outer))),
    ...(inner === undefined ? [] : put(inner, byPointer.get(pointerOf(inner)))),
  ];
}

function wrongTypes({ path, schema, value }: Place, { doc, random }: Context): Mutant[] {
  if (path.length < 2 || isFilledLater(value)) return [];
  const wrongs: Record<string, unknown[]> = {
    string: [{ wrong: true }, 5, true, ["text"]],
    integer: ["three", 1.5, { value: 1 }, "3"],
    number: ["three", { value: 1 }],
    boolean: ["yes", 1, "true"],
    array: ["text", { item: 1 }],
    object: ["text", ["item"], 1],
  };
  const wrong = random.pick(wrongs[typeOf(schema) ?? ""] ?? []);
  if (wrong === undefined) return [];
  const edit = (holder: Document, name: string) => {
    holder[name] = wrong;
  };
  return [mutant("wrong type", path, JSON.stringify(wrong), { doc, edit })];
}

function missing({ path, schema, value }: Place, { doc }: Context): Mutant[] {
  if (typeof value !== "object") return [];
  return (schema.required ?? [])
    .filter((name) => !["apiVersion", "kind"].includes(name) && Object.hasOwn(value as Document, name))
    .map((name) =>
      mutant("missing required", [...path, name], name, {
        doc,
        edit: (holder, key) => {
          delete holder[key];
        },
      }),
    );
}

function badValues({ path, schema, value }: Place, context: Context): Mutant[] {
  if (path.length < 2 || isFilledLater(value)) return [];
  const { doc, random } = context;
  const name = String(path.findLast((step) => typeof step === "string"));
  const wrong = (fault: FaultClass, bad: unknown): Mutant =>
    mutant(fault, path, String(bad), {
      doc,
      edit: (holder, key) => {
        holder[key] = bad;
      },
    });
  const found: Mutant[] = [];
  const values = (schema.enum ?? []).filter((one) => typeof one === "string");
  if (values.length > 0 && typeof value === "string") {
    const other = random.pick([swapCase(value), `${value}s`, "NoSuchValue"])!;
    if (!values.includes(other)) found.push(wrong("bad enum", other));
  }
  // A field of its own, not an entry of somebody's settings.
  const holder = context.byPointer.get(pointerOf(path.slice(0, -1)));
  const isField = holder !== undefined && isClosed(holder.schema);
  const isDuration = isField && typeof value === "string" && DURATION.test(value) && DURATION_NAME.test(name);
  if (isDuration && typeOf(schema) === "string") found.push(wrong("bad duration", random.pick(badDurations)));
  if (schema.oneOf?.some(({ format }) => format === "quantity")) {
    found.push(wrong("bad quantity", random.pick(badQuantities)));
  }
  return found;
}

function swapCase(text: string): string {
  const lower = text.toLowerCase();
  return lower === text ? text[0]!.toUpperCase() + text.slice(1) : lower;
}

/** Values filled in when the manifest is rendered: nobody can say yet that they are wrong. */
function isFilledLater(value: unknown): boolean {
  return typeof value === "string" && /\$\{|\{\{/.test(value);
}

/** A version nobody serves, and those that are gone. */
export function versions(doc: Document, random: Random): Mutant[] {
  const { apiVersion, kind } = doc as { apiVersion: string; kind: string };
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  const wrong = [
    apiVersion.replace(/v\d+\w*$/, "v9"),
    ...(group.length > 4 ? [`${misspell(group, random)}${apiVersion.slice(slash)}`] : []),
    ...(apiVersion === "v1" ? ["core/v1"] : []),
    ...(slash < 0 ? [] : [apiVersion.slice(slash + 1)]),
  ];
  const gone =
    kind === "Kustomization" && group === "kustomize.toolkit.fluxcd.io"
      ? goneKustomizations
      : goneVersions[kind];
  const mutants = (fault: FaultClass, all: readonly string[]) =>
    all
      .filter((version) => version !== apiVersion)
      .map((version) => ({
        fault,
        doc: { ...doc, apiVersion: version },
        pointer: "/apiVersion",
        what: version,
      }));
  return [...mutants("wrong apiVersion", wrong), ...mutants("removed apiVersion", gone ?? [])];
}
