import type { FleetSet, LayOutContext } from "#model/layout.ts";
import type { File } from "#model/plan.ts";
import { appName } from "./edge-app.ts";
import { timeZoneOf } from "./places.ts";
import { sizesOf, storageClass } from "./sizes.ts";
import { folder, kustomization, labels, type Manifest, namespaces, resources, yamlFile } from "./tree.ts";

/** Kubernetes writes 32-bit ARM as `arm`. */
const nodeArch = { amd64: "amd64", arm64: "arm64", armv7: "arm", riscv64: "riscv64" } as const;

/** The site whose exception shows how exceptions are made. */
export const exampleSite = "example-0001";

/** Device types and regions as components, the sets that join them, and one exception. `bases` are all of base/. */
export function overlays(context: LayOutContext, bases: readonly string[]): File[] {
  return [
    ...context.devices.flatMap((device) => deviceType(context, device)),
    ...context.regions.flatMap((region) => regionFiles(context, region)),
    ...context.sets.flatMap((set) => setFiles(context, set, bases)),
    ...exception(context),
  ];
}

type Patch = { target: { kind: string; name: string; namespace?: string }; patch: string };

function patch(
  context: LayOutContext,
  kind: string,
  name: string,
  body: Record<string, unknown>,
  ns: string,
): Patch {
  const apiVersion = {
    Deployment: "apps/v1",
    ResourceQuota: "v1",
    PersistentVolumeClaim: "v1",
    ConfigMap: "v1",
    HelmRelease: "helm.toolkit.fluxcd.io/v2",
    Application: "argoproj.io/v1alpha1",
  }[kind];
  const text = context.yaml({ apiVersion, kind, metadata: { name, namespace: ns }, ...body });
  return { target: { kind, name, namespace: ns }, patch: text };
}

function isChart({ decisions }: LayOutContext): boolean {
  return decisions.templating.choice === "helm" && decisions.gitops.choice !== "none";
}

/** Changes the sample workload the way it is installed: fields of the pod, or values of its chart. */
function appPatches(
  context: LayOutContext,
  { pod, values }: { pod: Record<string, unknown>; values: Record<string, unknown> },
): Patch[] {
  if (!isChart(context)) {
    return [patch(context, "Deployment", appName, { spec: { template: { spec: pod } } }, namespaces.apps)];
  }
  if (context.decisions.gitops.choice === "flux") {
    return [patch(context, "HelmRelease", appName, { spec: { values } }, namespaces.apps)];
  }
  return [
    patch(
      context,
      "Application",
      appName,
      { spec: { source: { helm: { valuesObject: values } } } },
      "argocd",
    ),
  ];
}

function deviceType(
  context: LayOutContext,
  { slug, deviceType: type }: LayOutContext["devices"][number],
): File[] {
  const sizes = sizesOf(context, type.memoryMiB);
  // The server of the site may be another machine than the devices.
  const anyArch = context.decisions.topology.choice === "site-server";
  const nodeSelector = anyArch ? undefined : { "kubernetes.io/arch": nodeArch[type.arch] };
  const claims = isChart(context)
    ? []
    : [
        patch(
          context,
          "PersistentVolumeClaim",
          `${appName}-buffer`,
          { spec: { resources: { requests: { storage: `${sizes.bufferMiB}Mi` } } } },
          namespaces.apps,
        ),
      ];
  const app = resources({ ...sizes.app, cpu: "10m" });
  return [
    kustomization(context, `device-types/${slug}`, {
      component: true,
      purpose: `Device type ${slug}: ${type.memoryMiB} MiB, ${type.arch}. Memory, architecture and disk of this hardware.`,
      fields: {
        labels: [{ pairs: { "edge.example.com/device-type": slug } }],
        patches: [
          ...appPatches(context, {
            pod: { ...(nodeSelector && { nodeSelector }), containers: [{ name: appName, resources: app }] },
            values: {
              resources: app,
              ...(nodeSelector && { nodeSelector }),
              buffer: { storageClassName: storageClass(context.decisions), size: `${sizes.bufferMiB}Mi` },
            },
          }),
          ...claims,
          patch(
            context,
            "Deployment",
            "metrics-agent",
            {
              spec: {
                template: {
                  spec: {
                    ...(nodeSelector && { nodeSelector }),
                    containers: [
                      { name: "metrics-agent", resources: resources({ ...sizes.agent, cpu: "20m" }) },
                    ],
                  },
                },
              },
            },
            namespaces.system,
          ),
          patch(
            context,
            "ResourceQuota",
            "quota",
            {
              spec: {
                hard: {
                  "requests.memory": `${sizes.appsQuotaMiB}Mi`,
                  "limits.memory": `${sizes.appsQuotaMiB * 3}Mi`,
                },
              },
            },
            namespaces.apps,
          ),
        ],
      },
    }),
  ];
}

/** Where the sites of a region get their images, in words a pod or a person can read. */
function registryOf({ decisions, hosts }: LayOutContext): Record<string, string> {
  const [host] = hosts.registry.split("/");
  return { registry: host!, registry_mode: decisions.registry.choice };
}

function regionFiles(context: LayOutContext, region: string): File[] {
  const settings = Object.values(namespaces).map((namespace) =>
    patch(
      context,
      "ConfigMap",
      "site-settings",
      {
        data: {
          region,
          ...registryOf(context),
          timezone: timeZoneOf(region),
          ntp: context.hosts.ntp,
          metrics_url: context.hosts.metrics,
        },
      },
      namespace,
    ),
  );
  return [
    kustomization(context, `regions/${region}`, {
      component: true,
      purpose: `Region ${region}: registry, hub address, time zone and label.`,
      comment: [
        `Region ${region}: registry, hub address, time zone and label.`,
        "Check the time zone of the region (IANA name, guessed from its name) and, where it has its own, set its hub and time server.",
        ...(context.decisions.registry.choice === "regional-mirror"
          ? [
              "Node configuration names one registry host; the DNS of each region answers with the region's own mirror.",
            ]
          : []),
      ].join("\n"),
      fields: { labels: [{ pairs: { "edge.example.com/region": region } }], patches: settings },
    }),
  ];
}

