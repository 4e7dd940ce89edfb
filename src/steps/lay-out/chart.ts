import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { appName, appUid, collectorConfig, ingestHost } from "./edge-app.ts";
import { sizesFor, storageClass, weakest } from "./sizes.ts";
import { folder, labels, type Manifest, namespaces, resources, textFile, yamlFile } from "./tree.ts";

const dir = `charts/${appName}`;
const version = "0.1.0";

/** The sample workload as a Helm chart in the repository, and the object by which the engine installs it. */
export function chartOfEdgeApp(context: LayOutContext): File[] {
  return [...chart(context), ...release(context)];
}

/** What device types and regions may change: the chart's values, the same in every engine. */
export function values(context: LayOutContext): Record<string, unknown> {
  const { app, bufferMiB } = sizesFor(weakest(context));
  const [repository, tag] = split(context.images["edge-app"]!.image);
  return {
    image: { repository, tag },
    ingestHost,
    talksToHub: context.answers.network !== "air-gapped",
    resources: resources({ ...app, cpu: "10m" }),
    nodeSelector: {},
    buffer: { storageClassName: storageClass(context.decisions), size: `${bufferMiB}Mi` },
  };
}

function split(image: string): [string, string] {
  const colon = image.lastIndexOf(":");
  return [image.slice(0, colon), image.slice(colon + 1)];
}

function chart(context: LayOutContext): File[] {
  return [
    yamlFile(context, `${dir}/Chart.yaml`, {
      documents: {
        apiVersion: "v2",
        name: appName,
        description: "Store-and-forward collector of an edge site, hardened.",
        type: "application",
        version,
        appVersion: split(context.images["edge-app"]!.image)[1],
      },
      purpose: "The chart's name and version; raise the version with every change, it is what sites pull.",
    }),
    yamlFile(context, `${dir}/values.yaml`, {
      documents: values(context),
      purpose: "Defaults for the smallest device type; device-types/ and regions/ override them.",
    }),
    textFile(
      `${dir}/templates/collector.yaml`,
      template(context),
      "Template of the sample workload; rendered by Helm, never applied as it stands.",
    ),
    textFile(
      `${dir}/.helmignore`,
      ["*.tgz", ".git/", "*.orig"],
      "What does not belong into the packaged chart.",
    ),
  ];
}

