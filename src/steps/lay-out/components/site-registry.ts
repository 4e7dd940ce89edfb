import { registryHosts } from "#model/bootstrap.ts";
import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { sizesFor, storageClass, weakest } from "../sizes.ts";
import { containerSecurity, folder, labels, namespaces, podSecurity, resources } from "../tree.ts";

/** A fixed address in the part of the service range that is kept for such: nodes cannot ask the cluster's DNS. */
function siteRegistryAddress({ decisions }: LayOutContext): string {
  const first: Record<string, string> = { k0s: "10.96.0", microk8s: "10.152.183" };
  return `${first[decisions.distribution.choice] ?? "10.43.0"}.50`;
}

/** A pull-through cache at the site, at a fixed address. */
export function siteRegistry(context: LayOutContext): File[] {
  const name = "site-registry";
  const namespace = namespaces.system;
  const metadata = { name, namespace, labels: labels(name) };
  const { registry } = sizesFor(weakest(context));
  const [host] = context.hosts.registry.split("/");
  const hosts = [...new Set([host!, ...registryHosts(context)])];
  const config = {
    distSpecVersion: "1.1.1",
    storage: { rootDirectory: "/var/lib/registry", gc: true, dedupe: true },
    http: { address: "0.0.0.0", port: "5000" },
    log: { level: "warn" },
    extensions: {
      sync: {
        enable: true,
        registries: hosts.sort().map((registryHost) => ({
          urls: [`https://${registryHost}`],
          // Nodes ask for mirror/<registry>/<image>, so that two registries never share a name.
          content: [{ prefix: "**", destination: `/mirror/${registryHost}` }],
          onDemand: true,
          tlsVerify: true,
          maxRetries: 3,
          retryDelay: "5m",
        })),
      },
    },
  };
  return folder(context, "base/site-registry", {
    purpose:
      "A pull-through cache at the site: every layer crosses the link once, and is there when the link is not.",
    files: {
      "registry.yaml": {
        documents: [
          {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata,
            data: { "config.json": `${JSON.stringify(config, null, 2)}\n` },
          },
          {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata,
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: storageClass(context.decisions),
              resources: { requests: { storage: "8Gi" } },
            },
          },
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
              replicas: 1,
              revisionHistoryLimit: 2,
              strategy: { type: "Recreate" },
              selector: { matchLabels: { "app.kubernetes.io/name": name } },
              template: {
                metadata: { labels: { ...labels(name), "edge.example.com/talks-to": "hub" } },
                spec: {
                  automountServiceAccountToken: false,
                  enableServiceLinks: false,
                  securityContext: podSecurity(65532),
                  containers: [
                    {
                      name,
                      image: context.images["site-registry"]!.image,
                      imagePullPolicy: "IfNotPresent",
                      args: ["serve", "/config/config.json"],
                      ports: [{ name: "http", containerPort: 5000, protocol: "TCP" }],
                      resources: resources({ ...registry, cpu: "20m" }),
                      securityContext: containerSecurity,
                      readinessProbe: { httpGet: { path: "/v2/", port: "http" }, periodSeconds: 15 },
                      livenessProbe: {
                        httpGet: { path: "/v2/", port: "http" },
                        periodSeconds: 30,
                        failureThreshold: 5,
                      },
                      volumeMounts: [
                        { name: "config", mountPath: "/config", readOnly: true },
                        { name: "layers", mountPath: "/var/lib/registry" },
                        { name: "tmp", mountPath: "/tmp" },
                      ],
                    },
                  ],
                  volumes: [
                    { name: "config", configMap: { name } },
                    { name: "layers", persistentVolumeClaim: { claimName: name } },
                    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
                  ],
                },
              },
            },
          },
          {
            apiVersion: "v1",
            kind: "Service",
            metadata,
            spec: {
              type: "ClusterIP",
              clusterIP: siteRegistryAddress(context),
              selector: { "app.kubernetes.io/name": name },
              ports: [{ name: "http", port: 5000, targetPort: "http", protocol: "TCP" }],
            },
          },
          {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: { name: "allow-site-registry", namespace, labels: labels(name) },
            spec: {
              podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
              policyTypes: ["Ingress"],
              // The nodes' container runtime asks from node addresses, which differ per site.
              ingress: [{ ports: [{ protocol: "TCP", port: 5000 }] }],
            },
          },
        ],
        purpose: "The registry, its disk and its fixed address inside the cluster.",
      },
    },
  });
}