function setFiles(context: LayOutContext, set: FleetSet, bases: readonly string[]): File[] {
  const dir = `sets/${set.slug}`;
  const flux = context.decisions.gitops.choice === "flux";
  // Argo CD substitutes nothing: there the device brings its identity along.
  const substituted = context.decisions.gitops.choice !== "argocd";
  const own = ["settings.yaml", ...(substituted ? ["identity.yaml"] : [])];
  const stages = context.decisions.secrets.choice === "external-secrets" && !flux ? ["../../stores"] : [];
  return [
    kustomization(context, dir, {
      purpose: `Build target for region ${set.region} and device type ${set.device}.`,
      comment: [
        `Build target for region ${set.region} and device type ${set.device}: everything a site of this kind runs.`,
        "Sites never get an overlay of their own; what differs per site is substituted on the device.",
      ].join("\n"),
      fields: {
        resources: ["../../policies", ...bases.map((base) => `../../${base}`), ...stages, ...own],
        components: [`../../device-types/${set.device}`, `../../regions/${set.region}`],
      },
    }),
    yamlFile(context, `${dir}/settings.yaml`, {
      documents: Object.values(namespaces).map((namespace) => settings(context, set, namespace)),
      purpose: "What pods may know about their set; regions/ fills in the rest.",
    }),
    ...(substituted
      ? [
          yamlFile(context, `${dir}/identity.yaml`, {
            documents: Object.values(namespaces).map((namespace) => identity(context, namespace)),
            purpose:
              "Which site this is: Flux fills it in on the device from its cluster-identity ConfigMap.",
          }),
        ]
      : []),
  ];
}

function settings(context: LayOutContext, set: FleetSet, namespace: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "site-settings", namespace, labels: labels("site-settings") },
    data: {
      set: set.slug,
      device_type: set.device,
      region: set.region,
      ...registryOf(context),
      timezone: timeZoneOf(set.region),
      ntp: context.hosts.ntp,
      metrics_url: context.hosts.metrics,
    },
  };
}

function identity({ decisions }: LayOutContext, namespace: string): Manifest {
  const last = decisions.rollout.params.rings.at(-1)!.name;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "site-identity", namespace, labels: labels("site-identity") },
    // A device without identity joins the last ring: it never becomes a canary by accident.
    data: { site_id: "${site_id:=unassigned}", ring: `\${ring:=${last}}` },
  };
}

function exception(context: LayOutContext): File[] {
  const set = context.sets[0]!;
  const dir = `clusters/${exampleSite}`;
  return [
    kustomization(context, dir, {
      purpose: "An exception for one site, as an example; delete it or copy it.",
      comment: [
        "An exception for one site, as an example; delete it or copy it.",
        "Only for what no region and no device type explains. Each exception has an owner and a date in its annotation.",
      ].join("\n"),
      fields: {
        resources: [`../../sets/${set.slug}`],
        patches: [
          patch(
            context,
            "ResourceQuota",
            "quota",
            {
              metadata: {
                name: "quota",
                namespace: namespaces.apps,
                annotations: { "edge.example.com/exception": "owner and end date of this exception" },
              },
              spec: { hard: { pods: "20" } },
            },
            namespaces.apps,
          ),
        ],
      },
    }),
  ];
}

/** A stage that must wait for kinds another part installs; Flux applies it after the set. */
export function laterStages(
  context: LayOutContext,
  source: { kind: string; name: string } | undefined,
): File[] {
  const waits = context.decisions.secrets.choice === "external-secrets";
  if (!waits || !source || context.decisions.gitops.choice !== "flux") return [];
  const { params } = context.decisions.delivery;
  return folder(context, "base/stages", {
    purpose: "Second stage: stores are applied once the operator's kinds exist.",
    files: {
      "stores.yaml": {
        documents: [
          {
            apiVersion: "kustomize.toolkit.fluxcd.io/v1",
            kind: "Kustomization",
            metadata: { name: "stores", namespace: "flux-system", labels: labels("stores") },
            spec: {
              interval: "60m",
              retryInterval: `${Math.max(1, Math.round(params.retrySeconds / 60))}m`,
              timeout: "5m",
              path: "./stores",
              prune: true,
              sourceRef: source,
              serviceAccountName: "secrets-deployer",
            },
          },
        ],
        purpose: "Tried again until the operator is there, without holding up the set.",
      },
      "rights.yaml": {
        documents: [
          {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name: "secrets-deployer", namespace: "flux-system", labels: labels("stores") },
            automountServiceAccountToken: false,
          },
          {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "Role",
            metadata: { name: "secrets-deployer", namespace: namespaces.apps, labels: labels("stores") },
            rules: [
              {
                apiGroups: ["external-secrets.io"],
                resources: ["externalsecrets", "secretstores"],
                verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
              },
            ],
          },
          {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "RoleBinding",
            metadata: { name: "secrets-deployer", namespace: namespaces.apps, labels: labels("stores") },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "secrets-deployer" },
            subjects: [{ kind: "ServiceAccount", name: "secrets-deployer", namespace: "flux-system" }],
          },
        ],
        purpose: "The stage may write stores and external secrets of one namespace, nothing else.",
      },
    },
  });
}
