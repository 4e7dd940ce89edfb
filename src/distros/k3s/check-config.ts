import type { NodeConfig, NodeConfigProblem } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import {
  isFilledLater,
  pointerPart,
  problem,
  typeOf,
  unknownKey,
  wrongType,
  wrongValue,
} from "#model/node-config.ts";
import { verbatim } from "#model/text.ts";
import { type Flag, flags, packagedComponents, removedFlags, removedValues } from "./flags.ts";

type Config = Record<string, unknown>;

const DURATION = /^((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;
const byAlias = new Map(
  Object.entries(flags).flatMap(([name, flag]) =>
    (flag.aliases ?? []).map((alias) => [alias, name] as const),
  ),
);

/** Source: stripInvalidFlags in pkg/configfilearg/parser.go of k3s-io/k3s. */
const skipped = {
  en: "K3s starts all the same and skips it with a warning, so the setting never applies.",
  de: "K3s startet trotzdem und überspringt ihn mit einer Warnung; die Einstellung wirkt also nie.",
  es: "K3s arranca de todos modos y la omite con un aviso, así que el ajuste nunca se aplica.",
  zh: "K3s 仍会启动，只在日志里告警并跳过，因此该设置永远不会生效。",
};

/** Checks config.yaml: known keys, types, values, and pairs of keys that contradict each other. */
export function checkConfig(config: Config, role: NodeConfig["role"]): NodeConfigProblem[] {
  const found = Object.entries(config).flatMap(([key, value]) => checkKey(key, value, role));
  return [...found, ...contradictions(config, role)];
}

function checkKey(written: string, value: unknown, role: NodeConfig["role"]): NodeConfigProblem[] {
  const pointer = pointerPart(written);
  // `key+` appends to what another file says.
  const plain = written.replace(/\+$/, "");
  const key = byAlias.get(plain) ?? plain;
  if (Object.hasOwn(removedFlags, key)) return [removed(pointer, key)];
  if (!Object.hasOwn(flags, key)) {
    const nearest = nearestNames(key.replaceAll("_", "-"), Object.keys(flags));
    return [unknownKey(pointer, { what: "K3s config.yaml", key: written, nearest, effect: skipped })];
  }
  const flag = flags[key]!;
  const problems = checkType(pointer, { key, flag, value });
  if (problems.length > 0) return problems;
  if (role === "agent" && flag.on === "server") problems.push(otherRole(pointer, key, "server"));
  if (role === "server" && flag.on === "agent") problems.push(otherRole(pointer, key, "agent"));
  problems.push(...checkValues(pointer, { key, flag, value }));
  return problems;
}

type Entry = { key: string; flag: Flag; value: unknown };

function checkType(pointer: string, { key, flag, value }: Entry): NodeConfigProblem[] {
  if (isFilledLater(value) || value === null) return [];
  const found = typeOf(value);
  const holds = {
    string: found !== "list" && found !== "mapping",
    boolean: found === "boolean" || value === "true" || value === "false",
    integer: found === "integer" || /^\d+$/.test(String(value)),
    duration: typeof value === "string" && DURATION.test(value),
    // One value may stand alone; K3s reads it as a list of one.
    list: found !== "mapping",
  }[flag.type];
  if (!holds) return [wrongType(pointer, { key, expected: flag.type, found })];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, i) =>
    ["mapping", "list"].includes(typeOf(item))
      ? [wrongType(`${pointer}/${i}`, { key, expected: "string", found: typeOf(item) })]
      : [],
  );
}

function checkValues(pointer: string, { key, flag, value }: Entry): NodeConfigProblem[] {
  if (isFilledLater(value)) return [];
  const gone = removedValues[key]?.[String(value)];
  if (gone !== undefined) return [removedValue(pointer, key, { value: String(value), ...gone })];
  if (flag.values && !flag.values.includes(String(value))) {
    return [wrongValue(pointer, { key, value: String(value), allowed: flag.values })];
  }
  if (flag.deprecated) return [deprecated(pointer, key)];
  if (key === "disable") return checkDisable(pointer, value);
  return key.endsWith("-arg") ? checkComponentArguments(pointer, key, value) : [];
}

