import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { hub } from "./observability/hub.ts";
import { outageBufferMiB, scrapeSeconds, sizesFor, storageClass, weakest } from "./sizes.ts";
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

const name = "metrics-agent";
const uid = 65534;
const namespace = namespaces.system;
const metadata = { name, namespace, labels: labels(name) };
const metricsPort = 8429;

/** What a site measures of itself, how it gets to the hub, and what the hub must (and must not) call an alarm. */
export function observability(context: LayOutContext): File[] {
  const local = context.decisions.observability.choice === "local-only";
  return [
    ...folder(context, "base/observability", {
      purpose: local
        ? "Measurements stay at the site: one small store, read on the spot."
        : "One small agent: it keeps what cannot be sent and pushes it when the link is back. Nothing is scraped from outside.",
      files: {
        "agent.yaml": { documents: agent(context), purpose: "The agent, its disk and its Service." },
        "config.yaml": {
          documents: [config(context)],
          purpose: "What is measured, and what little of it is kept.",
        },
        "heartbeat.yaml": {
          documents: heartbeat(context),
          purpose: "A sign of life through the same buffer: late after an outage, but never lost.",
        },
        "rights.yaml": { documents: rights(), purpose: "The agent may read node metrics, nothing else." },
      },
    }),
    ...(local ? [] : hub(context)),
  ];
}

function agent(context: LayOutContext): Manifest[] {
  const { agent: size } = sizesFor(weakest(context));
  const local = context.decisions.observability.choice === "local-only";
  const image = context.images[local ? "metrics-store" : "metrics-agent"]!.image;
  return [
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
          metadata: { labels: { ...labels(name), ...(!local && { "edge.example.com/talks-to": "hub" }) } },
          spec: {
            serviceAccountName: name,
            enableServiceLinks: false,
            securityContext: podSecurity(uid),
            containers: [
              {
                name,
                image,
                imagePullPolicy: "IfNotPresent",
                args: local ? storeFlags() : agentFlags(context),
                env: [
                  {
                    name: "SITE_ID",
                    valueFrom: { configMapKeyRef: { name: "site-identity", key: "site_id" } },
                  },
                  { name: "RING", valueFrom: { configMapKeyRef: { name: "site-identity", key: "ring" } } },
                  {
                    name: "REGION",
                    valueFrom: { configMapKeyRef: { name: "site-settings", key: "region" } },
                  },
                  { name: "SET", valueFrom: { configMapKeyRef: { name: "site-settings", key: "set" } } },
                  {
                    name: "METRICS_URL",
                    valueFrom: { configMapKeyRef: { name: "site-settings", key: "metrics_url" } },
                  },
                ],
                ports: [{ name: "http", containerPort: metricsPort, protocol: "TCP" }],
                resources: resources({ ...size, cpu: "20m" }),
                securityContext: containerSecurity,
                readinessProbe: { httpGet: { path: "/health", port: "http" }, periodSeconds: 15 },
                livenessProbe: {
                  httpGet: { path: "/health", port: "http" },
                  periodSeconds: 30,
                  failureThreshold: 5,
                },
                volumeMounts: [
                  { name: "config", mountPath: "/config", readOnly: true },
                  { name: "buffer", mountPath: "/buffer" },
                ],
              },
            ],
            volumes: [
              { name: "config", configMap: { name } },
              { name: "buffer", persistentVolumeClaim: { claimName: `${name}-buffer` } },
            ],
          },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { ...metadata, name: `${name}-buffer` },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: storageClass(context.decisions),
        resources: { requests: { storage: `${local ? 1_024 : outageBufferMiB(context) + 64}Mi` } },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: {
        type: "ClusterIP",
        selector: { "app.kubernetes.io/name": name },
        ports: [{ name: "http", port: metricsPort, targetPort: "http", protocol: "TCP" }],
      },
    },
  ];
}

function agentFlags(context: LayOutContext): string[] {
  const { choice, params } = context.decisions.observability;
  return [
    `-httpListenAddr=:${metricsPort}`,
    "-promscrape.config=/config/scrape.yaml",
    "-remoteWrite.url=$(METRICS_URL)",
    "-remoteWrite.label=site=$(SITE_ID)",
    "-remoteWrite.label=ring=$(RING)",
    "-remoteWrite.label=region=$(REGION)",
    "-remoteWrite.label=set=$(SET)",
    "-remoteWrite.tmpDataPath=/buffer/queue",
    `-remoteWrite.maxDiskUsagePerURL=${outageBufferMiB(context)}MiB`,
    // More than the plan counts with is dropped here, not paid for at the hub.
    `-remoteWrite.maxHourlySeries=${params.seriesPerSite}`,
    "-remoteWrite.queues=1",
    ...(choice === "store-and-forward" ? ["-remoteWrite.flushInterval=30s"] : []),
    "-memory.allowedPercent=50",
    "-loggerLevel=WARN",
  ];
}

