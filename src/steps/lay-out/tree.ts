import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";

/** A Kubernetes object as it is written down. */
export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & Record<string, unknown>;
  [field: string]: unknown;
};

/** The namespaces of the fleet's own parts; those of engine and distribution are theirs. */
export const namespaces = { apps: "edge-apps", system: "edge-system" } as const;

/** Annotation that keeps Flux from replacing `${…}` in an object that means it literally. */
export const literally = { "kustomize.toolkit.fluxcd.io/substitute": "disabled" } as const;

/** A YAML file of the repository. */
export function yamlFile(
  { yaml }: LayOutContext,
  path: string,
  { documents, purpose, comment }: { documents: unknown | unknown[]; purpose: string; comment?: string },
): File {
  return { path, content: yaml(documents, comment ?? purpose), purpose };
}

/** A folder of manifests with the kustomization that lists them. */
export function folder(
  context: LayOutContext,
  dir: string,
  {
    files,
    purpose,
    comment,
  }: {
    files: Record<string, { documents: Manifest[]; purpose: string; comment?: string }>;
    purpose: string;
    comment?: string;
  },
): File[] {
  const resources = Object.keys(files).sort();
  return [
    kustomization(context, dir, { purpose, fields: { resources }, ...(comment && { comment }) }),
    ...resources.map((name) => yamlFile(context, `${dir}/${name}`, files[name]!)),
  ];
}

/** The kustomization of a build target or base, or (`component`) of a part that is mixed into several. */
export function kustomization(
  context: LayOutContext,
  dir: string,
  {
    fields,
    purpose,
    comment,
    component = false,
  }: { fields: Record<string, unknown>; purpose: string; comment?: string; component?: boolean },
): File {
  const head = component
    ? { apiVersion: "kustomize.config.k8s.io/v1alpha1", kind: "Component" }
    : { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };
  return yamlFile(context, `${dir}/kustomization.yaml`, {
    documents: { ...head, ...fields },
    purpose,
    ...(comment && { comment }),
  });
}

/** A plain text file of the repository; one line break at its end. */
export function textFile(path: string, lines: readonly string[], purpose: string): File {
  return { path, content: `${lines.join("\n").trimEnd()}\n`, purpose };
}

/** Labels every object of ours carries. */
export function labels(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "edge-fleet" };
}

/** The strictest Pod Security profile, as it is written in a pod. `uid` must be one the image can run as. */
export function podSecurity(uid: number) {
  return {
    runAsNonRoot: true,
    runAsUser: uid,
    runAsGroup: uid,
    fsGroup: uid,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** What a container may not do; its root file system is read-only. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
} as const;

/** Requests and limits; CPU is requested but never capped, because a throttled agent looks like a dead one. */
export function resources({
  requestMiB,
  limitMiB,
  cpu,
}: {
  requestMiB: number;
  limitMiB: number;
  cpu: string;
}) {
  return { requests: { cpu, memory: `${requestMiB}Mi` }, limits: { memory: `${limitMiB}Mi` } };
}
