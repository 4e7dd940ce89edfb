import type { Unchecked } from "#model/plan.ts";
import { type Text, text, type Values } from "#model/text.ts";

/** Why something was not looked at. */
const reasons = {
  "no-schema": {
    en: "YAML without a schema",
    de: "YAML ohne Schema",
    es: "YAML sin esquema",
    zh: "没有对应 schema 的 YAML",
  },
  "too-large": {
    en: "YAML of more than 1 MB",
    de: "YAML von mehr als 1 MB",
    es: "YAML de más de 1 MB",
    zh: "超过 1 MB 的 YAML",
  },
  template: {
    en: "Helm chart template",
    de: "Vorlage eines Helm-Charts",
    es: "plantilla de un chart de Helm",
    zh: "Helm chart 模板",
  },
  chart: {
    en: "what {of} applies: its chart {chart} is not rendered here",
    de: "was {of} anwendet: das Chart {chart} wird hier nicht gerendert",
    es: "lo que aplica {of}: su chart {chart} no se renderiza aquí",
    zh: "{of} 应用的内容：此处不渲染其 chart {chart}",
  },
  "chart-elsewhere": {
    en: "what {of} applies: its chart or values ({chart}) are not in this tree",
    de: "was {of} anwendet: Chart oder Werte ({chart}) liegen nicht in diesem Baum",
    es: "lo que aplica {of}: su chart o sus valores ({chart}) no están en este árbol",
    zh: "{of} 应用的内容：其 chart 或 values（{chart}）不在此目录树中",
  },
  "chart-defaults": {
    en: "what the chart {chart} makes of its own values: it is not rendered here",
    de: "was das Chart {chart} aus seinen eigenen Werten macht: es wird hier nicht gerendert",
    es: "lo que el chart {chart} genera con sus propios valores: no se renderiza aquí",
    zh: "chart {chart} 用默认 values 生成的内容：此处不渲染",
  },
  "chart-refused": {
    en: "what the chart {chart} makes of its values: helm refuses ({reason})",
    de: "was das Chart {chart} aus seinen Werten macht: helm verweigert es ({reason})",
    es: "lo que el chart {chart} genera con sus valores: helm se niega ({reason})",
    zh: "chart {chart} 用这些 values 生成的内容：helm 拒绝渲染（{reason}）",
  },
  feature: {
    en: "kustomize output: {feature} is not rendered here",
    de: "Ausgabe von kustomize: {feature} wird hier nicht gerendert",
    es: "salida de kustomize: {feature} no se renderiza aquí",
    zh: "kustomize 输出：此处不渲染 {feature}",
  },
  fragment: {
    en: "whether {kind} {name} is complete: it looks like a patch that no kustomization here names",
    de: "ob {kind} {name} vollständig ist: sieht aus wie ein Patch, den hier keine Kustomization nennt",
    es: "si {kind} {name} está completo: parece un parche que aquí no nombra ninguna kustomization",
    zh: "{kind} {name} 是否完整：看起来是一个补丁，但此处没有 kustomization 引用它",
  },
  refused: {
    en: "kustomize output: there is none, the build fails ({reason})",
    de: "Ausgabe von kustomize: keine, der Build scheitert ({reason})",
    es: "salida de kustomize: no la hay, la construcción falla ({reason})",
    zh: "kustomize 输出：没有，构建失败（{reason}）",
  },
  "left-out": {
    en: "kustomize output: what {feature} changes in custom resources is left out of account",
    de: "Ausgabe von kustomize: was {feature} an Custom Resources ändert, bleibt unberücksichtigt",
    es: "salida de kustomize: no se tiene en cuenta lo que {feature} cambia en los recursos personalizados",
    zh: "kustomize 输出：未考虑 {feature} 对自定义资源的影响",
  },
  surroundings: {
    en: "what surrounds its node configuration",
    de: "was die Knotenkonfiguration darin umgibt",
    es: "lo que rodea a su configuración de nodo",
    zh: "节点配置以外的内容",
  },
  kustomizations: {
    en: "kustomizations: {message}",
    de: "Kustomizations: {message}",
    es: "kustomizations: {message}",
    zh: "kustomization：{message}",
  },
  rule: {
    en: "rule {rule}: {message}",
    de: "Regel {rule}: {message}",
    es: "regla {rule}: {message}",
    zh: "规则 {rule}：{message}",
  },
  ignored: {
    en: "{rule} ignored at line {line}: {reason}",
    de: "{rule} in Zeile {line} ausgenommen: {reason}",
    es: "{rule} omitida en la línea {line}: {reason}",
    zh: "第 {line} 行忽略 {rule}：{reason}",
  },
  further: {
    en: "{count} further findings of {rule}, not listed",
    de: "{count} weitere Befunde von {rule}, nicht aufgeführt",
    es: "otros {count} hallazgos de {rule}, que no se enumeran",
    zh: "另有 {count} 条 {rule} 的结果，未列出",
  },
  excluded: {
    en: "excluded by edgewright.yaml, files: {count}",
    de: "von edgewright.yaml ausgenommen, Dateien: {count}",
    es: "excluido por edgewright.yaml, archivos: {count}",
    zh: "edgewright.yaml 排除，文件数：{count}",
  },
} satisfies Record<string, Text>;

/** Names what was left unchecked, and why, in every language. */
export function unchecked(path: string, reason: keyof typeof reasons, values: Values = {}): Unchecked {
  const said = text(reasons[reason], values);
  return { path, what: said.en, text: said };
}