function storeFlags(): string[] {
  return [
    `-httpListenAddr=:${metricsPort}`,
    "-promscrape.config=/config/scrape.yaml",
    "-storageDataPath=/buffer/metrics",
    "-retentionPeriod=30d",
    "-memory.allowedPercent=50",
    "-loggerLevel=WARN",
  ];
}

/** The few series that tell whether a site is well; everything else stays at the site. */
const kept = [
  "up",
  "edge_heartbeat_timestamp_seconds",
  "fluentbit_output_(proc_records|retries|errors|dropped_records)_total",
  "fluentbit_storage_.*",
  "vmagent_remotewrite_(pending_data_bytes|packets_dropped_total)",
  "node_(cpu_usage_seconds_total|memory_working_set_bytes)",
  "kubelet_(running_pods|certificate_manager_client_expiration_seconds)",
];

function config(context: LayOutContext): Manifest {
  const keep = { source_labels: ["__name__"], regex: kept.join("|"), action: "keep" };
  const credentials = {
    scheme: "https",
    bearer_token_file: "/var/run/secrets/kubernetes.io/serviceaccount/token",
    // A kubelet signs its own certificate unless the distribution rotates them; the token goes to the node itself.
    tls_config: { insecure_skip_verify: true },
    kubernetes_sd_configs: [{ role: "node" }],
  };
  const scrape = {
    global: { scrape_interval: `${scrapeSeconds(context)}s`, scrape_timeout: "10s" },
    scrape_configs: [
      {
        job_name: "edge-app",
        metrics_path: "/api/v2/metrics/prometheus",
        static_configs: [{ targets: [`edge-app.${namespaces.apps}.svc:2020`] }],
        metric_relabel_configs: [keep],
      },
      {
        job_name: name,
        static_configs: [{ targets: [`127.0.0.1:${metricsPort}`] }],
        metric_relabel_configs: [keep],
      },
      { job_name: "node", metrics_path: "/metrics/resource", ...credentials, metric_relabel_configs: [keep] },
      { job_name: "kubelet", metrics_path: "/metrics", ...credentials, metric_relabel_configs: [keep] },
    ],
  };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { "scrape.yaml": context.yaml(scrape) },
  };
}

function heartbeat(context: LayOutContext): Manifest[] {
  const job = "heartbeat";
  const minutes = context.answers.sites >= 5_000 ? 15 : 5;
  const script = [
    "set -eu",
    "# Every site waits a little differently, so that the hub does not see them all in one second.",
    "sleep $((RANDOM % 120))",
    'printf "edge_heartbeat_timestamp_seconds %s\\n" "$(date +%s)" |',
    `  curl --fail --silent --show-error --max-time 20 --data-binary @- http://${name}.${namespace}.svc:${metricsPort}/api/v1/import/prometheus`,
    "",
  ].join("\n");
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: job, namespace, labels: labels(job), annotations: { ...literally } },
      data: { "beat.sh": script },
    },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: job, namespace, labels: labels(job) },
      spec: {
        schedule: `*/${minutes} * * * *`,
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 120,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 1,
            activeDeadlineSeconds: 240,
            ttlSecondsAfterFinished: 600,
            template: {
              metadata: { labels: labels(job) },
              spec: {
                restartPolicy: "Never",
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                securityContext: podSecurity(100),
                containers: [
                  {
                    name: job,
                    image: context.images.heartbeat!.image,
                    imagePullPolicy: "IfNotPresent",
                    command: ["/bin/sh", "/script/beat.sh"],
                    resources: resources({ requestMiB: 8, limitMiB: 32, cpu: "5m" }),
                    securityContext: containerSecurity,
                    volumeMounts: [{ name: "script", mountPath: "/script", readOnly: true }],
                  },
                ],
                volumes: [{ name: "script", configMap: { name: job } }],
              },
            },
          },
        },
      },
    },
  ];
}

function rights(): Manifest[] {
  const cluster = { name: `edge-${name}`, labels: labels(name) };
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: cluster,
      rules: [
        { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
        { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: cluster,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: cluster.name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  ];
}
