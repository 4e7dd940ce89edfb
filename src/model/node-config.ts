import type { NodeConfigProblem } from "./layout.ts";
import { certainName } from "./nearest.ts";
import type { Severity } from "./plan.ts";
import { type Text, text, type Values, verbatim } from "./text.ts";

/** A problem whose sentences are filled with the same values. */
export function problem(
  pointer: string,
  severity: Severity,
  { message, fix, values }: { message: Text; fix: Text; values: Values },
): NodeConfigProblem {
  return { pointer, severity, message: text(message, values), fix: text(fix, values) };
}

/** A key the distribution does not have; `effect` says what it does with one. */
export function unknownKey(
  pointer: string,
  { what, key, nearest, effect }: { what: string; key: string; nearest: readonly string[]; effect: Text },
): NodeConfigProblem {
  const message = text(
    {
      en: "{what} has no key {key}. ",
      de: "{what} kennt keinen Schlüssel {key}. ",
      es: "{what} no tiene la clave {key}. ",
      zh: "{what} 没有 {key} 这个键。",
    },
    { what, key },
  );
  const fix: Text =
    nearest.length === 0
      ? {
          en: "Remove {key}.",
          de: "{key} entfernen.",
          es: "Elimine {key}.",
          zh: "删除 {key}。",
        }
      : {
          en: "Write {nearest}, or remove {key}.",
          de: "{nearest} schreiben oder {key} entfernen.",
          es: "Escriba {nearest} o elimine {key}.",
          zh: "改为 {nearest}，或删除 {key}。",
        };
  const certain = certainName(key, nearest);
  return {
    pointer,
    severity: "block",
    message: {
      en: message.en + effect.en,
      de: message.de + effect.de,
      es: message.es + effect.es,
      zh: message.zh + effect.zh,
    },
    fix: text(fix, { key, nearest: nearest.join(", ") }),
    ...(certain !== undefined && { mend: { kind: "rename", to: certain } }),
  };
}

/** A value of the wrong type, such as a list where one word belongs. */
export function wrongType(
  pointer: string,
  { key, expected, found }: { key: string; expected: string; found: string },
): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { key, expected, found },
    message: {
      en: "{key} takes {expected}, not {found}.",
      de: "{key} erwartet {expected}, nicht {found}.",
      es: "{key} admite {expected}, no {found}.",
      zh: "{key} 的类型应为 {expected}，而不是 {found}。",
    },
    fix: {
      en: "Give {key} a value of type {expected}.",
      de: "{key} einen Wert vom Typ {expected} geben.",
      es: "Asigne a {key} un valor de tipo {expected}.",
      zh: "把 {key} 改成 {expected} 类型的值。",
    },
  });
}

/** A value outside the few that exist. */
export function wrongValue(
  pointer: string,
  { key, value, allowed }: { key: string; value: string; allowed: readonly string[] },
): NodeConfigProblem {
  return problem(pointer, "block", {
    values: { key, value, allowed: allowed.join(", ") },
    message: {
      en: "{key} cannot be {value}; it is one of {allowed}.",
      de: "{key} kann nicht {value} sein; möglich sind {allowed}.",
      es: "{key} no puede ser {value}; los valores posibles son {allowed}.",
      zh: "{key} 不能是 {value}，可选值为 {allowed}。",
    },
    fix: verbatim("{key}: {allowed}"),
  });
}

/** An option the command does not have; unlike a key of a file it keeps the command from starting. */
export function unknownOption({
  what,
  option,
  nearest,
}: {
  what: string;
  option: string;
  nearest: readonly string[];
}) {
  const near: Text = {
    en: "Write {nearest}, or remove {option}.",
    de: "{nearest} schreiben oder {option} entfernen.",
    es: "Escriba {nearest} o elimine {option}.",
    zh: "改为 {nearest}，或删除 {option}。",
  };
  const far: Text = {
    en: "Remove {option}.",
    de: "{option} entfernen.",
    es: "Elimine {option}.",
    zh: "删除 {option}。",
  };
  return problem("", "block", {
    values: { what, option, nearest: nearest.join(", ") },
    message: {
      en: "{what} has no option {option} and does not start with it.",
      de: "{what} kennt die Option {option} nicht und startet damit nicht.",
      es: "{what} no tiene la opción {option} y no arranca con ella.",
      zh: "{what} 没有 {option} 选项，带上它将无法启动。",
    },
    fix: nearest.length === 0 ? far : near,
  });
}

/** An option whose value is missing. */
export function withoutValue({ what, option }: { what: string; option: string }) {
  return problem("", "block", {
    values: { what, option },
    message: {
      en: "{option} of {what} needs a value.",
      de: "{option} von {what} braucht einen Wert.",
      es: "{option} de {what} necesita un valor.",
      zh: "{what} 的 {option} 需要一个值。",
    },
    fix: verbatim("{option}=…"),
  });
}

