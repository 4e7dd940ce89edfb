import fc from "fast-check";
import { stringify } from "yaml";
import { charts, images } from "#catalogue/images.ts";
import type { CompleteAnswers, DeviceType } from "#model/brief.ts";
import type { Decisions } from "#model/decision.ts";
import type { LayOutContext } from "#model/layout.ts";
import { verbatim } from "#model/text.ts";

type Choices = { [T in keyof Decisions]: Decisions[T]["choice"] };
type Wanted = Partial<Choices> & {
  devices?: Partial<DeviceType>[];
  regions?: string[];
  network?: CompleteAnswers["network"];
  nodesPerSite?: number;
  accelerator?: CompleteAnswers["accelerator"];
  storage?: CompleteAnswers["storage"];
  secretsEncryption?: boolean;
  vip?: "none" | "kube-vip";
};

const versions = { k3s: "v1.36.2+k3s1", k0s: "v1.36.3+k0s.2", microk8s: "1.36/stable", none: "" };
const systems = {
  kairos: "4.2",
  "sl-micro": "6.2",
  flatcar: "stable",
  "ubuntu-core": "24",
  ubuntu: "24.04",
  debian: "13",
};
const handlers = { none: null, spin: "spin", wasmtime: "wasmtime", wasmedge: "wasmedge" };

function decided<C extends string, P>(choice: C, params: P) {
  return {
    choice,
    rule: "T1",
    reason: verbatim("test"),
    rejected: [],
    sources: [{ title: "test" }],
    hangsOn: [],
    params,
  };
}

/** A context as `lay-out` hands it to shelves; what is not wanted otherwise is a single K3s node under Flux. */
export function layoutContext(wanted: Wanted = {}): LayOutContext {
  const { distribution = "k3s", topology = "single", os = "kairos", wasm = "none" } = wanted;
  const { nodesPerSite = topology === "single" || topology === "image" ? 1 : 4, regions = ["all"] } = wanted;
  const deviceTypes = (wanted.devices ?? [{}]).map((device, index) => ({
    name: `device-${index}`,
    memoryMiB: 4_096,
    arch: "arm64" as const,
    share: 1,
    ...device,
  }));
  const devices = deviceTypes.map((deviceType) => ({ slug: deviceType.name, deviceType }));
  const servers = topology === "ha" ? 3 : 1;
  const decisions: Decisions = {
    distribution: decided(distribution, { version: versions[distribution], kubernetes: "1.36" }),
    topology: decided(topology, {
      servers: topology === "image" ? 0 : servers,
      agents: topology === "single" || topology === "image" ? 0 : Math.max(0, nodesPerSite - servers),
      vip: wanted.vip ?? "none",
    }),
    datastore: decided(wanted.datastore ?? "sqlite", {}),
    os: decided(os, { version: systems[os] }),
    provisioning: decided(wanted.provisioning ?? "kairos-auto-install", {}),
    encryption: decided(wanted.encryption ?? "luks-tpm", {
      secretsEncryption: wanted.secretsEncryption ?? true,
    }),
    secureBoot: decided(wanted.secureBoot ?? "where-supported", {}),
    gitops: decided(wanted.gitops ?? "flux", { version: "v2.9.4" }),
    delivery: decided(wanted.delivery ?? "oci", { intervalSeconds: 900, retrySeconds: 300 }),
    templating: decided(wanted.templating ?? "kustomize", {}),
    secrets: decided(wanted.secrets ?? "sops", {}),
    registry: decided(wanted.registry ?? "direct", {}),
    podTraffic: decided(wanted.podTraffic ?? "vxlan", {}),
    upgrades: decided(wanted.upgrades ?? "system-upgrade-controller", { restartWithinDays: 120 }),
    rollout: decided("rings", {
      rings: [
        { name: "canary", percent: 0.1, sites: 5, soakHours: 48 },
        { name: "broad", percent: 100, sites: 5_000, soakHours: 0 },
      ],
    }),
    wasm: decided(wasm, { runtimeClass: handlers[wasm], handler: handlers[wasm] }),
    observability: decided("aggregated-push", { seriesPerSite: 50, silenceHours: 12 }),
    backup: decided(wanted.backup ?? "sqlite-copy", {}),
  };
  const answers: CompleteAnswers = {
    industry: "logistics",
    sites: 5_000,
    nodesPerSite,
    memoryMiB: Math.min(...deviceTypes.map(({ memoryMiB }) => memoryMiB)),
    arch: "arm64",
    deviceTypes,
    regions,
    storage: wanted.storage ?? "ssd",
    accelerator: wanted.accelerator ?? "none",
    network: wanted.network ?? "intermittent",
    outageHours: 24,
    exposure: "staff",
    bmc: false,
    uefi: true,
    tpm: true,
    distro: "auto",
    gitops: "auto",
    templating: decisions.templating.choice,
    highAvailability: topology === "ha",
    wasm,
    regulated: false,
    wishes: [],
  };
  return {
    answers,
    decisions,
    regions,
    devices,
    sets: regions.flatMap((region) =>
      devices.map(({ slug, deviceType }) => ({
        slug: `${region}-${slug}`,
        region,
        device: slug,
        deviceType,
      })),
    ),
    images,
    charts,
    hosts: {
      registry: "registry.example.com/edge",
      git: "https://git.example.com/edge/fleet.git",
      metrics: "https://metrics.example.com/api/v1/write",
      ntp: "ntp.example.com",
      tang: "https://tang.example.com",
    },
    yaml: (documents, comment) =>
      (comment ? comment.replace(/^/gm, "# ").concat("\n") : "") +
      (Array.isArray(documents) ? documents : [documents])
        .map((document) =>
          stringify(document, { version: "1.1", aliasDuplicateObjects: false, lineWidth: 0 }),
        )
        .join("---\n"),
  };
}

