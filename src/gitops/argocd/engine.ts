import type { LayOutContext } from "#model/layout.ts";
import { type ArgoPart, parts } from "./budget.ts";

export const namespace = "argocd";

/** Whether the chart must already lie on the device, because nothing can be fetched at first boot. */
export function offline({ answers, decisions }: LayOutContext): boolean {
  return answers.network === "air-gapped" || decisions.registry.choice === "baked";
}

/** The namespace; the chart's own pods stay below the baseline profile. */
export function space() {
  const labels = {
    "pod-security.kubernetes.io/enforce": "baseline",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } };
}

/** Values for a core installation: no server, no dex, no notifications, no ApplicationSets, everything with limits. */
export function chartValues({ decisions }: LayOutContext) {
  const { intervalSeconds } = decisions.delivery.params;
  const off = { enabled: false };
  return {
    crds: { install: true, keep: true },
    global: { networkPolicy: { create: true } },
    configs: {
      cm: {
        "timeout.reconciliation": `${intervalSeconds}s`,
        // A fleet must not ask its source at the same second.
        "timeout.reconciliation.jitter": `${Math.max(60, Math.floor(intervalSeconds / 5))}s`,
        "application.resourceTrackingMethod": "annotation",
      },
      params: {
        "controller.status.processors": "4",
        "controller.operation.processors": "2",
        "reposerver.parallelism.limit": "1",
      },
    },
    controller: {
      replicas: 1,
      resources: resources("application-controller"),
      // The collector knows its limit before the kernel ends it.
      env: [
        { name: "GOMEMLIMIT", value: `${Math.floor(parts["application-controller"].limitMiB * 0.9)}MiB` },
      ],
    },
    repoServer: {
      replicas: 1,
      resources: resources("repo-server"),
      env: [{ name: "GOMEMLIMIT", value: `${Math.floor(parts["repo-server"].limitMiB * 0.9)}MiB` }],
    },
    redis: { resources: resources("redis") },
    applicationSet: { replicas: 0 },
    server: off,
    dex: off,
    notifications: off,
  };
}

function resources(part: ArgoPart) {
  const { requestMiB, limitMiB, cpu } = parts[part];
  return { requests: { cpu, memory: `${requestMiB}Mi` }, limits: { cpu: "1000m", memory: `${limitMiB}Mi` } };
}

/** The object that makes the distribution install the chart, or null where a script does it. */
export function installer(context: LayOutContext): Record<string, unknown> | null {
  const { chart, repository, version } = context.charts["argo-cd"]!;
  const values = context.yaml(chartValues(context));
  const file = `${chart}-${version}.tgz`;
  const distro = context.decisions.distribution.choice;
  if (distro === "k3s") {
    return {
      apiVersion: "helm.cattle.io/v1",
      kind: "HelmChart",
      metadata: { name: chart, namespace: "kube-system" },
      spec: {
        // %{KUBERNETES_API}% is K3s's own word for the address of its API server.
        ...(offline(context)
          ? { chart: `https://%{KUBERNETES_API}%/static/charts/${file}` }
          : { chart, repo: repository, version }),
        targetNamespace: namespace,
        backOffLimit: 1_000,
        failurePolicy: "retry",
        timeout: "15m",
        valuesContent: values,
      },
    };
  }
  if (distro !== "k0s") return null;
  return {
    apiVersion: "helm.k0sproject.io/v1beta1",
    kind: "Chart",
    metadata: { name: chart, namespace: "kube-system" },
    spec: {
      // The repository "argo" is named in k0s.yaml.
      chartName: offline(context) ? `/usr/share/edge/charts/${file}` : `argo/${chart}`,
      releaseName: chart,
      version,
      namespace,
      timeout: "15m",
      values,
    },
  };
}
