import type { RemovedApi } from "#catalogue/removed-apis.ts";
import type { Finding } from "#model/plan.ts";
import type { Violation } from "#model/schema.ts";
import { type Text, text } from "#model/text.ts";

/** What a finding says, before it has a place. */
export type Statement = Pick<Finding, "rule" | "severity" | "message" | "fix"> & { source?: string };

/** Ids of findings that no file of the shelf `rules/` stands for. */
export const ownRules = [
  ...["SCHEMA-01", "SCHEMA-02", "SCHEMA-03", "SCHEMA-04", "SCHEMA-05", "SCHEMA-06"],
  ...["API-01", "NODE-01", "NODE-02", "NODE-03", "IGNORE-01", "IGNORE-02", "IGNORE-03"],
];

type Sentence = { message: Text; fix: Text };

const removeOrRename: Text = {
  en: "Write {nearest}, or remove it.",
  de: "{nearest} schreiben oder das Feld entfernen.",
  es: "Escriba {nearest} o elimínelo.",
  zh: "改为 {nearest}，或删除该字段。",
};
const remove: Text = {
  en: "Remove it, or move it to where the schema has it.",
  de: "Das Feld entfernen oder dorthin verschieben, wo das Schema es kennt.",
  es: "Elimínelo o muévalo adonde el esquema lo admite.",
  zh: "删除该字段，或移到架构允许的位置。",
};

const lookUp: Text = {
  en: "Look up the kind and its apiVersion.",
  de: "Kind und apiVersion nachschlagen.",
  es: "Consulte el kind y su apiVersion.",
  zh: "请核对 kind 及其 apiVersion。",
};

const violations: Record<Violation["code"], Sentence & { rule: string }> = {
  unknown: {
    rule: "SCHEMA-01",
    message: {
      en: "{kind} has no field {place} ({release}).",
      de: "{kind} hat kein Feld {place} ({release}).",
      es: "{kind} no tiene el campo {place} ({release}).",
      zh: "{kind} 没有字段 {place}（{release}）。",
    },
    fix: remove,
  },
  type: {
    rule: "SCHEMA-02",
    message: {
      en: "{place} of {kind} must be of type {expected}, not {found} ({release}).",
      de: "{place} von {kind} muss vom Typ {expected} sein, nicht {found} ({release}).",
      es: "{place} de {kind} debe ser de tipo {expected}, no {found} ({release}).",
      zh: "{kind} 的 {place} 类型应为 {expected}，而不是 {found}（{release}）。",
    },
    fix: {
      en: "Give {place} a value of type {expected}.",
      de: "{place} einen Wert vom Typ {expected} geben.",
      es: "Asigne a {place} un valor de tipo {expected}.",
      zh: "把 {place} 改成 {expected} 类型的值。",
    },
  },
  required: {
    rule: "SCHEMA-03",
    message: {
      en: "{kind} needs {place} ({release}).",
      de: "{kind} braucht {place} ({release}).",
      es: "{kind} necesita {place} ({release}).",
      zh: "{kind} 缺少必填字段 {place}（{release}）。",
    },
    fix: {
      en: "Add {place}.",
      de: "{place} ergänzen.",
      es: "Añada {place}.",
      zh: "补上 {place}。",
    },
  },
  value: {
    rule: "SCHEMA-04",
    message: {
      en: "{place} of {kind} cannot be {value} ({release}).",
      de: "{place} von {kind} kann nicht {value} sein ({release}).",
      es: "{place} de {kind} no puede ser {value} ({release}).",
      zh: "{kind} 的 {place} 不能是 {value}（{release}）。",
    },
    fix: {
      en: "Allowed: {expected}.",
      de: "Erlaubt: {expected}.",
      es: "Se admite: {expected}.",
      zh: "允许的值：{expected}。",
    },
  },
  "one-of": {
    rule: "SCHEMA-06",
    message: {
      en: "{kind} needs one of {fields} ({release}).",
      de: "{kind} braucht eines von {fields} ({release}).",
      es: "{kind} necesita uno de {fields} ({release}).",
      zh: "{kind} 需要 {fields} 之一（{release}）。",
    },
    fix: {
      en: "Add one of {fields}.",
      de: "Eines von {fields} ergänzen.",
      es: "Añada uno de {fields}.",
      zh: "补上 {fields} 之一。",
    },
  },
  exclusive: {
    rule: "SCHEMA-06",
    message: {
      en: "{fields} of {kind} exclude each other ({release}).",
      de: "{fields} von {kind} schließen sich aus ({release}).",
      es: "{fields} de {kind} se excluyen entre sí ({release}).",
      zh: "{kind} 的 {fields} 互斥（{release}）。",
    },
    fix: {
      en: "Keep one of {fields}.",
      de: "Nur eines von {fields} behalten.",
      es: "Conserve solo uno de {fields}.",
      zh: "{fields} 只保留一个。",
    },
  },
  needed: {
    rule: "SCHEMA-06",
    message: {
      en: "With {when} as it is, {kind} needs {place} ({release}).",
      de: "So wie {when} gesetzt ist, braucht {kind} {place} ({release}).",
      es: "Con {when} tal como está, {kind} necesita {place} ({release}).",
      zh: "按当前的 {when}，{kind} 需要 {place}（{release}）。",
    },
    fix: {
      en: "Add {place}, or change {when}.",
      de: "{place} ergänzen oder {when} ändern.",
      es: "Añada {place} o cambie {when}.",
      zh: "补上 {place}，或修改 {when}。",
    },
  },
  misplaced: {
    rule: "SCHEMA-06",
    message: {
      en: "With {when} as it is, {kind} cannot have {place} ({release}).",
      de: "So wie {when} gesetzt ist, darf {kind} kein {place} haben ({release}).",
      es: "Con {when} tal como está, {kind} no puede tener {place} ({release}).",
      zh: "按当前的 {when}，{kind} 不能有 {place}（{release}）。",
    },
    fix: {
      en: "Remove {place}, or change {when}.",
      de: "{place} entfernen oder {when} ändern.",
      es: "Elimine {place} o cambie {when}.",
      zh: "删除 {place}，或修改 {when}。",
    },
  },
  kind: {
    rule: "SCHEMA-05",
    message: {
      en: "No API serves {wrong} ({release}).",
      de: "Keine API bedient {wrong} ({release}).",
      es: "Ninguna API sirve {wrong} ({release}).",
      zh: "没有任何 API 提供 {wrong}（{release}）。",
    },
    fix: {
      en: "Use {expected}.",
      de: "{expected} verwenden.",
      es: "Use {expected}.",
      zh: "改用 {expected}。",
    },
  },
};