function checkDisable(pointer: string, value: unknown): NodeConfigProblem[] {
  const items = Array.isArray(value) ? value : String(value).split(",");
  return items.flatMap((item, i) => {
    const name = String(item);
    if ((packagedComponents as readonly string[]).includes(name)) return [];
    const allowed = packagedComponents.slice(0, -1);
    const near = nearestNames(name, allowed);
    const at = Array.isArray(value) ? `${pointer}/${i}` : pointer;
    // A manifest of one's own may be named too, so only a near miss is surely wrong.
    const severity = near.length > 0 ? "block" : "warn";
    return [{ ...wrongValue(at, { key: "disable", value: name, allowed }), severity }];
  });
}

function checkComponentArguments(pointer: string, key: string, value: unknown): NodeConfigProblem[] {
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap((item, i) => {
    const argument = String(item);
    if (/^[a-z][\w-]*=/.test(argument) || /^[a-z][\w-]*$/.test(argument) || isFilledLater(item)) return [];
    const at = Array.isArray(value) ? `${pointer}/${i}` : pointer;
    return [
      problem(at, "block", {
        values: { key, argument },
        message: {
          en: "{key} takes `name=value` without leading dashes, not {argument}.",
          de: "{key} erwartet `name=wert` ohne führende Striche, nicht {argument}.",
          es: "{key} admite `nombre=valor` sin guiones delante, no {argument}.",
          zh: "{key} 的格式为不带前导短横线的 `名称=值`，而不是 {argument}。",
        },
        fix: verbatim(argument.replace(/^-+/, "")),
      }),
    ];
  });
}

function removed(pointer: string, key: string): NodeConfigProblem {
  const { since, instead, source } = removedFlags[key]!;
  return problem(pointer, "block", {
    values: { key, since, instead, source },
    message: {
      en: "K3s removed {key} in {since} ({source}).",
      de: "K3s hat {key} mit {since} entfernt ({source}).",
      es: "K3s eliminó {key} en {since} ({source}).",
      zh: "K3s 在 {since} 中移除了 {key}（{source}）。",
    },
    fix:
      instead === ""
        ? { en: "Remove {key}.", de: "{key} entfernen.", es: "Elimine {key}.", zh: "删除 {key}。" }
        : {
            en: "Write {instead}.",
            de: "{instead} schreiben.",
            es: "Escriba {instead}.",
            zh: "改为 {instead}。",
          },
  });
}

function removedValue(
  pointer: string,
  key: string,
  { value, since, instead }: { value: string; since: string; instead: string },
): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { key, value, since, instead },
    message: {
      en: "{key}: {value} is gone since K3s {since}; K3s does not start with it.",
      de: "{key}: {value} gibt es seit K3s {since} nicht mehr; K3s startet damit nicht.",
      es: "{key}: {value} desapareció en K3s {since}; K3s no arranca con él.",
      zh: "{key}: {value} 自 K3s {since} 起已不存在，K3s 无法以此启动。",
    },
    fix: verbatim("{key}: {instead}"),
  });
}

function deprecated(pointer: string, key: string): NodeConfigProblem {
  const instead: Record<string, string> = {
    "helm-job-image": "helm-controller-arg: [default-job-image=…]",
    "kube-controller-arg": "kube-controller-manager-arg",
    "kube-cloud-controller-arg": "kube-cloud-controller-manager-arg",
  };
  return problem(pointer, "warn", {
    values: { key, instead: instead[key] ?? "" },
    message: {
      en: "K3s still reads {key}, but it is deprecated.",
      de: "K3s liest {key} noch, es ist aber veraltet.",
      es: "K3s aún lee {key}, pero está obsoleta.",
      zh: "K3s 仍会读取 {key}，但它已弃用。",
    },
    fix: verbatim("{instead}"),
  });
}

