import type { LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { roleLabel, timed } from "#model/upkeep.ts";

/** Namespace of the Kairos operator and of what it is asked to do. */
const namespace = "operator-system";

/** First release of the team's own device images; CI raises it. */
export const imageRelease = "1.0.0";

/** The image of a device type, built from this repository. */
export function deviceImage({ hosts }: LayOutContext, device: string): string {
  return `${hosts.registry}/images/${device}`;
}

/** Upgrades of system and Kubernetes together: asked for in the cluster, or by the device itself where there is none. */
export function imageUpgrades(context: LayOutContext): File[] {
  const { choice } = context.decisions.upgrades;
  if (choice === "kairos-nodeop") return nodeOps(context);
  if (choice === "image-ab") return context.devices.flatMap(({ slug }) => selfUpgrade(context, slug));
  return [];
}

type Role = "server" | "server-join" | "agent" | null;

/** Roles whose nodes run different images; null where all nodes of a site are alike. */
function rolesOf({ decisions }: LayOutContext): Role[] {
  const { choice, params } = decisions.topology;
  if (choice === "single") return [null];
  const joins = decisions.distribution.choice === "k3s" && choice === "ha";
  const agents = choice !== "ha" || params.agents > 0;
  const roles: Role[] = [
    "server",
    ...(joins ? (["server-join"] as const) : []),
    ...(agents ? (["agent"] as const) : []),
  ];
  return roles.length > 1 ? roles : [null];
}

/** The first server's image is called like its device, the others carry their role. */
function imageOf(slug: string, role: Role): string {
  return role === null || role === "server" ? slug : `${slug}-${role}`;
}

function nodeOps(context: LayOutContext): File[] {
  const { yaml, devices, decisions } = context;
  const dir = "base/upgrades";
  const images = devices.flatMap(({ slug }) => rolesOf(context).map((role) => ({ slug, role })));
  const operations = images.map(({ slug, role }) => ({
    apiVersion: "operator.kairos.io/v1alpha1",
    kind: "NodeOpUpgrade",
    metadata: {
      name: `${imageOf(slug, role)}-${imageRelease.replaceAll(".", "-")}`,
      namespace,
      annotations: { "argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true" },
    },
    spec: {
      image: `${deviceImage(context, imageOf(slug, role))}:${imageRelease}`,
      nodeSelector: {
        matchLabels: { "edge.example.com/device-type": slug, ...(role && { [roleLabel]: role }) },
      },
      // 0, the default, would be every node at once.
      concurrency: 1,
      stopOnFailure: true,
      upgradeActive: true,
      upgradeRecovery: false,
    },
  }));
  const files: File[] = [
    {
      path: `${dir}/kustomization.yaml`,
      content: yaml({
        apiVersion: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources: ["crd.yaml", "namespace.yaml", "node-op-upgrades.yaml"],
      }),
      purpose: "Upgrades of system and Kubernetes in one image.",
    },
    {
      path: `${dir}/crd.yaml`,
      content: yaml(
        definition(),
        "The kind comes with the set, so that the set never waits for the operator.",
      ),
      purpose: "The kind NodeOpUpgrade of the Kairos operator.",
    },
    {
      path: `${dir}/namespace.yaml`,
      content: yaml({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: {
          name: namespace,
          labels: {
            "pod-security.kubernetes.io/enforce": "privileged",
            "pod-security.kubernetes.io/audit": "restricted",
            "pod-security.kubernetes.io/warn": "restricted",
          },
        },
      }),
      purpose: "Upgrade pods write the disk, so they have a namespace of their own.",
    },
    {
      path: `${dir}/node-op-upgrades.yaml`,
      content: yaml(
        operations,
        "One A/B image for system and Kubernetes: a boot that fails falls back, a bad workload does not.\nA new release is a new name and a new tag, with the digest that `crane digest` prints for it.",
      ),
      purpose: "Which image a device type runs, one node after the other.",
    },
  ];
  const installer = operator(context);
  if (!installer) return files;
  const where =
    decisions.distribution.choice === "k3s" ? "rancher/k3s/server/manifests" : "k0s/manifests/upgrades";
  return [
    ...files,
    ...devices.map(({ slug }) => ({
      path: `nodes/${slug}/var/lib/${where}/kairos-operator.yaml`,
      content: yaml(installer, "What carries out NodeOpUpgrade objects."),
      purpose: "Installs the Kairos operator.",
    })),
  ];
}

function definition() {
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "nodeopupgrades.operator.kairos.io" },
    spec: {
      group: "operator.kairos.io",
      scope: "Namespaced",
      names: {
        kind: "NodeOpUpgrade",
        listKind: "NodeOpUpgradeList",
        plural: "nodeopupgrades",
        singular: "nodeopupgrade",
      },
      versions: [
        {
          name: "v1alpha1",
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: "object", properties: { spec: open, status: open } } },
        },
      ],
    },
  };
}