/** A JSON pointer as people write a field: `spec.containers[0].image`. */
export function placeOf(pointer: string, field?: string | number): string {
  const parts = pointer.split("/").slice(1);
  if (field !== undefined) parts.push(String(field));
  return parts
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join("");
}

/** What a schema violation says, in every language. */
export function sayViolation(violation: Violation, kind: string, release: Text): Statement {
  const { code, pointer } = violation;
  const { rule, message, fix } = violations[code];
  const { kind: wrong = "", fields = "", when = "", ...rest } = violation.values;
  // These point at the object, and name the field in it.
  const inside = ["required", "needed", "misplaced"].includes(code) ? rest.field : undefined;
  const within = (names: string) => names.split(", ").map((name) => placeOf(pointer, name));
  const values = {
    ...rest,
    kind,
    wrong,
    release,
    place: placeOf(pointer, inside),
    fields: within(String(fields)).join(", "),
    when: within(String(when)).join(", "),
  };
  return {
    rule,
    severity: "block",
    message: text(message, values),
    fix: text(fixOf(violation) ?? fix, values),
  };
}

/** Where what was meant is known, or nothing near it is, the fix says so. */
function fixOf({ code, values }: Violation): Text | undefined {
  if (code === "unknown" && values.nearest !== "") return removeOrRename;
  return code === "kind" && values.expected === "" ? lookUp : undefined;
}

/** A sentence about a file that is right by itself, and wrong as a build target makes it. */
export function withTarget(message: Text, target: string | undefined): Text {
  if (target === undefined) return message;
  return text(
    {
      en: "{message} The build of {target} makes it so.",
      de: "{message} So wird es erst durch den Build von {target}.",
      es: "{message} Así lo deja la construcción de {target}.",
      zh: "{message}（由 {target} 的构建造成。）",
    },
    { message, target: target === "" ? "." : target },
  );
}

/** What a removed API version says. */
export function sayRemoved(api: RemovedApi, kind: string): Statement {
  const values = { kind, apiVersion: api.apiVersion, by: api.by, since: api.since, instead: api.instead };
  return {
    rule: "API-01",
    severity: api.severity,
    source: api.source,
    message: text(
      {
        en: "{apiVersion} {kind} was removed in {by} {since}.",
        de: "{apiVersion} {kind} wurde mit {by} {since} entfernt.",
        es: "{apiVersion} {kind} se eliminó en {by} {since}.",
        zh: "{apiVersion} {kind} 已在 {by} {since} 中移除。",
      },
      values,
    ),
    fix: text(
      api.instead === ""
        ? {
            en: "Remove it; nothing replaces it one to one.",
            de: "Entfernen; es gibt keinen direkten Ersatz.",
            es: "Elimínelo; no tiene un sustituto directo.",
            zh: "删除它；没有一对一的替代。",
          }
        : {
            en: "Use {instead}, and check its fields.",
            de: "{instead} verwenden und die Felder prüfen.",
            es: "Use {instead} y revise sus campos.",
            zh: "改用 {instead}，并核对其字段。",
          },
      values,
    ),
  };
}

/** Node configuration inside another file that cannot be read. */
export function sayUnreadable(file: string): Statement {
  return {
    rule: "NODE-03",
    severity: "block",
    message: text(
      {
        en: "{file} inside this file is not valid YAML.",
        de: "{file} in dieser Datei ist kein gültiges YAML.",
        es: "{file}, dentro de este archivo, no es YAML válido.",
        zh: "此文件内的 {file} 不是有效的 YAML。",
      },
      { file },
    ),
    fix: text(
      {
        en: "Correct the YAML of {file}.",
        de: "Das YAML von {file} korrigieren.",
        es: "Corrija el YAML de {file}.",
        zh: "修正 {file} 的 YAML。",
      },
      { file },
    ),
  };
}
