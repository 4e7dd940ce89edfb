import { type Fields, get, isMap, put, word } from "#model/value.ts";
import { OutsideError } from "./errors.ts";
import { groupOf } from "./resource.ts";

/** Built-in groups; lists of other kinds carry no merge keys and are replaced as a whole. */
const BUILT_IN = /^(?:|apps|batch|autoscaling|policy|extensions|[\w.]+\.k8s\.io)$/;
const CRD_GROUPS = /^(?:gateway\.networking|snapshot\.storage|metrics|cluster\.x-k8s)\b|\.x-k8s\.io$/;

/**
 * Merge keys of lists, by the field that holds them, where it stands inside (a suffix of the path) and of which kind.
 * Source: `x-kubernetes-patch-merge-key` and `-list-map-keys` of the Kubernetes 1.31 OpenAPI document, which kubectl 1.32 embeds.
 */
const MERGE_KEYS: readonly { path: RegExp; kind?: RegExp; keys: readonly string[] }[] = [
  { path: /\/(?:containers|initContainers|ephemeralContainers)$/, keys: ["name"] },
  { path: /ontainers\/env$/, keys: ["name"] },
  { path: /ontainers\/ports$/, keys: ["containerPort", "protocol"] },
  { path: /ontainers\/volumeMounts$/, keys: ["mountPath"] },
  { path: /ontainers\/volumeDevices$/, keys: ["devicePath"] },
  { path: /ontainers\/resources\/claims$/, keys: ["name"] },
  { path: /spec\/volumes$/, keys: ["name"] },
  { path: /spec\/imagePullSecrets$/, keys: ["name"] },
  { path: /spec\/hostAliases$/, keys: ["ip"] },
  { path: /spec\/schedulingGates$/, keys: ["name"] },
  { path: /spec\/resourceClaims$/, keys: ["name"] },
  { path: /spec\/topologySpreadConstraints$/, keys: ["topologyKey", "whenUnsatisfiable"] },
  { path: /^\/spec\/ports$/, kind: /^Service$/, keys: ["port", "protocol"] },
  { path: /^\/secrets$/, kind: /^ServiceAccount$/, keys: ["name"] },
  { path: /^\/webhooks$/, kind: /WebhookConfiguration$/, keys: ["name"] },
  { path: /\/matchConditions$/, keys: ["name"] },
  { path: /^\/metadata\/ownerReferences$/, keys: ["uid"] },
];
const PRIMITIVE_SETS = /^\/metadata\/finalizers$/;

type Context = { path: string; kind: string; builtIn: boolean };
const DELETED = Symbol("deleted");

/**
 * Strategic merge as kustomize does it: maps field by field, lists with a merge key item by item with those of the
 * patch in front, other lists replaced; `null` and `$patch: delete` delete.
 */
export function strategicMerge(target: Fields, patch: Fields): Fields | "deleted" {
  const group = groupOf(target.apiVersion);
  const context = {
    path: "",
    kind: word(target.kind),
    builtIn: BUILT_IN.test(group) && !CRD_GROUPS.test(group),
  };
  const merged = mergeMap(target, patch, context);
  return merged === DELETED ? "deleted" : merged;
}

function mergeMap(target: Fields, patch: Fields, context: Context): Fields | typeof DELETED {
  const directive = get(patch, "$patch");
  if (directive === "delete") return DELETED;
  if (directive === "replace") return cleanMap(patch);
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key === "$patch") continue;
    if (key.startsWith("$")) throw new OutsideError(key.split("/")[0]);
    const merged = mergeValue(get(target, key), value, { ...context, path: `${context.path}/${key}` });
    if (merged === DELETED) delete result[key];
    else put(result, key, merged);
  }
  return result;
}

function mergeValue(target: unknown, patch: unknown, context: Context): unknown {
  if (patch === null) return DELETED;
  if (isMap(patch)) return mergeMap(isMap(target) ? target : {}, patch, context);
  if (Array.isArray(patch)) return mergeList(Array.isArray(target) ? target : [], patch, context);
  return patch;
}

function mergeList(target: unknown[], patch: unknown[], context: Context): unknown[] {
  if (patch.some((item) => isMap(item) && get(item, "$patch") === "replace")) {
    return patch.filter((item) => !(isMap(item) && get(item, "$patch") === "replace")).map(clean);
  }
  if (PRIMITIVE_SETS.test(context.path)) return [...new Set([...patch, ...target])];
  const keys = context.builtIn ? keysOf(context) : undefined;
  if (keys === undefined || ![...target, ...patch].every(isMap)) return patch.map(clean);
  return mergeItems(target as Fields[], patch as Fields[], { keys, context });
}

function keysOf({ path, kind }: Context): readonly string[] | undefined {
  return MERGE_KEYS.find((entry) => entry.path.test(path) && (entry.kind?.test(kind) ?? true))?.keys;
}

type Wanted = { key: string; value: string }[];

/**
 * Items in the order of the patch, then those only the target has. Two items are the same when all keys are; but an item
 * that lacks a key (a port without protocol) takes the place of one that has it, as kustomize lets it.
 */
function mergeItems(
  target: Fields[],
  patch: Fields[],
  { keys, context }: { keys: readonly string[]; context: Context },
): unknown[] {
  const wanted = new Map<string, Wanted>();
  for (const item of [...patch, ...target]) {
    const want = keys.map((key) => ({ key, value: word(get(item, key)) }));
    wanted.set(JSON.stringify(want), want);
  }
  const result: Fields[] = [];
  for (const want of wanted.values()) {
    const from = patch.find((item) => matches(item, want));
    const into = target.find((item) => matches(item, want));
    const merged = from === undefined ? into! : mergeMap(into ?? {}, from, context);
    const present = want.filter(({ value }) => value !== "");
    if (present.length === 0) throw new OutsideError(`item of ${context.path} without ${keys[0]}`);
    const at = result.findIndex((item) => matches(item, present));
    if (merged === DELETED) {
      if (at >= 0) result.splice(at, 1);
    } else if (at >= 0) result[at] = merged;
    else result.push(merged);
  }
  return result;
}

function matches(item: Fields, want: Wanted): boolean {
  return want.every(({ key, value }) => word(get(item, key)) === value);
}

/** A value of a patch that lands where nothing was: directives and nulls go. */
function clean(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !(isMap(item) && get(item, "$patch") === "delete")).map(clean);
  }
  return isMap(value) ? cleanMap(value) : value;
}

function cleanMap(value: Fields): Fields {
  const result: Fields = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === "$patch" || item === null) continue;
    put(result, key, clean(item));
  }
  return result;
}
