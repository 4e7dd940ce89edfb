import type { Manifest } from "#model/rule.ts";
import { isMap, map } from "#model/value.ts";

/** Kinds that carry whole objects, and where: what they hold is applied just like a file of its own. */
const carriers: Readonly<Record<string, string>> = {
  "fluxcd.controlplane.io/ResourceSet": "/spec/resources",
  "work.open-cluster-management.io/ManifestWork": "/spec/workload/manifests",
  "work.open-cluster-management.io/ManifestWorkReplicaSet": "/spec/manifestWorkTemplate/workload/manifests",
};

/** A manifest and the objects it carries. */
export function withEmbedded(manifest: Manifest): Manifest[] {
  return [manifest, ...embedded(manifest)];
}

/** The objects a manifest carries, as manifests of their own, on their own lines. */
function embedded(holder: Manifest): Manifest[] {
  const place = carriers[`${holder.apiVersion.split("/")[0]}/${holder.kind}`];
  if (place === undefined) return [];
  const items = place
    .split("/")
    .slice(1)
    .reduce<unknown>((value, part) => map(value)[part], holder.doc);
  if (!Array.isArray(items)) return [];
  return items.flatMap((doc, i) => {
    if (!isMap(doc) || typeof doc.apiVersion !== "string" || typeof doc.kind !== "string") return [];
    const metadata = map(doc.metadata);
    const word = (value: unknown) => (typeof value === "string" ? value : "");
    const inner: Manifest = {
      ...holder,
      doc,
      apiVersion: doc.apiVersion,
      kind: doc.kind,
      name: word(metadata.name),
      namespace: word(metadata.namespace),
      line: (pointer = "") => holder.line(`${place}/${i}${pointer}`),
      patch: false,
      embedded: true,
    };
    if (holder.column !== undefined) {
      const column = holder.column;
      inner.column = (pointer = "") => column(`${place}/${i}${pointer}`);
    }
    return [inner];
  });
}
