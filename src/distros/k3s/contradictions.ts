import { addressesOf, areAlike, isInside, sharedRange } from "#model/addresses.ts";
import type { NodeConfigProblem, NodeRole } from "#model/layout.ts";
import { pointerPart, problem, sharedAddresses } from "#model/node-config.ts";
import { flags } from "./flags.ts";

type Config = Readonly<Record<string, unknown>>;
type Site = { config: Config; whole: Config; role: NodeRole };

/** Options of flannel that say nothing where flannel is switched off. */
const ofFlannel = [
  "flannel-conf",
  "flannel-iface",
  "flannel-external-ip",
  "flannel-ipv6-masq",
  "flannel-cni-conf",
];

/** Pairs that K3s refuses or that cannot do what they say; `beside` is what other files of the node set. */
export function contradictions(
  config: Config,
  beside: readonly Config[],
  role: NodeRole,
): NodeConfigProblem[] {
  const whole: Config = Object.assign({}, ...beside, config);
  const site = { config, whole, role };
  return [...pairs(site), ...withoutEffect(site), ...etcdWithoutEtcd(site), ...ranges(site)].filter(
    ({ pointer }) =>
      // What another file says is that file's to hear.
      Object.hasOwn(config, pointer.slice(1).replaceAll("~1", "/")),
  );
}

function isSet(config: Config, key: string): boolean {
  const value = config[key];
  return value !== undefined && value !== null && value !== false && value !== "false";
}

function pairs({ whole, role }: Site): NodeConfigProblem[] {
  const exclusive: [string, string][] = [
    ["datastore-endpoint", "cluster-init"],
    ["server", "cluster-init"],
    ["token", "token-file"],
    ["agent-token", "agent-token-file"],
    ["vpn-auth", "vpn-auth-file"],
    ["container-runtime-endpoint", "docker"],
    ["datastore-endpoint", "disable-etcd"],
  ];
  const found = exclusive
    .filter(([first, second]) => isSet(whole, first) && isSet(whole, second))
    .map(([first, second]) => both(first, second));
  const nothing = ["disable-apiserver", "disable-agent", "disable-etcd"];
  if (role !== "agent" && nothing.every((key) => isSet(whole, key)))
    found.push(both("disable-apiserver", "disable-etcd"));
  return found;
}

function withoutEffect({ whole }: Site): NodeConfigProblem[] {
  const found: NodeConfigProblem[] = [];
  if (isSet(whole, "secrets-encryption-provider") && !isSet(whole, "secrets-encryption")) {
    found.push(needs("secrets-encryption-provider", "secrets-encryption: true"));
  }
  if (whole["flannel-backend"] === "none") {
    found.push(
      ...ofFlannel
        .filter((key) => isSet(whole, key))
        .map((key) => needs(key, "flannel-backend: vxlan", "warn")),
    );
  }
  if (isSet(whole, "etcd-disable-snapshots")) {
    const snapshots = Object.keys(whole).filter(
      (key) => /^etcd-(snapshot|s3)/.test(key) && isSet(whole, key),
    );
    found.push(...snapshots.map((key) => needs(key, "etcd-disable-snapshots: false")));
  }
  return found;
}

/** Snapshots, S3 and metrics of etcd do nothing on SQLite or on an external database. */
function etcdWithoutEtcd({ config, whole }: Site): NodeConfigProblem[] {
  if (isSet(whole, "cluster-init") || isSet(whole, "server") || isSet(whole, "cluster-reset")) return [];
  const external = isSet(whole, "datastore-endpoint");
  return Object.keys(config)
    .filter((key) => key.startsWith("etcd-") && key !== "etcd-disable-snapshots" && key in flags)
    .filter((key) => isSet(config, key))
    .map((key) =>
      problem(pointerPart(key), "block", {
        values: { key },
        message: external
          ? {
              en: "{key} needs embedded etcd, and datastore-endpoint puts the state elsewhere.",
              de: "{key} braucht das eingebettete etcd; datastore-endpoint legt den Zustand anderswo ab.",
              es: "{key} necesita el etcd integrado, y datastore-endpoint guarda el estado en otro lugar.",
              zh: "{key} 需要内嵌 etcd，而 datastore-endpoint 把状态存放在别处。",
            }
          : {
              en: "{key} needs embedded etcd, and nothing here starts one: without cluster-init K3s keeps its state in SQLite.",
              de: "{key} braucht das eingebettete etcd, und hier startet es nichts: ohne cluster-init hält K3s seinen Zustand in SQLite.",
              es: "{key} necesita el etcd integrado y aquí nada lo inicia: sin cluster-init, K3s guarda su estado en SQLite.",
              zh: "{key} 需要内嵌 etcd，但此处没有启用：没有 cluster-init 时 K3s 使用 SQLite。",
            },
        fix: external
          ? {
              en: "Remove {key}; back up the database instead.",
              de: "{key} entfernen; stattdessen die Datenbank sichern.",
              es: "Elimine {key}; respalde la base de datos.",
              zh: "删除 {key}，改为备份数据库。",
            }
          : {
              en: "Remove {key}; copy server/db for a backup of SQLite.",
              de: "{key} entfernen; SQLite wird durch eine Kopie von server/db gesichert.",
              es: "Elimine {key}; para respaldar SQLite, copie server/db.",
              zh: "删除 {key}；SQLite 的备份方式是复制 server/db。",
            },
      }),
    );
}

