import { containersOf, groupOf, podOf } from "./manifest.ts";
import type { Manifest } from "./rule.ts";
import { type Fields, isMap, map, maps, word } from "./value.ts";

/** What a pod reads from a ConfigMap or a Secret, and may not start without. */
export type ConfigReference = {
  kind: "ConfigMap" | "Secret";
  name: string;
  /** The keys it needs; none: all there are. */
  keys: string[];
  pointer: string;
};

/** The ConfigMaps and Secrets a manifest's pod needs: variables, volumes and pull secrets; optional ones left out. */
export function configReferences(manifest: Manifest): ConfigReference[] {
  const pod = podOf(manifest);
  if (pod === undefined) return [];
  const found: ConfigReference[] = [];
  const add = (kind: ConfigReference["kind"], from: unknown, pointer: string, keys: string[] = []) => {
    const { name, secretName, optional } = map(from);
    const named = word(name) || word(secretName);
    if (named !== "" && optional !== true) found.push({ kind, name: named, keys, pointer });
  };
  for (const { fields, pointer } of containersOf(manifest)) {
    for (const [i, { valueFrom }] of maps(fields.env).entries()) {
      const { configMapKeyRef, secretKeyRef } = map(valueFrom);
      const at = `${pointer}/env/${i}`;
      add("ConfigMap", configMapKeyRef, at, keyOf(configMapKeyRef));
      add("Secret", secretKeyRef, at, keyOf(secretKeyRef));
    }
    for (const [i, { configMapRef, secretRef }] of maps(fields.envFrom).entries()) {
      add("ConfigMap", configMapRef, `${pointer}/envFrom/${i}`);
      add("Secret", secretRef, `${pointer}/envFrom/${i}`);
    }
  }
  for (const [i, volume] of maps(pod.spec.volumes).entries()) {
    const at = `${pod.pointer}/volumes/${i}`;
    add("ConfigMap", volume.configMap, at, itemsOf(volume.configMap));
    add("Secret", volume.secret, at, itemsOf(volume.secret));
    for (const { configMap, secret } of maps(map(volume.projected).sources)) {
      add("ConfigMap", configMap, at, itemsOf(configMap));
      add("Secret", secret, at, itemsOf(secret));
    }
  }
  for (const [i, pull] of maps(pod.spec.imagePullSecrets).entries()) {
    add("Secret", pull, `${pod.pointer}/imagePullSecrets/${i}`);
  }
  return found;
}

function keyOf(reference: unknown): string[] {
  const { key } = map(reference);
  return word(key) === "" ? [] : [word(key)];
}

function itemsOf(source: unknown): string[] {
  return maps(map(source).items).flatMap(keyOf);
}

/** A Service that a route sends traffic to. */
export type Backend = { service: string; namespace: string; port: string; pointer: string };

/** The Services an Ingress, a route of the Gateway API or of Traefik sends traffic to. */
export function backendsOf(manifest: Manifest): Backend[] {
  const spec = map(manifest.doc.spec);
  const group = groupOf(manifest);
  if (manifest.kind === "Ingress" && group === "networking.k8s.io") return ofIngress(manifest, spec);
  if (group === "gateway.networking.k8s.io" && manifest.kind.endsWith("Route")) {
    return listed(manifest, spec.rules, { outer: "rules", inner: "backendRefs" });
  }
  if (group.startsWith("traefik.") && manifest.kind.startsWith("IngressRoute")) {
    return listed(manifest, spec.routes, { outer: "routes", inner: "services" });
  }
  return [];
}

function ofIngress({ namespace }: Manifest, spec: Fields): Backend[] {
  const backend = (value: unknown, pointer: string): Backend[] => {
    const { name, port } = map(map(value).service);
    const { name: portName, number } = map(port);
    if (word(name) === "") return [];
    return [{ service: word(name), namespace, port: word(number) || word(portName), pointer }];
  };
  return [
    ...backend(spec.defaultBackend, "/spec/defaultBackend"),
    ...maps(spec.rules).flatMap((rule, i) =>
      maps(map(rule.http).paths).flatMap((path, j) =>
        backend(path.backend, `/spec/rules/${i}/http/paths/${j}/backend`),
      ),
    ),
  ];
}

function listed(
  { namespace }: Manifest,
  value: unknown,
  { outer, inner }: { outer: string; inner: string },
): Backend[] {
  return maps(value).flatMap((entry, i) =>
    maps(entry[inner]).flatMap((backend, j) => {
      const { name, kind, namespace: other, port } = backend;
      if (word(name) === "" || (kind !== undefined && kind !== "Service")) return [];
      const pointer = `/spec/${outer}/${i}/${inner}/${j}`;
      return [{ service: word(name), namespace: word(other) || namespace, port: word(port), pointer }];
    }),
  );
}

/** Ports a manifest's containers declare. */
export function containerPorts(manifest: Manifest): { name: string; number: string }[] {
  return containersOf(manifest).flatMap(({ fields }) =>
    maps(fields.ports).map(({ name, containerPort }) => ({ name: word(name), number: word(containerPort) })),
  );
}

/** The probes of a container that ask something over the network or run a command. */
export function probesOf(fields: Fields): { name: string; probe: Fields }[] {
  return ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((name) => {
    const probe = fields[name];
    return isMap(probe) ? [{ name, probe }] : [];
  });
}
