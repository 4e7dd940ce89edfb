import { addressesOf, sharedRange } from "#model/addresses.ts";
import type { NodeConfig, NodeConfigProblem } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import {
  isFilledLater,
  isMapping,
  notAMapping,
  pointerPart,
  problem,
  sharedAddresses,
  typeOf,
  unknownKey,
  wrongType,
  wrongValue,
} from "#model/node-config.ts";
import { verbatim } from "#model/text.ts";
import { flags } from "./flags.ts";
import { checkK0sctl } from "./k0sctl.ts";
import { type Keys, specKeys } from "./keys.ts";

const CONFIG = /(^|\/)k0s\/k0s\.ya?ml$|(^|\/)k0s\.ya?ml$/;
const K0SCTL = /(^|\/)k0sctl[^/]*\.ya?ml$/;
const apiVersion = "k0s.k0sproject.io/v1beta1";

/** Values k0s accepts, by JSON pointer. Source: pkg/apis/k0s/v1beta1 of k0sproject/k0s at v1.36.3+k0s.2. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "/spec/storage/type": ["etcd", "kine"],
  "/spec/network/provider": ["kuberouter", "calico", "custom"],
  "/spec/network/kubeProxy/mode": ["iptables", "ipvs", "nftables", "userspace"],
  "/spec/network/nodeLocalLoadBalancing/type": ["EnvoyProxy", "Traefik"],
  "/spec/network/controlPlaneLoadBalancing/type": ["Keepalived"],
};

const refused = {
  en: "k0s reads its configuration strictly and does not start.",
  de: "k0s liest seine Konfiguration streng und startet nicht.",
  es: "k0s lee su configuración de forma estricta y no arranca.",
  zh: "k0s 严格读取配置，因此不会启动。",
};

/** Whether a path is that of the configuration of a k0s controller. */
export function isNodeConfig(path: string): boolean {
  return CONFIG.test(path) || K0SCTL.test(path);
}

/** The path on a node of a file kept elsewhere that says what it is. */
export function standsFor(_: string, value: unknown): string | undefined {
  if (!isMapping(value)) return undefined;
  if (value.apiVersion === apiVersion && value.kind === "ClusterConfig") return "etc/k0s/k0s.yaml";
  const isK0sctl = String(value.apiVersion).startsWith("k0sctl.k0sproject.io/") && value.kind === "Cluster";
  return isK0sctl ? "k0sctl.yaml" : undefined;
}

/** Checks a ClusterConfig: every key, the values that exist, and what contradicts itself. */
export function checkNodeConfig({ doc, path }: NodeConfig): NodeConfigProblem[] {
  if (doc === null || doc === undefined) return [];
  if (!isMapping(doc)) return [notAMapping(K0SCTL.test(path) ? "k0sctl.yaml" : "k0s.yaml")];
  return K0SCTL.test(path) ? checkK0sctl(doc, checkConfig) : checkConfig(doc);
}

function checkConfig(doc: Record<string, unknown>): NodeConfigProblem[] {
  const found = checkHead(doc);
  if (doc.spec === undefined || doc.spec === null) return found;
  if (!isMapping(doc.spec))
    return [...found, wrongType("/spec", { key: "spec", expected: "mapping", found: typeOf(doc.spec) })];
  found.push(...checkKeys(doc.spec, specKeys, "/spec"), ...checkValues(doc));
  return [
    ...found,
    ...checkStorage(doc.spec),
    ...checkRanges(doc.spec),
    ...checkTelemetry(doc.spec),
    ...checkExtensions(doc.spec),
  ];
}

/** Keys of a ClusterConfig and options of the command line. */
export function words(): readonly string[] {
  return [...namesOf(specKeys), ...Object.keys(flags).map((name) => `--${name}`)];
}

function namesOf(keys: Keys): string[] {
  const names = Object.entries(keys).flatMap(([name, inner]) =>
    inner === true ? [name] : [name, ...namesOf(inner)],
  );
  return [...new Set(names)];
}

function checkHead(doc: Record<string, unknown>): NodeConfigProblem[] {
  const found: NodeConfigProblem[] = [];
  if (doc.apiVersion !== apiVersion) {
    const value = String(doc.apiVersion);
    found.push(wrongValue(at(doc, "apiVersion"), { key: "apiVersion", value, allowed: [apiVersion] }));
  }
  if (doc.kind !== "ClusterConfig") {
    found.push(
      wrongValue(at(doc, "kind"), { key: "kind", value: String(doc.kind), allowed: ["ClusterConfig"] }),
    );
  }
  for (const key of Object.keys(doc)) {
    if (["apiVersion", "kind", "metadata", "spec", "status"].includes(key)) continue;
    const nearest = Object.hasOwn(specKeys, key) ? [`spec.${key}`] : [];
    found.push(unknownKey(pointerPart(key), { what: "ClusterConfig", key, nearest, effect: refused }));
  }
  return found;
}

function at(doc: Record<string, unknown>, key: string): string {
  return doc[key] === undefined ? "" : pointerPart(key);
}

