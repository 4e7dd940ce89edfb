import type { NodeConfig, NodeConfigProblem } from "#model/layout.ts";
import { nearestNames } from "#model/nearest.ts";
import {
  isMapping,
  notAMapping,
  pointerPart,
  problem,
  typeOf,
  unknownKey,
  wrongType,
  wrongValue,
} from "#model/node-config.ts";
import { verbatim } from "#model/text.ts";
import { addonAliases, communityAddons, coreAddons, launchKeys, removedAddons } from "./launch-keys.ts";

/** Where MicroK8s looks for a launch configuration (https://canonical.com/microk8s/docs/add-launch-config). */
const CONFIG =
  /(^|\/)etc\/microk8s\.ya?ml$|(^|\/)\.microk8s\.ya?ml$|(^|\/)microk8s\/[^/]*launch[^/]*\.ya?ml$/;
const versions = ["0.1.0", "0.2.0"];

const ignored = {
  en: "MicroK8s warns and ignores it, so the setting never applies.",
  de: "MicroK8s warnt und ignoriert ihn; die Einstellung wirkt also nie.",
  es: "MicroK8s avisa y la ignora, así que el ajuste nunca se aplica.",
  zh: "MicroK8s 会告警并忽略它，因此该设置不会生效。",
};

/** Whether a path is that of a launch configuration of MicroK8s. */
export function isNodeConfig(path: string): boolean {
  return CONFIG.test(path);
}

/** The path on a node of a launch configuration kept elsewhere: mostly its keys, and one that nothing else has. */
export function standsFor(path: string, value: unknown): string | undefined {
  if (!isMapping(value) || !/microk8s|launch/i.test(path)) return undefined;
  const keys = Object.keys(value);
  const known = keys.filter((key) => Object.hasOwn(launchKeys, key));
  const isOwn = known.some((key) => key !== "version" && key !== "join");
  return isOwn && known.length * 2 >= keys.length ? "etc/microk8s.yaml" : undefined;
}

/** Checks a launch configuration: format version, keys, options and addons. */
export function checkNodeConfig({ doc }: NodeConfig): NodeConfigProblem[] {
  if (doc === null || doc === undefined) return [];
  if (!isMapping(doc)) return [notAMapping("MicroK8s launch configuration")];
  const found = checkVersion(doc);
  for (const [key, value] of Object.entries(doc)) found.push(...checkKey(key, value));
  return [...found, ...checkAddons(doc)];
}

/** Keys of a launch configuration, and every addon. */
export function words(): readonly string[] {
  return [...Object.keys(launchKeys), ...coreAddons, ...communityAddons];
}

function checkVersion({ version }: Record<string, unknown>): NodeConfigProblem[] {
  const value = version === undefined ? "" : String(version);
  if (/^0\.(1|2)\.0$/.test(value)) return [];
  const pointer = version === undefined ? "" : "/version";
  return [wrongValue(pointer, { key: "version", value: value === "" ? '""' : value, allowed: versions })];
}

function checkKey(key: string, value: unknown): NodeConfigProblem[] {
  const pointer = pointerPart(key);
  if (!Object.hasOwn(launchKeys, key)) {
    const nearest = nearestNames(key, Object.keys(launchKeys));
    return [unknownKey(pointer, { what: "MicroK8s", key, nearest, effect: ignored })];
  }
  const kind = launchKeys[key]!;
  const found = typeOf(value);
  if (kind === "list") return found === "list" ? [] : [wrongType(pointer, { key, expected: "list", found })];
  if (kind === "string")
    return found === "string" ? [] : [wrongType(pointer, { key, expected: "string", found })];
  if (!isMapping(value)) return [wrongType(pointer, { key, expected: "mapping", found })];
  return kind === "strings" ? checkOptions(key, value, pointer) : [];
}

function checkOptions(key: string, options: Record<string, unknown>, pointer: string): NodeConfigProblem[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const at = pointer + pointerPart(name);
    // Unquoted numbers and booleans are refused: the file is read into strings.
    if (value !== null && typeof value !== "string") {
      return [wrongType(at, { key: name, expected: "string", found: typeOf(value) })];
    }
    if (!key.endsWith("Args") || name.startsWith("--")) return [];
    return [
      problem(at, "block", {
        values: { key, name },
        message: {
          en: "Options in {key} are written with their dashes; {name} is not an option.",
          de: "Optionen in {key} werden mit ihren Strichen geschrieben; {name} ist keine Option.",
          es: "Las opciones de {key} se escriben con sus guiones; {name} no es una opción.",
          zh: "{key} 中的选项须带短横线，{name} 不是选项。",
        },
        fix: verbatim(`--${name}`),
      }),
    ];
  });
}