function otherRole(pointer: string, key: string, on: "server" | "agent"): NodeConfigProblem {
  const here = on === "server" ? "agent" : "server";
  return problem(pointer, "block", {
    values: { key, on, here },
    message: {
      en: "{key} is an option of the K3s {on}; an {here} skips it with a warning.",
      de: "{key} ist eine Option des K3s-{on}; ein {here} überspringt sie mit einer Warnung.",
      es: "{key} es una opción del {on} de K3s; un {here} la omite con un aviso.",
      zh: "{key} 是 K3s {on} 的选项，{here} 会告警并跳过它。",
    },
    fix: {
      en: "Move {key} to the configuration of the {on}.",
      de: "{key} in die Konfiguration des {on} verschieben.",
      es: "Mueva {key} a la configuración del {on}.",
      zh: "把 {key} 移到 {on} 的配置中。",
    },
  });
}

/** Pairs that K3s refuses or that cannot do what they say. */
function contradictions(config: Config, role: NodeConfig["role"]): NodeConfigProblem[] {
  const set = (key: string) => config[key] !== undefined && config[key] !== null && config[key] !== false;
  const found: NodeConfigProblem[] = [];
  if (set("datastore-endpoint") && set("cluster-init")) {
    found.push(both("datastore-endpoint", "cluster-init", "/cluster-init"));
  }
  if (set("server") && set("cluster-init")) found.push(both("server", "cluster-init", "/cluster-init"));
  if (set("token") && set("token-file")) found.push(both("token", "token-file", "/token-file"));
  if (set("docker") && set("container-runtime-endpoint")) {
    found.push(both("docker", "container-runtime-endpoint", "/docker"));
  }
  if (set("secrets-encryption-provider") && config["secrets-encryption"] !== true) {
    found.push(needs("secrets-encryption-provider", "secrets-encryption: true"));
  }
  if (role !== "agent" && set("disable-etcd") && set("disable-apiserver") && set("disable-agent")) {
    found.push(both("disable-etcd", "disable-apiserver", "/disable-etcd"));
  }
  return [...found, ...etcdWithoutEtcd(config, set)];
}

/** Snapshots, S3 and metrics of etcd do nothing on SQLite or on an external database. */
function etcdWithoutEtcd(config: Config, set: (key: string) => boolean): NodeConfigProblem[] {
  if (set("cluster-init") || set("server") || set("cluster-reset")) return [];
  return Object.keys(config)
    .filter((key) => key.startsWith("etcd-") && key !== "etcd-disable-snapshots" && set(key) && key in flags)
    .map((key) =>
      problem(pointerPart(key), "block", {
        values: { key },
        message: {
          en: "{key} needs embedded etcd, and nothing here starts one: without cluster-init K3s keeps its state in SQLite.",
          de: "{key} braucht das eingebettete etcd, und hier startet es nichts: ohne cluster-init hält K3s seinen Zustand in SQLite.",
          es: "{key} necesita el etcd integrado y aquí nada lo inicia: sin cluster-init, K3s guarda su estado en SQLite.",
          zh: "{key} 需要内嵌 etcd，但此处没有启用：没有 cluster-init 时 K3s 使用 SQLite。",
        },
        fix: {
          en: "Remove {key}; copy server/db for a backup of SQLite.",
          de: "{key} entfernen; SQLite wird durch eine Kopie von server/db gesichert.",
          es: "Elimine {key}; para respaldar SQLite, copie server/db.",
          zh: "删除 {key}；SQLite 的备份方式是复制 server/db。",
        },
      }),
    );
}

function both(first: string, second: string, pointer: string): NodeConfigProblem {
  return problem(pointer, "block", {
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

function needs(key: string, other: string): NodeConfigProblem {
  return problem(pointerPart(key), "block", {
    values: { key, other },
    message: {
      en: "{key} has no effect without {other}.",
      de: "{key} wirkt nicht ohne {other}.",
      es: "{key} no tiene efecto sin {other}.",
      zh: "没有 {other}，{key} 不起作用。",
    },
    fix: {
      en: "Add {other}.",
      de: "{other} ergänzen.",
      es: "Añada {other}.",
      zh: "加上 {other}。",
    },
  });
}
