import { z } from "zod";
import { placeholderNames } from "./brief.ts";
import { Text } from "./text-schema.ts";

/** A page a fact was read on: a name for people, and its address where there is one. */
export const Source = z.strictObject({ title: z.string(), url: z.string().optional() });
export type Source = z.infer<typeof Source>;

/** What a fact rests on; an estimate of ours is never called anything else. */
export const Basis = z.enum(["documented", "measured", "requested", "computed", "estimate"]);
export type Basis = z.infer<typeof Basis>;

export const Rejected = z.strictObject({ choice: z.string(), why: Text, source: Source.optional() });
export type Rejected = z.infer<typeof Rejected>;

const HangsOn = z.array(z.enum(placeholderNames as [string, ...string[]]));

function decision<const C extends readonly [string, ...string[]], P extends z.ZodRawShape>(
  choices: C,
  params: P,
) {
  return z.strictObject({
    choice: z.enum(choices),
    /** The rule of the catalogue that decided, such as D7 or S1. */
    rule: z.string(),
    reason: Text,
    rejected: z.array(Rejected),
    sources: z.array(Source).min(1),
    hangsOn: HangsOn,
    params: z.strictObject(params),
  });
}

/** `soakHours` is how long a ring must stay healthy before the next one starts; `sites` counts all sites reached so far. */
export const Ring = z.strictObject({
  name: z.string(),
  percent: z.number(),
  sites: z.int(),
  soakHours: z.int(),
});
export type Ring = z.infer<typeof Ring>;

/**
 * Every decision of a plan, by topic. The repository is laid out from `choice` and `params` alone, so each one can be
 * seen in a file; `reason`, `rejected` and `sources` are what people read.
 */
export const Decisions = z.strictObject({
  /** `none`: no Kubernetes on any machine of the site (images only). */
  distribution: decision(["k3s", "k0s", "microk8s", "none"], {
    /** As the vendor writes it: v1.36.2+k3s1, v1.36.3+k0s.2, 1.36/stable. */
    version: z.string(),
    kubernetes: z.string(),
  }),
  /**
   * single: one node, one cluster · server-agents: one server, the rest agents · ha: three (or five) servers, the rest agents ·
   * site-server: the devices are agents of a server of the site with at least 2 GB (added hardware) · image: no cluster.
   */
  topology: decision(["single", "server-agents", "ha", "site-server", "image"], {
    servers: z.int().min(0),
    agents: z.int().min(0),
    /** A virtual IP inside the site, only with `ha`. */
    vip: z.enum(["none", "kube-vip"]),
  }),
  datastore: decision(["sqlite", "etcd", "dqlite", "external", "none"], {}),
  os: decision(["kairos", "sl-micro", "flatcar", "ubuntu-core", "ubuntu", "debian"], { version: z.string() }),
  provisioning: decision(
    ["metal3", "tinkerbell", "elemental", "kairos-auto-install", "fdo", "image-offline", "cloud-init"],
    {},
  ),
  encryption: decision(["luks-tpm", "luks-tpm-network", "luks-network", "none"], {
    secretsEncryption: z.boolean(),
  }),
  secureBoot: decision(["enforced", "where-supported", "unavailable"], {}),
  /** `none`: manifests travel in the device image. */
  gitops: decision(["flux", "argocd", "none"], { version: z.string() }),
  /** How desired state reaches a site. `image`: A/B images the device pulls. Seconds are per site and source. */
  delivery: decision(["git", "oci", "image"], { intervalSeconds: z.int(), retrySeconds: z.int() }),
  templating: decision(["kustomize", "helm"], {}),
  secrets: decision(["sops", "sealed-secrets", "external-secrets", "image"], {}),
  registry: decision(["direct", "regional-mirror", "site-registry", "spegel", "baked"], {}),
  podTraffic: decision(["vxlan", "wireguard-native", "kube-router", "calico", "none"], {}),
  upgrades: decision(
    ["system-upgrade-controller", "kairos-nodeop", "autopilot", "snap-channel", "image-ab"],
    { restartWithinDays: z.int() },
  ),
  rollout: decision(["rings"], { rings: z.array(Ring).min(1) }),
  wasm: decision(["none", "spin", "wasmedge", "wasmtime"], {
    runtimeClass: z.string().nullable(),
    handler: z.string().nullable(),
  }),
  observability: decision(["aggregated-push", "store-and-forward", "local-only"], {
    seriesPerSite: z.int(),
    silenceHours: z.number(),
  }),
  backup: decision(["sqlite-copy", "etcd-snapshot", "dqlite-backup", "database-backup", "rebuild"], {}),
});
export type Decisions = z.infer<typeof Decisions>;
export type Topic = keyof Decisions;
export const topics = Object.keys(Decisions.shape) as Topic[];

/** Something asked for that cannot work, with what does. `id` is a rule of the catalogue: H1 … H20 and others. */
export const DeniedWish = z.strictObject({
  id: z.string(),
  wish: Text,
  why: Text,
  instead: Text,
  source: Source,
});
export type DeniedWish = z.infer<typeof DeniedWish>;

/** A risk that stays after everything decided here; said plainly, with what lowers it. */
export const Risk = z.strictObject({ id: z.string(), risk: Text, measure: Text, source: Source.optional() });
export type Risk = z.infer<typeof Risk>;

/**
 * Memory of one node in MiB. `counted` rows add up with `reserveMiB` to at most `memoryMiB` when the plan `fits`;
 * rows that are not counted (measured upper bounds) stand beside them for comparison.
 */
export const BudgetRow = z.strictObject({
  component: Text,
  mib: z.int().min(0),
  basis: Basis,
  counted: z.boolean(),
  note: Text.optional(),
  source: Source,
});
export type BudgetRow = z.infer<typeof BudgetRow>;
export const Budget = z.strictObject({
  /** Which node this is: a device type's name, or the site server. */
  node: z.string(),
  memoryMiB: z.int(),
  rows: z.array(BudgetRow),
  reserveMiB: z.int(),
  workloadMiB: z.int(),
  fits: z.boolean(),
});
export type Budget = z.infer<typeof Budget>;

/** What `decide` returns. `budgets` has one entry a device type (and the site server, where one is added). */
export const Verdict = z.strictObject({
  decisions: Decisions,
  denied: z.array(DeniedWish),
  risks: z.array(Risk),
  budgets: z.array(Budget).min(1),
});
export type Verdict = z.infer<typeof Verdict>;