function checkKeys(value: Record<string, unknown>, keys: Keys, pointer: string): NodeConfigProblem[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const here = pointer + pointerPart(key);
    if (!Object.hasOwn(keys, key)) {
      const nearest = nearestNames(key, Object.keys(keys));
      return [
        unknownKey(here, { what: pointer.slice(1).replaceAll("/", "."), key, nearest, effect: refused }),
      ];
    }
    const inner = keys[key]!;
    if (inner === true || entry === null) return [];
    const items: [unknown, string][] = Array.isArray(entry)
      ? entry.map((item, i) => [item, `${here}/${i}`])
      : [[entry, here]];
    return items.flatMap(([item, where]) => {
      if (isMapping(item)) return checkKeys(item, inner, where);
      return isFilledLater(item) ? [] : [wrongType(where, { key, expected: "mapping", found: typeOf(item) })];
    });
  });
}

function checkValues(doc: Record<string, unknown>): NodeConfigProblem[] {
  return Object.entries(allowed).flatMap(([pointer, values]) => {
    const value = valueAt(doc, pointer);
    if (value === undefined || value === null || isFilledLater(value) || values.includes(String(value)))
      return [];
    const key = pointer.slice("/spec/".length).replaceAll("/", ".");
    return [wrongValue(pointer, { key, value: String(value), allowed: values })];
  });
}

function valueAt(doc: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((value, part) => (isMapping(value) ? value[part] : undefined), doc);
}

function checkStorage(spec: Record<string, unknown>): NodeConfigProblem[] {
  if (!isMapping(spec.storage)) return [];
  const { type = "etcd", etcd, kine } = spec.storage;
  const unused = type === "kine" ? "etcd" : "kine";
  if ((type === "kine" && etcd !== undefined) || (type === "etcd" && kine !== undefined)) {
    return [
      problem(`/spec/storage/${unused}`, "block", {
        values: { unused, type: String(type) },
        message: {
          en: "storage.type is {type}, so storage.{unused} has no effect.",
          de: "storage.type ist {type}; storage.{unused} wirkt also nicht.",
          es: "storage.type es {type}, así que storage.{unused} no tiene efecto.",
          zh: "storage.type 为 {type}，因此 storage.{unused} 不起作用。",
        },
        fix: {
          en: "Remove storage.{unused}, or set storage.type to {unused}.",
          de: "storage.{unused} entfernen oder storage.type auf {unused} setzen.",
          es: "Elimine storage.{unused} o ponga storage.type: {unused}.",
          zh: "删除 storage.{unused}，或把 storage.type 设为 {unused}。",
        },
      }),
    ];
  }
  const source = isMapping(kine) ? kine.dataSource : undefined;
  if (typeof source !== "string" || isFilledLater(source)) return [];
  const backends = ["sqlite://", "mysql://", "postgres://", "postgresql://", "nats://"];
  if (backends.some((backend) => source.startsWith(backend))) return [];
  return [
    wrongValue("/spec/storage/kine/dataSource", {
      key: "storage.kine.dataSource",
      value: source.split(":")[0]!,
      allowed: backends,
    }),
  ];
}

/** Telemetry is on unless it is said to be off; a site with metered or no uplink pays for it. */
/** What k0s takes where nothing is said. Source: https://docs.k0sproject.io/stable/configuration/ */
const defaultRanges = { podCIDR: "10.244.0.0/16", serviceCIDR: "10.96.0.0/12" } as const;

function checkRanges({ network }: Record<string, unknown>): NodeConfigProblem[] {
  if (!isMapping(network)) return [];
  const key = (["podCIDR", "serviceCIDR"] as const).find((one) => network[one] !== undefined);
  const of = (name: keyof typeof defaultRanges) => addressesOf(network[name] ?? defaultRanges[name]);
  const pair = key && sharedRange(of("podCIDR"), of("serviceCIDR"));
  return pair ? [sharedAddresses(`/spec/network/${key}`, pair, ["podCIDR", "serviceCIDR"])] : [];
}

function checkTelemetry(spec: Record<string, unknown>): NodeConfigProblem[] {
  const telemetry = isMapping(spec.telemetry) ? spec.telemetry : {};
  if (telemetry.enabled === false) return [];
  return [
    problem(spec.telemetry === undefined ? "/spec" : "/spec/telemetry", "warn", {
      values: {},
      message: {
        en: "k0s sends telemetry every ten minutes unless it is switched off.",
        de: "k0s sendet alle zehn Minuten Telemetrie, wenn sie nicht abgeschaltet ist.",
        es: "k0s envía telemetría cada diez minutos si no se desactiva.",
        zh: "除非关闭，k0s 每十分钟发送一次遥测数据。",
      },
      fix: verbatim("spec.telemetry.enabled: false"),
    }),
  ];
}

function checkExtensions(spec: Record<string, unknown>): NodeConfigProblem[] {
  if (!isMapping(spec.extensions) || spec.extensions.storage === undefined) return [];
  return [
    problem("/spec/extensions/storage", "warn", {
      values: {},
      message: {
        en: "extensions.storage is ignored since k0s 1.31.",
        de: "extensions.storage wird seit k0s 1.31 ignoriert.",
        es: "extensions.storage se ignora desde k0s 1.31.",
        zh: "extensions.storage 自 k0s 1.31 起被忽略。",
      },
      fix: {
        en: "Install a storage class through extensions.helm or a manifest.",
        de: "Eine StorageClass über extensions.helm oder ein Manifest installieren.",
        es: "Instale una StorageClass mediante extensions.helm o un manifiesto.",
        zh: "通过 extensions.helm 或清单安装 StorageClass。",
      },
    }),
  ];
}
