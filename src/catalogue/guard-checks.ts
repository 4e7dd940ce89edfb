import type { Severity } from "#model/plan.ts";
import type { Text } from "#model/text.ts";

/** What the guard itself checks, beside the rules on the shelf: what each finding is about, and why it matters. */
export type GuardCheck = { id: string; severity: Severity; title: Text; why: Text; source?: string };

const kubernetesApi = "https://kubernetes.io/docs/reference/kubernetes-api/";
const nodeOptions = "https://docs.k3s.io/cli/server";

export const guardChecks: readonly GuardCheck[] = [
  {
    id: "SCHEMA-01",
    severity: "block",
    title: {
      en: "A field the kind does not have",
      de: "Ein Feld, das es in diesem Kind nicht gibt",
      es: "Un campo que el kind no tiene",
      zh: "该 kind 没有的字段",
    },
    why: {
      en: "The API server drops it or refuses the object, and what was meant never happens.",
      de: "Der API-Server verwirft es oder lehnt das Objekt ab, und was gemeint war, geschieht nie.",
      es: "El servidor de la API lo descarta o rechaza el objeto, y lo que se quería nunca ocurre.",
      zh: "API server 会丢弃它或拒绝整个对象，本来想要的效果不会发生。",
    },
    source: kubernetesApi,
  },
  {
    id: "SCHEMA-02",
    severity: "block",
    title: {
      en: "A value of the wrong type",
      de: "Ein Wert vom falschen Typ",
      es: "Un valor del tipo equivocado",
      zh: "类型不对的值",
    },
    why: {
      en: "The API server refuses the object, and everything that is applied with it waits.",
      de: "Der API-Server lehnt das Objekt ab, und alles, was mit ihm angewendet wird, wartet.",
      es: "El servidor de la API rechaza el objeto, y todo lo que se aplica con él espera.",
      zh: "API server 会拒绝该对象，与它一同应用的内容都会被卡住。",
    },
    source: kubernetesApi,
  },
  {
    id: "SCHEMA-03",
    severity: "block",
    title: {
      en: "A required field is missing",
      de: "Ein Pflichtfeld fehlt",
      es: "Falta un campo obligatorio",
      zh: "缺少必填字段",
    },
    why: {
      en: "Without it the API server refuses the object.",
      de: "Ohne dieses Feld lehnt der API-Server das Objekt ab.",
      es: "Sin él, el servidor de la API rechaza el objeto.",
      zh: "缺少它，API server 会拒绝该对象。",
    },
    source: kubernetesApi,
  },
  {
    id: "SCHEMA-04",
    severity: "block",
    title: {
      en: "A value that is not allowed",
      de: "Ein Wert, der nicht erlaubt ist",
      es: "Un valor que no se admite",
      zh: "不允许的值",
    },
    why: {
      en: "It lies outside what the field takes: the API server or the controller refuses it.",
      de: "Er liegt außerhalb dessen, was das Feld annimmt: API-Server oder Controller lehnen ihn ab.",
      es: "Está fuera de lo que el campo acepta: el servidor de la API o el controlador lo rechazan.",
      zh: "超出该字段可接受的范围：API server 或控制器会拒绝它。",
    },
    source: kubernetesApi,
  },
  {
    id: "SCHEMA-05",
    severity: "block",
    title: {
      en: "A kind that no API serves",
      de: "Ein Kind, das keine API bedient",
      es: "Un kind que ninguna API sirve",
      zh: "没有任何 API 提供的 kind",
    },
    why: {
      en: "The cluster does not know what this object is.",
      de: "Der Cluster weiß nicht, was dieses Objekt ist.",
      es: "El clúster no sabe qué es este objeto.",
      zh: "集群不知道这个对象是什么。",
    },
    source: kubernetesApi,
  },
  {
    id: "SCHEMA-06",
    severity: "block",
    title: {
      en: "Fields that do not go together",
      de: "Felder, die nicht zusammenpassen",
      es: "Campos que no van juntos",
      zh: "不能同时使用的字段",
    },
    why: {
      en: "Each of them is known, but not in this company: the API server or the controller refuses the object.",
      de: "Jedes von ihnen ist bekannt, aber nicht in dieser Gesellschaft: API-Server oder Controller lehnen das Objekt ab.",
      es: "Cada uno es conocido, pero no en esta compañía: el servidor de la API o el controlador rechazan el objeto.",
      zh: "每个字段都存在，但不能这样组合：API server 或控制器会拒绝该对象。",
    },
    source: kubernetesApi,
  },
  {
    id: "API-01",
    severity: "block",
    title: {
      en: "An API version that was removed",
      de: "Eine entfernte API-Version",
      es: "Una versión de API eliminada",
      zh: "已被移除的 API 版本",
    },
    why: {
      en: "A cluster of a current release answers “no matches for kind”, and the site keeps its old state.",
      de: "Ein aktueller Cluster antwortet mit „no matches for kind“, und der Standort behält seinen alten Stand.",
      es: "Un clúster actual responde «no matches for kind» y el sitio conserva su estado anterior.",
      zh: "当前版本的集群会回答 “no matches for kind”，站点停留在旧状态。",
    },
    source: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
  },
  {
    id: "NODE-01",
    severity: "block",
    title: {
      en: "Node configuration the distribution refuses",
      de: "Knotenkonfiguration, die die Distribution ablehnt",
      es: "Configuración de nodo que la distribución rechaza",
      zh: "发行版会拒绝的节点配置",
    },
    why: {
      en: "The node does not come up with it, and nobody is there to correct it.",
      de: "Der Knoten startet damit nicht, und niemand ist vor Ort, um es zu berichtigen.",
      es: "El nodo no arranca con ella y no hay nadie allí para corregirla.",
      zh: "节点无法以此启动，而现场没有人可以修正。",
    },
    source: nodeOptions,
  },
  {
    id: "NODE-02",
    severity: "warn",
    title: {
      en: "Node configuration to look at",
      de: "Knotenkonfiguration, die geprüft werden sollte",
      es: "Configuración de nodo que conviene revisar",
      zh: "需要留意的节点配置",
    },
    why: {
      en: "The node starts with it, but not everything works as it was probably meant.",
      de: "Der Knoten startet damit, aber nicht alles läuft so, wie es wohl gemeint war.",
      es: "El nodo arranca con ella, pero no todo funciona como seguramente se quería.",
      zh: "节点可以启动，但可能与预期不符。",
    },
    source: nodeOptions,
  },
  {
    id: "NODE-03",
    severity: "block",
    title: {
      en: "Node configuration that cannot be read",
      de: "Knotenkonfiguration, die nicht lesbar ist",
      es: "Configuración de nodo que no se puede leer",
      zh: "无法读取的节点配置",
    },
    why: {
      en: "A file that first boot writes is no YAML, so the node starts without it or not at all.",
      de: "Eine Datei, die der erste Start schreibt, ist kein YAML: der Knoten startet ohne sie oder gar nicht.",
      es: "Un archivo que se escribe en el primer arranque no es YAML: el nodo arranca sin él o no arranca.",
      zh: "首次启动写入的文件不是 YAML：节点会在没有它的情况下启动，或根本无法启动。",
    },
    source: nodeOptions,
  },
  {
    id: "IGNORE-01",
    severity: "warn",
    title: {
      en: "A suppression without a reason",
      de: "Eine Ausnahme ohne Grund",
      es: "Una excepción sin motivo",
      zh: "没有说明原因的忽略",
    },
    why: {
      en: "Whoever reads it next year cannot tell whether it still holds.",
      de: "Wer es nächstes Jahr liest, kann nicht erkennen, ob es noch gilt.",
      es: "Quien la lea el año que viene no sabrá si sigue siendo válida.",
      zh: "明年再看到它的人无法判断它是否仍然成立。",
    },
  },
  {
    id: "IGNORE-02",
    severity: "warn",
    title: {
      en: "A suppression of a rule that does not exist",
      de: "Eine Ausnahme für eine Regel, die es nicht gibt",
      es: "Una excepción para una regla que no existe",
      zh: "忽略了一条不存在的规则",
    },
    why: {
      en: "It changes nothing, and whoever wrote it believes that it does.",
      de: "Sie ändert nichts, und wer sie geschrieben hat, glaubt das Gegenteil.",
      es: "No cambia nada, y quien la escribió cree que sí.",
      zh: "它不起作用，而写下它的人以为起作用。",
    },
  },
  {
    id: "IGNORE-03",
    severity: "warn",
    title: {
      en: "A suppression that nothing needs",
      de: "Eine Ausnahme, die nichts mehr braucht",
      es: "Una excepción que ya no hace falta",
      zh: "不再需要的忽略",
    },
    why: {
      en: "It would hide the next finding, which nobody has judged yet.",
      de: "Sie würde den nächsten Befund verdecken, den noch niemand beurteilt hat.",
      es: "Ocultaría el próximo hallazgo, que nadie ha valorado todavía.",
      zh: "它会掩盖下一个尚未有人判断过的问题。",
    },
  },
];
