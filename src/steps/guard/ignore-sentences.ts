import { type Text, text } from "#model/text.ts";
import type { Statement } from "./sentences.ts";

/** A suppression that gives no reason is not honoured. */
export function sayNoReason(rule: string): Statement {
  return {
    rule: "IGNORE-01",
    severity: "warn",
    message: text(
      {
        en: "{rule} is not ignored here: the comment gives no reason.",
        de: "{rule} wird hier nicht ignoriert: der Kommentar nennt keinen Grund.",
        es: "{rule} no se ignora aquí: el comentario no da ningún motivo.",
        zh: "此处未忽略 {rule}：注释没有说明原因。",
      },
      { rule },
    ),
    fix: text(
      {
        en: "Write `# edgewright:ignore {rule}: why`.",
        de: "`# edgewright:ignore {rule}: Grund` schreiben.",
        es: "Escriba `# edgewright:ignore {rule}: motivo`.",
        zh: "写成 `# edgewright:ignore {rule}: 原因`。",
      },
      { rule },
    ),
  };
}

const lookUp: Text = {
  en: "Write the id that stands in the finding, such as IMG-01.",
  de: "Die Kennung aus dem Befund schreiben, etwa IMG-01.",
  es: "Escriba el identificador que figura en el hallazgo, por ejemplo IMG-01.",
  zh: "请填写检查结果中的编号，例如 IMG-01。",
};
const useNearest: Text = {
  en: "Write {nearest}.",
  de: "{nearest} schreiben.",
  es: "Escriba {nearest}.",
  zh: "改为 {nearest}。",
};

/** A comment or configuration that names a rule which does not exist changes nothing. */
export function sayUnknownRule(rule: string, nearest: readonly string[]): Statement {
  return {
    rule: "IGNORE-02",
    severity: "warn",
    message: text(
      {
        en: 'There is no rule "{rule}", so nothing is changed by naming it.',
        de: "Eine Regel „{rule}“ gibt es nicht; sie zu nennen ändert nichts.",
        es: "No existe la regla «{rule}»; nombrarla no cambia nada.",
        zh: "没有名为“{rule}”的规则，写在这里不起作用。",
      },
      { rule: rule.slice(0, 60) },
    ),
    fix: text(nearest.length > 0 ? useNearest : lookUp, { nearest: nearest.join(", ") }),
  };
}

/** A suppression nothing needs hides the next real finding. */
export function sayUnusedIgnore(rule: string): Statement {
  return {
    rule: "IGNORE-03",
    severity: "warn",
    message: text(
      {
        en: "{rule} finds nothing here that would have to be ignored.",
        de: "{rule} findet hier nichts, was zu ignorieren wäre.",
        es: "{rule} no encuentra aquí nada que ignorar.",
        zh: "{rule} 在此处没有可忽略的结果。",
      },
      { rule },
    ),
    fix: text(
      {
        en: "Remove the exception, or move it to where {rule} is reported.",
        de: "Die Ausnahme entfernen oder dorthin verschieben, wo {rule} gemeldet wird.",
        es: "Elimine la excepción o muévala adonde se informa {rule}.",
        zh: "删除该例外，或移到报告 {rule} 的位置。",
      },
      { rule },
    ),
  };
}
