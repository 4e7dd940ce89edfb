import type { NodeConfigProblem, NodeSite } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import {
  isFilledLater,
  pointerPart,
  problem,
  tooNew,
  typeOf,
  unknownKey,
  wrongType,
  wrongValue,
} from "#model/node-config.ts";
import { verbatim } from "#model/text.ts";
import { contradictions } from "./contradictions.ts";
import { type Flag, flags, packagedComponents, removedFlags, removedValues } from "./flags.ts";
import { formats, unquotedModes } from "./formats.ts";
import { firstReleases, minorsBetween } from "./releases.ts";

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

/** The option an alias or a one-letter form stands for. */
export function optionOf(written: string): string {
  return byAlias.get(written) ?? written;
}

/** Checks config.yaml: known keys, types, values, and pairs of keys that contradict each other. */
export function checkConfig(config: Config, site: NodeSite): NodeConfigProblem[] {
  const found = Object.entries(config).flatMap(([key, value]) => checkKey(key, value, site));
  return [...found, ...contradictions(config, site.beside ?? [], site.role)];
}

function checkKey(written: string, value: unknown, { role, version }: NodeSite): NodeConfigProblem[] {
  const pointer = pointerPart(written);
  // `key+` appends to what another file says.
  const key = optionOf(written.replace(/\+$/, ""));
  if (isGone(key, version)) return [removed(pointer, key)];
  if (Object.hasOwn(removedFlags, key)) return [];
  if (!Object.hasOwn(flags, key)) {
    const nearest = nearestNames(key.replaceAll("_", "-"), Object.keys(flags));
    return [unknownKey(pointer, { what: "K3s config.yaml", key: written, nearest, effect: skipped })];
  }
  const flag = flags[key]!;
  const problems = [...checkRelease(pointer, key, version), ...checkType(pointer, { key, flag, value })];
  if (problems.length > 0) return problems;
  if (role === "agent" && flag.on === "server") problems.push(otherRole(pointer, key, "server"));
  if (role === "server" && flag.on === "agent") problems.push(otherRole(pointer, key, "agent"));
  problems.push(...checkValues(pointer, { key, flag, value }));
  return problems;
}

/** Whether an option was removed before the release that runs; without one, the pinned release runs. */
export function isGone(key: string, version: string | undefined): boolean {
  if (!Object.hasOwn(removedFlags, key)) return false;
  return version === undefined || minorsBetween(removedFlags[key]!.since, version) >= 0;
}

function checkRelease(pointer: string, key: string, version: string | undefined): NodeConfigProblem[] {
  const since = firstReleases[key];
  if (version === undefined || since === undefined) return [];
  const minors = minorsBetween(version, since);
  return minors > 0
    ? [tooNew(pointer, { what: "K3s", key, since: `v${since}`, version: `v${version}`, minors })]
    : [];
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
  if (Object.hasOwn(formats, key)) return checkFormat(pointer, key, value);
  return key.endsWith("-arg") ? checkComponentArguments(pointer, key, value) : [];
}

function checkFormat(pointer: string, key: string, value: unknown): NodeConfigProblem[] {
  const { holds, example } = formats[key]!;
  const mode =
    key === "write-kubeconfig-mode" && typeof value === "number" ? unquotedModes[value] : undefined;
  if (mode !== undefined) return [unquoted(pointer, { key, value: String(value), mode })];
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap((item, i) => {
    const text = String(item ?? "");
    if (text === "" || text.includes("$") || isFilledLater(item) || holds(text)) return [];
    const at = Array.isArray(value) ? `${pointer}/${i}` : pointer;
    return [malformed(at, { key, value: text, example })];
  });
}

function malformed(
  pointer: string,
  { key, value, example }: { key: string; value: string; example: string },
): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { key, value, example },
    message: {
      en: "{value} is no value for {key}; K3s expects the form {example}.",
      de: "{value} ist kein Wert für {key}; K3s erwartet die Form {example}.",
      es: "{value} no es un valor para {key}; K3s espera la forma {example}.",
      zh: "{value} 不是 {key} 的有效值；K3s 期望的形式为 {example}。",
    },
    fix: verbatim("{key}: {example}"),
  });
}

/** YAML reads 0600 as an octal number, and K3s gets 384. */
function unquoted(
  pointer: string,
  { key, value, mode }: { key: string; value: string; mode: string },
): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { key, value, mode },
    message: {
      en: "{key} without quotes is the number {value}, not the mode {mode}.",
      de: "{key} ist ohne Anführungszeichen die Zahl {value}, nicht der Modus {mode}.",
      es: "{key} sin comillas es el número {value}, no el modo {mode}.",
      zh: "{key} 不加引号会被读成数字 {value}，而不是权限 {mode}。",
    },
    fix: verbatim('{key}: "{mode}"'),
  });
}

function checkDisable(pointer: string, value: unknown): NodeConfigProblem[] {
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap((item, i) =>
    // Commas part what one word lists.
    String(item)
      .split(",")
      .flatMap((name) => checkComponent(Array.isArray(value) ? `${pointer}/${i}` : pointer, name)),
  );
}

function checkComponent(pointer: string, name: string): NodeConfigProblem[] {
  if (name.includes("$") || isFilledLater(name)) return [];
  if ((packagedComponents as readonly string[]).includes(name)) return [];
  const allowed = packagedComponents.slice(0, -1);
  // A manifest of one's own may be named too, so only a near miss is surely wrong.
  const severity = nearestNames(name, allowed).length > 0 ? "block" : "warn";
  return [{ ...wrongValue(pointer, { key: "disable", value: name, allowed }), severity }];
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