/** A word no option takes: many a parser stops reading options there. */
export function strayWord({ what, word, fix }: { what: string; word: string; fix: string }) {
  return problem("", "block", {
    values: { what, word, suggestion: fix },
    message: {
      en: "{word} belongs to no option of {what}; what stands behind it may be lost.",
      de: "{word} gehört zu keiner Option von {what}; was dahinter steht, kann verloren gehen.",
      es: "{word} no pertenece a ninguna opción de {what}; lo que va detrás puede perderse.",
      zh: "{word} 不属于 {what} 的任何选项；其后的内容可能丢失。",
    },
    fix:
      fix === ""
        ? {
            en: "Remove {word}, or name the option again before it.",
            de: "{word} entfernen oder die Option davor wiederholen.",
            es: "Elimine {word} o repita la opción delante.",
            zh: "删除 {word}，或在其前面重复选项名。",
          }
        : verbatim("{suggestion}"),
  });
}

/** An option that came in with a later release than the one that runs. Patch releases may have got it too. */
export function tooNew(
  pointer: string,
  {
    what,
    key,
    since,
    version,
    minors,
  }: { what: string; key: string; since: string; version: string; minors: number },
): NodeConfigProblem {
  // Nobody carries an option back over more than three minor releases.
  const surely = minors > 3;
  return problem(pointer, surely ? "block" : "warn", {
    values: { what, key, since, version },
    message: surely
      ? {
          en: "{key} came with {what} {since}; {version} does not have it.",
          de: "{key} kam mit {what} {since}; {version} hat es nicht.",
          es: "{key} llegó con {what} {since}; {version} no lo tiene.",
          zh: "{key} 自 {what} {since} 起才有，{version} 不支持。",
        }
      : {
          en: "{key} came with {what} {since}; {version} has it only if it was carried back.",
          de: "{key} kam mit {what} {since}; {version} hat es nur, wenn es zurückportiert wurde.",
          es: "{key} llegó con {what} {since}; {version} solo lo tiene si se incorporó después.",
          zh: "{key} 自 {what} {since} 起才有；{version} 只有在回移后才支持。",
        },
    fix: {
      en: "Install {what} {since} or later, or remove {key}.",
      de: "{what} {since} oder neuer installieren oder {key} entfernen.",
      es: "Instale {what} {since} o posterior, o elimine {key}.",
      zh: "安装 {what} {since} 或更高版本，或删除 {key}。",
    },
  });
}

/** The file holds something else than a mapping. */
export function notAMapping(what: string): NodeConfigProblem {
  return problem("", "block", {
    values: { what },
    message: {
      en: "{what} must be a mapping of keys to values.",
      de: "{what} muss eine Zuordnung von Schlüsseln zu Werten sein.",
      es: "{what} debe ser un mapa de claves y valores.",
      zh: "{what} 必须是键值映射。",
    },
    fix: {
      en: "Write one `key: value` a line.",
      de: "Je Zeile ein `schlüssel: wert` schreiben.",
      es: "Escriba una `clave: valor` por línea.",
      zh: "每行写一个 `键: 值`。",
    },
  });
}

/** The type of a value in the words a YAML file uses. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "object" ? "mapping" : typeof value;
}

/** One part of a JSON pointer, escaped. */
export function pointerPart(name: string | number): string {
  return `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Whether a value is a mapping, as opposed to a list, a scalar or nothing. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A placeholder that provisioning fills in; its final value is not known. */
export function isFilledLater(value: unknown): boolean {
  return typeof value === "string" && /\$\{|\{\{|^\$[A-Z_]+$|^@[A-Z_]+@$/.test(value);
}

/** Pods and Services in ranges that touch: a pod and a Service can get the same address. Source: https://github.com/k3s-io/k3s/issues/8911 */
export function sharedAddresses(
  pointer: string,
  [pods, services]: readonly [pods: string, services: string],
  [podsKey, servicesKey]: readonly [podsKey: string, servicesKey: string],
): NodeConfigProblem {
  return problem(pointer, "warn", {
    values: { pods, services, podsKey, servicesKey },
    message: {
      en: "Pods ({pods}) and Services ({services}) share addresses: one of each can get the same.",
      de: "Pods ({pods}) und Services ({services}) teilen sich Adressen: je einer kann dieselbe bekommen.",
      es: "Los pods ({pods}) y los Services ({services}) comparten direcciones: uno de cada puede recibir la misma.",
      zh: "Pod（{pods}）与 Service（{services}）的地址段重叠，两者可能得到同一地址。",
    },
    fix: {
      en: "Give {podsKey} and {servicesKey} ranges that do not touch, before the cluster is created.",
      de: "{podsKey} und {servicesKey} getrennte Bereiche geben, bevor der Cluster angelegt wird.",
      es: "Dé a {podsKey} y {servicesKey} rangos separados antes de crear el clúster.",
      zh: "在创建集群之前，为 {podsKey} 与 {servicesKey} 设置互不重叠的网段。",
    },
  });
}