function operator({ charts, decisions, yaml, answers }: LayOutContext): Record<string, unknown> | null {
  const chart = charts["kairos-operator"];
  if (!chart) return null;
  const values = yaml({
    namespace: { create: false, name: namespace },
    resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
  });
  const offline = answers.network === "air-gapped" || decisions.registry.choice === "baked";
  const file = `${chart.chart}-${chart.version}.tgz`;
  const remote = `${chart.repository}/${chart.chart}`;
  if (decisions.distribution.choice === "k3s") {
    return {
      apiVersion: "helm.cattle.io/v1",
      kind: "HelmChart",
      metadata: { name: chart.chart, namespace: "kube-system" },
      spec: {
        chart: offline ? `https://%{KUBERNETES_API}%/static/charts/${file}` : remote,
        ...(!offline && { version: chart.version }),
        targetNamespace: namespace,
        createNamespace: true,
        failurePolicy: "retry",
        backOffLimit: 1_000,
        valuesContent: values,
      },
    };
  }
  return {
    apiVersion: "helm.k0sproject.io/v1beta1",
    kind: "Chart",
    metadata: { name: chart.chart, namespace: "kube-system" },
    spec: {
      chartName: offline ? `/usr/share/edge/charts/${file}` : remote,
      releaseName: chart.chart,
      version: chart.version,
      namespace,
      timeout: "10m",
      values,
    },
  };
}

/** No cluster to ask: the device looks for the image of its ring, at night, and keeps the old one beside it. */
function selfUpgrade(context: LayOutContext, device: string): File[] {
  const image = deviceImage(context, device);
  const offline = context.answers.network === "air-gapped";
  const { choice } = context.decisions.os;
  const vendor: Record<string, string> = {
    "sl-micro": "transactional-update --non-interactive up && systemctl reboot",
    flatcar: "update_engine_client -update",
    "ubuntu-core": "snap refresh",
  };
  const install =
    choice === "kairos"
      ? 'kairos-agent upgrade --source "oci:$image@$digest"'
      : 'oras pull --registry-config /etc/edge/registry-auth.json -o /var/cache/edge "$image@$digest"\nrauc install /var/cache/edge/update.raucb';
  return timed(`nodes/${device}`, {
    name: "edge-image-update",
    title: "Fetch the device image of this ring and start it",
    timeoutSeconds: 7_200,
    timer: ["OnCalendar=*-*-* 01:00", "RandomizedDelaySec=4h", "Persistent=true"],
    script: vendor[choice]
      ? `#!/bin/sh\nset -eu\n${vendor[choice]}\n`
      : offline
        ? offlineScript(choice)
        : onlineScript({ image, install }),
  });
}

function offlineScript(os: string): string {
  const install =
    os === "kairos"
      ? "kairos-agent upgrade --source file:/run/edge-update/image.tar"
      : "rauc install /run/edge-update/image.tar";
  return `#!/bin/sh
# No uplink: the image comes on a medium with the label EDGE_UPDATE, signed with the fleet's key.
set -eu
medium=/dev/disk/by-label/EDGE_UPDATE
[ -e "$medium" ] || exit 0
mkdir -p /run/edge-update
mount -o ro "$medium" /run/edge-update
trap 'umount /run/edge-update' EXIT
cosign verify-blob --key /etc/edge/cosign.pub --insecure-ignore-tlog=true --signature /run/edge-update/image.tar.sig /run/edge-update/image.tar
${install}
touch /var/lib/edge/reboot-required
`;
}

function onlineScript({ image, install }: { image: string; install: string }): string {
  return `#!/bin/sh
# Pull only. The ring is a tag that CI moves; what is installed is the digest behind it, once its signature holds.
set -eu
. /etc/edge/site.env
image=${image}
digest=$(skopeo inspect --authfile /etc/edge/registry-auth.json --format '{{.Digest}}' "docker://$image:$RING")
[ "$digest" != "$(cat /var/lib/edge/image-digest 2>/dev/null)" ] || exit 0
cosign verify --certificate-identity https://github.com/example/fleet/.github/workflows/publish.yaml@refs/heads/main \\
  --certificate-oidc-issuer https://token.actions.githubusercontent.com "$image@$digest" >/dev/null
mkdir -p /var/lib/edge /var/cache/edge
${install}
echo "$digest" >/var/lib/edge/image-digest
logger -t edge-image-update "installed $digest, restarting into it; the old image stays beside it"
systemctl reboot
`;
}
