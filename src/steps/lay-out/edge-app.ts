import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { sizesFor, storageClass, weakest } from "./sizes.ts";
import {
  containerSecurity,
  folder,
  labels,
  literally,
  type Manifest,
  namespaces,
  podSecurity,
  resources,
} from "./tree.ts";

export const appName = "edge-app";
export const appUid = 65532;
const namespace = namespaces.apps;

/** Where the sample sends what it kept; a placeholder until the team names its own. */
export const ingestHost = "ingest.example.com";

/** The sample workload: takes events over HTTP inside the site, keeps them on disk, forwards them when the link is there. */
export function edgeApp(context: LayOutContext): File[] {
  return folder(context, `base/${appName}`, {
    purpose: "Sample workload, hardened: a store-and-forward collector. Replace it by yours, keep its shape.",
    files: {
      "config.yaml": { documents: [config(context)], purpose: "Configuration of the collector." },
      "deployment.yaml": {
        documents: [serviceAccount(), deployment(context)],
        purpose: "One replica, read-only root file system, no token, no capabilities, requests and limits.",
      },
      "service.yaml": {
        documents: [service()],
        purpose: "Reachable inside the site only.",
      },
      "storage.yaml": {
        documents: [claim(context)],
        purpose: "Disk for what waits for the link; survives restarts of pod and node.",
      },
    },
  });
}

/** The collector's own configuration; `${…}` in it is read by the collector, not by the GitOps engine. */
export function collectorConfig(context: LayOutContext): string {
  const { answers, yaml } = context;
  const { bufferMiB } = sizesFor(weakest(context));
  const forward = {
    name: "http",
    match: "*",
    host: "${INGEST_HOST}",
    port: 443,
    uri: "/events",
    format: "json_lines",
    compress: "gzip",
    tls: true,
    "tls.verify": true,
    // An outage is normal: nothing is given up before the disk limit is reached.
    retry_limit: "no_limits",
    "storage.total_limit_size": `${Math.floor(bufferMiB * 0.8)}M`,
  };
  const keep = { name: "file", match: "*", path: "/buffer/export", mkdir: true };
  return yaml({
    service: {
      flush: answers.network === "low-bandwidth" ? 30 : 5,
      log_level: "warn",
      http_server: true,
      http_listen: "0.0.0.0",
      http_port: 2020,
      "storage.path": "/buffer/queue",
      "storage.sync": "normal",
      "storage.checksum": true,
      "storage.max_chunks_up": 16,
      "storage.backlog.mem_limit": "4M",
      "scheduler.base": 5,
      "scheduler.cap": 600,
    },
    pipeline: {
      inputs: [{ name: "http", listen: "0.0.0.0", port: 8080, "storage.type": "filesystem" }],
      filters: [{ name: "record_modifier", match: "*", record: ["site ${SITE_ID}", "region ${REGION}"] }],
      outputs: [answers.network === "air-gapped" ? keep : forward],
    },
  });
}

function config(context: LayOutContext): Manifest {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: appName, namespace, labels: labels(appName), annotations: { ...literally } },
    data: { "fluent-bit.yaml": collectorConfig(context) },
  };
}

function serviceAccount(): Manifest {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: appName, namespace, labels: labels(appName) },
    automountServiceAccountToken: false,
  };
}

function fromConfigMap(name: string, map: string, key: string) {
  return { name, valueFrom: { configMapKeyRef: { name: map, key } } };
}

/** The pod of the sample, shared with its Helm chart so that both say the same. */
export function podSpec(context: LayOutContext): Record<string, unknown> {
  const { app } = sizesFor(weakest(context));
  return {
    serviceAccountName: appName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity(appUid),
    containers: [
      {
        name: appName,
        image: context.images["edge-app"]!.image,
        imagePullPolicy: "IfNotPresent",
        args: ["--config=/config/fluent-bit.yaml"],
        env: [
          fromConfigMap("SITE_ID", "site-identity", "site_id"),
          fromConfigMap("REGION", "site-settings", "region"),
          fromConfigMap("TZ", "site-settings", "timezone"),
          { name: "INGEST_HOST", value: ingestHost },
        ],
        ports: [
          { name: "http", containerPort: 8080, protocol: "TCP" },
          { name: "metrics", containerPort: 2020, protocol: "TCP" },
        ],
        resources: resources({ ...app, cpu: "10m" }),
        securityContext: containerSecurity,
        startupProbe: { ...probe(), periodSeconds: 5, failureThreshold: 30 },
        readinessProbe: { ...probe(), periodSeconds: 15 },
        // Uptime, not health: health counts failed deliveries, and an outage must not restart the collector.
        livenessProbe: { ...probe(), periodSeconds: 30, failureThreshold: 5 },
        volumeMounts: [
          { name: "config", mountPath: "/config", readOnly: true },
          { name: "buffer", mountPath: "/buffer" },
          { name: "tmp", mountPath: "/tmp" },
        ],
      },
    ],
    volumes: [
      { name: "config", configMap: { name: appName } },
      { name: "buffer", persistentVolumeClaim: { claimName: `${appName}-buffer` } },
      { name: "tmp", emptyDir: { sizeLimit: "16Mi" } },
    ],
  };
}

function probe() {
  return { httpGet: { path: "/api/v1/uptime", port: "metrics" }, timeoutSeconds: 3 };
}

/** Labels of the pod: the second one opens the way out to the hub, and only that. */
export function podLabels({ answers }: LayOutContext): Record<string, string> {
  const offline = answers.network === "air-gapped";
  return { ...labels(appName), ...(!offline && { "edge.example.com/talks-to": "hub" }) };
}

function deployment(context: LayOutContext): Manifest {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: appName, namespace, labels: labels(appName) },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 2,
      // The buffer can be mounted once: stop the old one first.
      strategy: { type: "Recreate" },
      selector: { matchLabels: { "app.kubernetes.io/name": appName } },
      template: { metadata: { labels: podLabels(context) }, spec: podSpec(context) },
    },
  };
}

function service(): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: appName, namespace, labels: labels(appName) },
    spec: {
      type: "ClusterIP",
      selector: { "app.kubernetes.io/name": appName },
      ports: [
        { name: "http", port: 8080, targetPort: "http", protocol: "TCP" },
        { name: "metrics", port: 2020, targetPort: "metrics", protocol: "TCP" },
      ],
    },
  };
}

function claim(context: LayOutContext): Manifest {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: `${appName}-buffer`, namespace, labels: labels(appName) },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: storageClass(context.decisions),
      resources: { requests: { storage: `${sizesFor(weakest(context)).bufferMiB}Mi` } },
    },
  };
}
