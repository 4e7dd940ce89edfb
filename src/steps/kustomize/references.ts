import { type Fields, get, isMap, maps, put, word } from "#model/value.ts";
import { RefusedError } from "./errors.ts";
import { applies, type FieldSpec, visit } from "./field-paths.ts";
import { type Referral, referrals } from "./name-references.ts";
import {
  currentId,
  effectiveNamespace,
  type Id,
  isClusterScoped,
  originalId,
  previousIds,
  type Resource,
} from "./resource.ts";

/** Makes every reference follow the objects whose names or namespaces were changed by the build. */
export function followRenames(resources: readonly Resource[]): void {
  const renamed = resources.filter(({ previous }) => previous.length > 0);
  const active = referrals
    .map((referral) => ({
      referral,
      candidates: renamed.filter((one) => previousIds(one).some((id) => isKind(id, referral))),
    }))
    .filter(({ candidates }) => candidates.length > 0);
  if (active.length === 0) return;
  for (const referrer of resources) {
    const first = originalId(referrer);
    for (const { referral, candidates } of active) {
      const fields = referral.fields.filter((spec) => applies(spec, first));
      if (fields.length === 0) continue;
      const near = reachable(referrer, candidates);
      if (near.length > 0)
        for (const spec of fields) followIn({ referrer, referral, spec, candidates: near });
    }
  }
}

function isKind(
  id: Pick<Id, "group" | "version" | "kind">,
  wanted: { group?: string; version?: string; kind?: string },
): boolean {
  return (
    (wanted.kind === undefined || wanted.kind === id.kind) &&
    (wanted.group === undefined || wanted.group === id.group) &&
    (wanted.version === undefined || wanted.version === id.version)
  );
}

/** Objects of other namespaces are out of reach, but for the accounts that a RoleBinding names. */
function reachable(referrer: Resource, candidates: readonly Resource[]): Resource[] {
  const id = currentId(referrer.doc);
  if (isClusterScoped(id)) return [...candidates];
  const bound = new Set(
    id.kind === "RoleBinding"
      ? maps(referrer.doc.subjects)
          .filter(({ kind }) => kind === "ServiceAccount")
          .map(({ namespace }) => word(namespace))
      : [],
  );
  bound.delete("");
  return candidates.filter((candidate) => {
    const other = currentId(candidate.doc);
    return (
      isClusterScoped(other) ||
      effectiveNamespace(other) === effectiveNamespace(id) ||
      bound.has(other.namespace)
    );
  });
}

type Search = { referrer: Resource; referral: Referral; spec: FieldSpec; candidates: readonly Resource[] };

function followIn(search: Search): void {
  const { referrer, spec } = search;
  visit(referrer.doc, spec.path, {
    change(parent, key) {
      const value = get(parent, key);
      if (value === undefined || value === null) return;
      if (isMap(value)) followMap(value, search);
      else if (Array.isArray(value))
        put(
          parent,
          key,
          value.map((item) => followItem(item, search)),
        );
      else put(parent, key, followName(word(value), search) ?? value);
    },
  });
}

function followItem(item: unknown, search: Search): unknown {
  if (isMap(item)) {
    followMap(item, search);
    return item;
  }
  return typeof item === "string" ? (followName(item, search) ?? item) : item;
}

function followName(name: string, search: Search): string | undefined {
  const found = pick(name, search, (a, b) => nameOf(a) === nameOf(b));
  return found === undefined || nameOf(found) === name ? undefined : nameOf(found);
}

/** A reference of name and namespace; both follow. kustomize does not ask whether a subject is an account at all. */
function followMap(reference: Fields, search: Search): void {
  if (!Object.hasOwn(reference, "name"))
    throw new RefusedError(`a reference without name in ${search.spec.path}`);
  const name = word(reference.name);
  const candidates = inNamespace(reference.namespace, search.candidates);
  const isSame = (a: Resource, b: Resource) =>
    nameOf(a) === nameOf(b) && currentId(a.doc).namespace === currentId(b.doc).namespace;
  const found = pick(name, { ...search, candidates }, isSame);
  if (found === undefined) return;
  const { namespace } = currentId(found.doc);
  put(reference, "name", nameOf(found));
  if (namespace !== "") put(reference, "namespace", namespace);
}

function inNamespace(namespace: unknown, candidates: readonly Resource[]): readonly Resource[] {
  if (namespace === undefined) return candidates;
  const wanted = word(namespace);
  const original = candidates.filter((c) => effectiveNamespace(originalId(c)) === wanted);
  if (original.length > 0) return original;
  return candidates.filter((c) => effectiveNamespace(currentId(c.doc)) === wanted);
}

function nameOf(resource: Resource): string {
  return currentId(resource.doc).name;
}

/** The one object a name means; of several the ones with the same prefixes and suffixes as who names them. */
function pick(
  name: string,
  { referrer, referral, spec, candidates }: Search,
  isSame: (a: Resource, b: Resource) => boolean,
): Resource | undefined {
  const role = spec.path.endsWith("roleRef/name") ? roleOf(referrer) : undefined;
  const id = currentId(referrer.doc);
  let found = candidates.filter((candidate) => {
    const previous = previousIds(candidate);
    if (!previous.some((one) => one.name === name)) return false;
    if (!previous.some((one) => isKind(one, referral))) return false;
    if (role !== undefined && !previous.some((one) => isKind(one, role))) return false;
    return inReach(id, currentId(candidate.doc));
  });
  for (const allowEmpty of [true, false]) {
    if (found.length < 2) return found[0];
    found = found.filter((candidate) => sameAffixes(candidate, referrer, allowEmpty));
  }
  const [first] = found;
  if (first === undefined || found.every((one) => isSame(one, first))) return first;
  throw new RefusedError(`${name} in ${spec.path} could be one of ${found.map(nameOf).join(", ")}`);
}

function roleOf({ doc }: Resource): { group: string; kind: string } | undefined {
  const { roleRef } = doc;
  if (!isMap(roleRef) || roleRef.apiGroup === undefined || roleRef.kind === undefined) return undefined;
  return { group: word(roleRef.apiGroup), kind: word(roleRef.kind) };
}

function inReach(referrer: Id, other: Id): boolean {
  if (isClusterScoped(referrer) || isClusterScoped(other) || other.kind === "ServiceAccount") return true;
  return effectiveNamespace(referrer) === effectiveNamespace(other);
}

function sameAffixes(a: Resource, b: Resource, allowEmpty: boolean): boolean {
  return (["prefixes", "suffixes"] as const).every((affixes) => {
    const [x, y] = [a[affixes], b[affixes]];
    if (x.length === 0 || y.length === 0) return allowEmpty || x.length === y.length;
    // Only what both have is compared, the outermost first.
    return x.slice(-y.length).join() === y.slice(-x.length).join();
  });
}