/** What K3s takes where nothing is said. Source: https://docs.k3s.io/cli/server */
const defaultRanges = { "cluster-cidr": "10.42.0.0/16", "service-cidr": "10.43.0.0/16" } as const;

/** Addresses of pods, of Services and of the DNS Service that cannot be so together. */
function ranges({ config, whole, role }: Site): NodeConfigProblem[] {
  if (role === "agent") return [];
  const of = (key: keyof typeof defaultRanges) => addressesOf(whole[key] ?? defaultRanges[key]);
  const services = of("service-cidr");
  const found: NodeConfigProblem[] = [];
  const key = ["cluster-cidr", "service-cidr"].find((one) => isSet(config, one));
  const pair = sharedRange(of("cluster-cidr"), services);
  if (key && pair) found.push(sharedAddresses(pointerPart(key), pair, ["cluster-cidr", "service-cidr"]));
  const outside = addressesOf(whole["cluster-dns"]).find(
    (dns) => !services.some((range) => isInside(dns, range)),
  );
  if (outside && services.some((range) => areAlike(range, outside)))
    found.push(unreachable(outside, services.join(", ")));
  return found;
}

/** The Service kube-dns is then refused, and no name is found. Source: https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation */
function unreachable(dns: string, services: string): NodeConfigProblem {
  return problem(pointerPart("cluster-dns"), "block", {
    values: { dns, services },
    message: {
      en: "cluster-dns {dns} lies outside of the addresses of Services ({services}): kube-dns cannot get it.",
      de: "cluster-dns {dns} liegt außerhalb der Service-Adressen ({services}): kube-dns kann sie nicht bekommen.",
      es: "cluster-dns {dns} queda fuera de las direcciones de los Services ({services}): kube-dns no puede obtenerla.",
      zh: "cluster-dns {dns} 不在 Service 地址段（{services}）内，kube-dns 无法取得该地址。",
    },
    fix: {
      en: "Use an address of that range, or remove cluster-dns: K3s takes the tenth.",
      de: "Eine Adresse dieses Bereichs nehmen oder cluster-dns entfernen: K3s nimmt die zehnte.",
      es: "Use una dirección de ese rango o elimine cluster-dns: K3s toma la décima.",
      zh: "使用该网段内的地址，或删除 cluster-dns（K3s 会取第十个）。",
    },
  });
}

function both(first: string, second: string): NodeConfigProblem {
  return problem(pointerPart(second), "block", {
    values: { first, second },
    message: {
      en: "{first} and {second} exclude each other.",
      de: "{first} und {second} schließen sich aus.",
      es: "{first} y {second} se excluyen.",
      zh: "{first} 与 {second} 互斥。",
    },
    fix: {
      en: "Keep one of {first} and {second}.",
      de: "Nur eines von {first} und {second} behalten.",
      es: "Conserve solo uno de {first} y {second}.",
      zh: "{first} 与 {second} 只保留一个。",
    },
  });
}

function needs(key: string, other: string, severity: "block" | "warn" = "block"): NodeConfigProblem {
  return problem(pointerPart(key), severity, {
    values: { key, other },
    message: {
      en: "{key} has no effect without {other}.",
      de: "{key} wirkt nicht ohne {other}.",
      es: "{key} no tiene efecto sin {other}.",
      zh: "没有 {other}，{key} 不起作用。",
    },
    fix: {
      en: "Set {other}, or remove {key}.",
      de: "{other} setzen oder {key} entfernen.",
      es: "Ponga {other} o elimine {key}.",
      zh: "设置 {other}，或删除 {key}。",
    },
  });
}
