import type { LayOutContext } from "#model/layout.ts";
import { controllers, controllersFor, operator, usesCharts } from "./budget.ts";

/** Flux without its `v`, as a FluxInstance wants it. */
export const fluxVersion = "2.9.4";
export const namespace = "flux-system";

/** Whether the chart must already lie on the device, because nothing can be fetched at first boot. */
export function offline({ answers, decisions }: LayOutContext): boolean {
  return answers.network === "air-gapped" || decisions.registry.choice === "baked";
}

/** The namespace; pods of Flux satisfy the restricted profile. */
export function space() {
  const labels = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } };
}

/** The namespace of the workload: the Secret that reads its chart is there before the first set is. */
export function appSpace() {
  const labels = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: "edge-apps", labels } };
}

/** Values of the Flux Operator's chart. */
export function chartValues() {
  return {
    resources: {
      requests: { cpu: operator.cpu, memory: `${operator.requestMiB}Mi` },
      limits: { cpu: "500m", memory: `${operator.limitMiB}Mi` },
    },
  };
}

/** The object that makes the distribution install the Flux Operator, or null where a script does it. */
export function installer(context: LayOutContext): Record<string, unknown> | null {
  const chart = context.charts["flux-operator"]!;
  const valuesText = context.yaml(chartValues());
  const file = `${chart.chart}-${chart.version}.tgz`;
  const remote = `${chart.repository}/${chart.chart}`;
  const distro = context.decisions.distribution.choice;
  if (distro === "k3s") {
    return {
      apiVersion: "helm.cattle.io/v1",
      kind: "HelmChart",
      metadata: { name: chart.chart, namespace: "kube-system" },
      spec: {
        // %{KUBERNETES_API}% is K3s's own word for the address of its API server.
        chart: offline(context) ? `https://%{KUBERNETES_API}%/static/charts/${file}` : remote,
        ...(!offline(context) && { version: chart.version }),
        targetNamespace: namespace,
        backOffLimit: 1_000,
        failurePolicy: "retry",
        valuesContent: valuesText,
      },
    };
  }
  if (distro !== "k0s") return null;
  return {
    apiVersion: "helm.k0sproject.io/v1beta1",
    kind: "Chart",
    metadata: { name: chart.chart, namespace: "kube-system" },
    spec: {
      chartName: offline(context) ? `/usr/share/edge/charts/${file}` : remote,
      releaseName: chart.chart,
      version: chart.version,
      namespace,
      timeout: "10m",
      values: valuesText,
    },
  };
}

/** Which controllers run, with what, and that nothing of one namespace may use what belongs to another. */
export function instance(context: LayOutContext) {
  const names = controllersFor({ charts: usesCharts(context.decisions) });
  return {
    apiVersion: "fluxcd.controlplane.io/v1",
    kind: "FluxInstance",
    metadata: {
      name: "flux",
      namespace,
      annotations: { "fluxcd.controlplane.io/reconcileTimeout": "15m" },
    },
    spec: {
      distribution: { version: fluxVersion, registry: "ghcr.io/fluxcd" },
      components: names,
      cluster: {
        type: "kubernetes",
        size: "small",
        domain: "cluster.local",
        multitenant: true,
        networkPolicy: true,
      },
      kustomize: { patches: names.map((name) => patch(context, name)) },
    },
  };
}

function patch(context: LayOutContext, name: keyof typeof controllers) {
  const { requestMiB, limitMiB, cpu } = controllers[name];
  const container = "/spec/template/spec/containers/0";
  const operations = [
    {
      op: "replace",
      path: `${container}/resources`,
      value: {
        requests: { cpu, memory: `${requestMiB}Mi` },
        limits: { cpu: "1000m", memory: `${limitMiB}Mi` },
      },
    },
    // A fleet must not ask its source at the same second.
    { op: "add", path: `${container}/args/-`, value: "--interval-jitter-percentage=20" },
    ...(name === "source-controller"
      ? []
      : [{ op: "add", path: `${container}/args/-`, value: "--concurrent=2" }]),
  ];
  return { target: { kind: "Deployment", name }, patch: context.yaml([operations]) };
}