const device = (least: number) =>
  fc.record({
    memoryMiB: fc.constantFrom(...[512, 1_024, 2_048, 4_096, 8_192, 32_768].filter((mib) => mib >= least)),
    arch: fc.constantFrom("amd64" as const, "arm64" as const, "armv7" as const),
  });

const anySystem = fc.record({
  encryption: fc.constantFrom("luks-tpm", "luks-tpm-network", "luks-network", "none"),
  secureBoot: fc.constantFrom("enforced", "where-supported", "unavailable"),
  provisioning: fc.constantFrom(
    "metal3",
    "tinkerbell",
    "elemental",
    "kairos-auto-install",
    "fdo",
    "image-offline",
    "cloud-init",
  ),
  secretsEncryption: fc.boolean(),
  storage: fc.constantFrom("ssd", "emmc", "sd"),
  network: fc.constantFrom("stable", "low-bandwidth", "intermittent", "air-gapped"),
  regions: fc.constantFrom(["all"], ["north", "south"]),
  wasm: fc.constantFrom("none", "spin", "wasmtime", "wasmedge"),
  accelerator: fc.constantFrom("none", "gpu"),
  templating: fc.constantFrom("kustomize", "helm"),
  secrets: fc.constantFrom("sops", "sealed-secrets", "external-secrets"),
  gitops: fc.constantFrom("flux", "argocd"),
  delivery: fc.constantFrom("git", "oci"),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<Wanted>;

const shapes = fc.oneof(
  fc.record({
    topology: fc.constant("single" as const),
    datastore: fc.constant("sqlite" as const),
    backup: fc.constantFrom("sqlite-copy" as const, "rebuild" as const),
  }),
  fc.record({
    topology: fc.constantFrom("server-agents" as const, "site-server" as const),
    datastore: fc.constantFrom("sqlite" as const, "external" as const),
    backup: fc.constantFrom("sqlite-copy" as const, "database-backup" as const),
    nodesPerSite: fc.constantFrom(2, 12, 400),
  }),
  fc.record({
    topology: fc.constant("ha" as const),
    datastore: fc.constant("etcd" as const),
    backup: fc.constant("etcd-snapshot" as const),
    nodesPerSite: fc.constantFrom(3, 9),
    vip: fc.constantFrom("none" as const, "kube-vip" as const),
  }),
);

/** Contexts whose decisions fit together, for one distribution. */
export function contexts(distribution: "k3s" | "k0s" | "microk8s"): fc.Arbitrary<LayOutContext> {
  const own = {
    k3s: fc.record({
      os: fc.constantFrom("kairos", "sl-micro", "flatcar", "ubuntu", "debian"),
      registry: fc.constantFrom("direct", "regional-mirror", "site-registry", "spegel", "baked"),
      podTraffic: fc.constantFrom("vxlan", "wireguard-native"),
      upgrades: fc.constantFrom("system-upgrade-controller", "kairos-nodeop", "image-ab"),
    }),
    k0s: fc.record({
      os: fc.constantFrom("kairos", "ubuntu", "debian"),
      registry: fc.constantFrom("direct", "regional-mirror", "site-registry", "baked"),
      podTraffic: fc.constantFrom("kube-router", "calico"),
      upgrades: fc.constantFrom("autopilot", "kairos-nodeop", "image-ab"),
    }),
    microk8s: fc.record({
      os: fc.constantFrom("ubuntu", "ubuntu-core"),
      registry: fc.constantFrom("direct", "regional-mirror", "site-registry"),
      podTraffic: fc.constant("calico"),
      upgrades: fc.constant("snap-channel"),
      datastore: fc.constant("dqlite"),
      backup: fc.constantFrom("dqlite-backup", "rebuild"),
    }),
  }[distribution] as fc.Arbitrary<Wanted>;
  const least = distribution === "microk8s" ? 4_096 : distribution === "k0s" ? 1_024 : 512;
  return fc
    .tuple(anySystem, shapes, own, fc.array(device(least), { minLength: 1, maxLength: 3 }))
    .map(([system, shape, rest, devices]) =>
      layoutContext({ ...system, ...shape, ...rest, distribution, devices }),
    );
}

/** Contexts of devices too small for a cluster: containers and images only. */
export const imageContexts: fc.Arbitrary<LayOutContext> = fc
  .tuple(
    anySystem,
    fc.constantFrom("kairos" as const, "debian" as const, "ubuntu-core" as const),
    fc.array(device(512), { minLength: 1, maxLength: 2 }),
  )
  .map(([system, os, devices]) =>
    layoutContext({
      ...system,
      os,
      devices,
      distribution: "none",
      topology: "image",
      datastore: "none",
      gitops: "none",
      delivery: "image",
      secrets: "image",
      registry: "baked",
      podTraffic: "none",
      upgrades: "image-ab",
      backup: "rebuild",
      wasm: "none",
    }),
  );