function template(context: LayOutContext): string[] {
  const config = collectorConfig(context)
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`.trimEnd());
  return `# Template of the sample workload; rendered by Helm, never applied as it stands.
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${appName}
  namespace: {{ .Release.Namespace }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${appName}
  namespace: {{ .Release.Namespace }}
  annotations:
    kustomize.toolkit.fluxcd.io/substitute: disabled
data:
  fluent-bit.yaml: |
${config.join("\n")}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${appName}-buffer
  namespace: {{ .Release.Namespace }}
spec:
  accessModes:
    - ReadWriteOnce
  storageClassName: {{ .Values.buffer.storageClassName | quote }}
  resources:
    requests:
      storage: {{ .Values.buffer.size | quote }}
---
apiVersion: v1
kind: Service
metadata:
  name: ${appName}
  namespace: {{ .Release.Namespace }}
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: ${appName}
  ports:
    - name: http
      port: 8080
      targetPort: http
    - name: metrics
      port: 2020
      targetPort: metrics
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${appName}
  namespace: {{ .Release.Namespace }}
  labels:
    app.kubernetes.io/name: ${appName}
    app.kubernetes.io/part-of: edge-fleet
spec:
  replicas: 1
  revisionHistoryLimit: 2
  strategy:
    type: Recreate
  selector:
    matchLabels:
      app.kubernetes.io/name: ${appName}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${appName}
        app.kubernetes.io/part-of: edge-fleet
        {{- if .Values.talksToHub }}
        edge.example.com/talks-to: hub
        {{- end }}
    spec:
      serviceAccountName: ${appName}
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with .Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        runAsUser: ${appUid}
        runAsGroup: ${appUid}
        fsGroup: ${appUid}
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: ${appName}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          imagePullPolicy: IfNotPresent
          args:
            - --config=/config/fluent-bit.yaml
          env:
            - name: SITE_ID
              valueFrom:
                configMapKeyRef:
                  name: site-identity
                  key: site_id
            - name: REGION
              valueFrom:
                configMapKeyRef:
                  name: site-settings
                  key: region
            - name: TZ
              valueFrom:
                configMapKeyRef:
                  name: site-settings
                  key: timezone
            - name: INGEST_HOST
              value: {{ .Values.ingestHost | quote }}
          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 2020
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
          startupProbe:
            httpGet:
              path: /api/v1/uptime
              port: metrics
            periodSeconds: 5
            failureThreshold: 30
          readinessProbe:
            httpGet:
              path: /api/v1/uptime
              port: metrics
            periodSeconds: 15
          livenessProbe:
            httpGet:
              path: /api/v1/uptime
              port: metrics
            periodSeconds: 30
            failureThreshold: 5
          volumeMounts:
            - name: config
              mountPath: /config
              readOnly: true
            - name: buffer
              mountPath: /buffer
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: ${appName}
        - name: buffer
          persistentVolumeClaim:
            claimName: ${appName}-buffer
        - name: tmp
          emptyDir:
            sizeLimit: 16Mi`.split("\n");
}

function release(context: LayOutContext): File[] {
  const engine = context.decisions.gitops.choice;
  if (engine === "none") return [];
  return folder(context, `base/${appName}`, {
    purpose: "Sample workload, installed from the chart in charts/edge-app.",
    files:
      engine === "flux"
        ? {
            "release.yaml": {
              documents: fluxRelease(context),
              purpose: "Flux installs the chart CI pushed.",
            },
          }
        : {
            "application.yaml": {
              documents: [argoRelease(context)],
              purpose: "Argo CD installs the chart, with the values device types and regions patch in.",
            },
          },
  });
}

function minutes(seconds: number): string {
  return `${Math.max(5, Math.ceil(seconds / 60))}m`;
}

function fluxRelease(context: LayOutContext): Manifest[] {
  const { params } = context.decisions.delivery;
  const metadata = { name: appName, namespace: namespaces.apps, labels: labels(appName) };
  return [
    {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "OCIRepository",
      metadata,
      spec: {
        interval: minutes(params.intervalSeconds),
        timeout: "5m",
        url: `oci://${context.hosts.registry}/charts/${appName}`,
        ref: { tag: version },
        layerSelector: {
          mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
          operation: "copy",
        },
        // Created at provisioning with the site's own read-only credentials; never in Git.
        secretRef: { name: "registry-read-only" },
      },
    },
    {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata,
      spec: {
        interval: "60m",
        timeout: "10m",
        serviceAccountName: "app-deployer",
        chartRef: { kind: "OCIRepository", name: appName },
        install: { remediation: { retries: -1 } },
        upgrade: { remediation: { retries: 3, strategy: "rollback" } },
        driftDetection: { mode: "enabled" },
        values: values(context),
      },
    },
  ];
}

function argoRelease(context: LayOutContext): Manifest {
  const { delivery } = context.decisions;
  // By version, not by branch: a new chart reaches a ring with the set that names it.
  const source = { repoURL: `${context.hosts.registry}/charts`, chart: appName, targetRevision: version };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: appName, namespace: "argocd", labels: labels(appName) },
    spec: {
      project: "edge",
      destination: { server: "https://kubernetes.default.svc", namespace: namespaces.apps },
      source: { ...source, helm: { releaseName: appName, valuesObject: values(context) } },
      syncPolicy: {
        automated: { enabled: true, prune: true, selfHeal: true },
        retry: {
          limit: -1,
          backoff: { duration: "30s", factor: 2, maxDuration: minutes(delivery.params.retrySeconds) },
        },
        syncOptions: ["ServerSideApply=true"],
      },
    },
  };
}