function checkAddons({ addons }: Record<string, unknown>): NodeConfigProblem[] {
  if (!Array.isArray(addons)) return [];
  const names = addons.map((addon) => (isMapping(addon) ? addon.name : addon));
  const community = names.includes("community");
  return addons.flatMap((addon, i) => {
    const pointer = `/addons/${i}`;
    if (!isMapping(addon))
      return [wrongType(pointer, { key: "addons", expected: "mapping", found: typeOf(addon) })];
    const known = ["name", "disable", "args"];
    const unknown = Object.keys(addon)
      .filter((key) => !known.includes(key))
      .map((key) =>
        unknownKey(pointer + pointerPart(key), {
          what: "addons",
          key,
          nearest: nearestNames(key, known),
          effect: ignored,
        }),
      );
    return [...unknown, ...checkAddon(String(addon.name ?? ""), `${pointer}/name`, community)];
  });
}

/** What is wrong with an addon by its name; `community` says whether the repository of that name is enabled. */
export function checkAddon(written: string, pointer: string, community: boolean): NodeConfigProblem[] {
  // `core/dns` names the repository, too.
  const name = written.replace(/^(core|community)\//, "");
  if (Object.hasOwn(addonAliases, name) && name !== "helm") return [alias(pointer, name)];
  if ((coreAddons as readonly string[]).includes(name)) return [];
  if ((communityAddons as readonly string[]).includes(name))
    return community ? [] : [needsCommunity(pointer, name)];
  if (Object.hasOwn(removedAddons, name)) return [removedAddon(pointer, name)];
  const nearest = nearestNames(name, [...coreAddons, ...communityAddons]);
  return [
    problem(pointer, "block", {
      values: { name, nearest: nearest.join(", ") },
      message: {
        en: "MicroK8s has no addon {name}.",
        de: "MicroK8s hat kein Addon {name}.",
        es: "MicroK8s no tiene ningún complemento {name}.",
        zh: "MicroK8s 没有名为 {name} 的插件。",
      },
      fix:
        nearest.length > 0
          ? verbatim("{nearest}")
          : {
              en: "Remove {name}, or install it through GitOps.",
              de: "{name} entfernen oder über GitOps installieren.",
              es: "Elimine {name} o instálelo mediante GitOps.",
              zh: "删除 {name}，或通过 GitOps 安装。",
            },
    }),
  ];
}

function alias(pointer: string, name: string): NodeConfigProblem {
  return problem(pointer, "warn", {
    values: { name, instead: addonAliases[name]! },
    message: {
      en: "The addon {name} is only an old name of {instead}.",
      de: "Das Addon {name} ist nur ein alter Name von {instead}.",
      es: "El complemento {name} es solo un nombre antiguo de {instead}.",
      zh: "插件 {name} 只是 {instead} 的旧名称。",
    },
    fix: verbatim("{instead}"),
  });
}

function needsCommunity(pointer: string, name: string): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { name },
    message: {
      en: "{name} is a community addon and cannot be enabled before the addon `community`.",
      de: "{name} ist ein Community-Addon und lässt sich nicht vor dem Addon `community` aktivieren.",
      es: "{name} es un complemento de la comunidad y no se puede activar antes que `community`.",
      zh: "{name} 是社区插件，须先启用 `community` 插件。",
    },
    fix: verbatim("addons: [{ name: community }, …]"),
  });
}

function removedAddon(pointer: string, name: string): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { name, since: removedAddons[name]! },
    message: {
      en: "The addon {name} was removed in {since}.",
      de: "Das Addon {name} wurde mit {since} entfernt.",
      es: "El complemento {name} se eliminó en {since}.",
      zh: "插件 {name} 已在 {since} 中移除。",
    },
    fix: { en: "Remove {name}.", de: "{name} entfernen.", es: "Elimine {name}.", zh: "删除 {name}。" },
  });
}
