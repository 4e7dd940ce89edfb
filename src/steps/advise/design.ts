import type { Decisions, Topic } from "#model/decision.ts";
import { clauses, isDenied } from "./sentences.ts";

/** Something a sentence proposes that this plan must not hold. */
export type Slip = { rule: string; what: string; remedy: "mark" | "drop" };

type Component = {
  name: string;
  pattern: RegExp;
  /** Chosen here, so that a sentence may speak for it. */
  topic?: Topic;
  choices?: readonly string[];
  /** Named at all, unless it is denied; otherwise only where a sentence puts it to use. */
  unsaid?: boolean;
};

const components: readonly Component[] = [
  { name: "etcd", pattern: /(?<![\w-])etcd(?![\w-])/i, topic: "datastore", choices: ["etcd"], unsaid: true },
  { name: "Dqlite", pattern: /\bdqlite\b/i, topic: "datastore", choices: ["dqlite"], unsaid: true },
  {
    name: "a service mesh",
    pattern:
      /\b(?:service[- ]mesh\w*|istio\w*|linkerd\w*|consul connect|kuma mesh|ambient mesh|malla de servicios?)\b|服务网格/i,
    unsaid: true,
  },
  { name: "Longhorn", pattern: /\b(?:longhorn|rook|ceph)\b/i, unsaid: true },
  { name: "SQLite", pattern: /\bsqlite\b/i, topic: "datastore", choices: ["sqlite"] },
  { name: "K3s", pattern: /\bk3s\b/i, topic: "distribution", choices: ["k3s"] },
  { name: "k0s", pattern: /\bk0s\b/i, topic: "distribution", choices: ["k0s"] },
  { name: "MicroK8s", pattern: /\bmicrok8s\b/i, topic: "distribution", choices: ["microk8s"] },
  { name: "kubeadm", pattern: /\b(?:kubeadm|rke2|talos|openshift|kubeedge|openyurt)\b/i },
  { name: "Flux", pattern: /\bflux(?:\s?cd)?\b/i, topic: "gitops", choices: ["flux"] },
  { name: "Argo CD", pattern: /\bargo\s?-?cd\b/i, topic: "gitops", choices: ["argocd"] },
  { name: "Kairos", pattern: /\bkairos\b/i, topic: "os", choices: ["kairos"] },
  { name: "Flatcar", pattern: /\bflatcar\b/i, topic: "os", choices: ["flatcar"] },
  { name: "Metal3", pattern: /\bmetal3\b/i, topic: "provisioning", choices: ["metal3"] },
  { name: "Tinkerbell", pattern: /\btinkerbell\b/i, topic: "provisioning", choices: ["tinkerbell"] },
  {
    name: "Sealed Secrets",
    pattern: /\bsealed[- ]secrets?\b/i,
    topic: "secrets",
    choices: ["sealed-secrets"],
  },
  {
    name: "External Secrets",
    pattern: /\bexternal[- ]secrets?\b/i,
    topic: "secrets",
    choices: ["external-secrets"],
  },
];

// A verb of use, then the name, in one clause and near each other.
const USE =
  /(?:\b(?:us(?:e|es|ing)|runs?|running|deploys?|installs?|adopts?|adds?|enables?|picks?|chooses?|switch(?:es)? to|moves? to|migrates? to|recommends?|nutz\w*|verwende\w*|betreib\w*|setzt auf|installier\w*|ergänz\w*|aktivier\w*|wechsel\w* (?:zu|auf)|empfehl\w*|us[ae]n?|utiliza\w*|ejecuta\w*|instala\w*|despliega\w*|adopta\w*|añad\w+|activa\w*|cambi\w+ a|migr\w+ a|recomienda\w*)|使用|采用|运行|部署|安装|启用|改用|切换到|选用|推荐|引入|加上)(?:[^.;:,，；]{0,40})$/i;

/** Beside what was chosen, an alternative may be weighed: "k0s would fit too". */
const WEIGHED =
  /(?<!\p{L})(?:too|as well|also|options?|prefer\p{L}*|Möglichkeit|lieber|opci[oó]n|prefier\p{L}*|advises?|empfiehlt|recomienda|alternativ\p{L}*|could|might|than|like|unlike|auch|ebenfalls|ginge\p{L}*|wäre\p{L}*|könnte\p{L}*|als|auch|también|podr\p{L}*|cabr\p{L}*|servir\p{L}*|ser[ií]a\p{L}*|habr\p{L}*|que)(?!\p{L})|也|同样|建议|若|如果|可以考虑|比/iu;

/** Names a sentence puts to use although the decisions hold something else, and designs that are never right here. */
export function slipsIn(sentence: string, decisions: Decisions): Slip[] {
  const slips: Slip[] = [];
  for (const clause of clauses(sentence)) {
    for (const component of components) {
      const remedy = judge(component, clause, decisions);
      if (remedy)
        slips.push({ rule: "DESIGN-01", what: `${component.name} is not part of this plan`, remedy });
    }
    for (const { rule, pattern, what, unless } of forbidden) {
      const found = pattern.exec(clause);
      if (!found || unless?.(decisions)) continue;
      const around = `${clause.slice(0, found.index)} ${clause.slice(found.index + found[0].length)}`;
      if (!isDenied(selfDenying.has(rule) ? around : clause)) slips.push({ rule, what, remedy: "drop" });
    }
  }
  return slips;
}

/** Designs whose words are a negation themselves: "without review". */
const selfDenying = new Set(["DESIGN-06", "DESIGN-09"]);

/** What becomes of a clause that names something: nothing where it is chosen, denied or weighed. */
function judge(
  { pattern, topic, choices, unsaid }: Component,
  clause: string,
  decisions: Decisions,
): Slip["remedy"] | undefined {
  if (topic && choices?.includes(decisions[topic].choice)) return undefined;
  const found = pattern.exec(clause);
  // A mesh is never weighed; what a topic could have held is, and "needs three servers" is the usual reason to name it.
  if (!found || isDenied(clause, { loosely: topic !== undefined || !unsaid })) return undefined;
  if (unsaid || USE.test(clause.slice(0, found.index))) return "drop";
  return WEIGHED.test(clause) ? undefined : "mark";
}

const place =
  "(?:sites?|clusters?|devices?|edges?|nodes?|stores?|vehicles?|trucks?|Standort\\w*|Cluster\\w*|Geräte?\\w*|Knoten|Filiale\\w*|Fahrzeug\\w*|sitios?|clúster\\w*|dispositivos?|equipos?|nodos?|tiendas?|vehículos?)";

const hub =
  "(?:hub|cent(?:re|er|ral)|central|CI|pipeline|headquarters|HQ|Zentrale|Pipeline|central|canalización)";
const reaches =
  "(?:connects?|logs? in|ssh\\w*|reach\\w*|appl(?:y|ies)|deploys?|installs?|manages?|controls?|drives?|verbinde\\w*|greift|einspiel\\w*|spielt|verwalte\\w*|steuer\\w*|installier\\w*|conecta\\w*|entra|accede\\w*|aplica\\w*|gestiona\\w*|administra\\w*|controla\\w*|despliega\\w*)";

type Forbidden = {
  rule: string;
  pattern: RegExp;
  what: string;
  /** Right where the decisions hold it. */
  unless?: (decisions: Decisions) => boolean;
};

const forbidden: readonly Forbidden[] = [
  {
    rule: "DESIGN-08",
    pattern: new RegExp(
      `\\b${hub}\\b[^.;]{0,60}\\b${reaches}\\b[^.;]{0,60}\\b(?:${place}|trucks?|Lkw|cami[oó]n\\w*|Werke?\\w*|plantas?)|(?:中心|总部|CI|流水线)[^。；]{0,12}(?:连接|登录|下发|管理|控制|部署到|访问)[^。；]{0,10}(?:站点|集群|设备|边缘|节点|门店|车|工厂)|\\bSSH\\b[^.;]{0,40}(?:von außen|from outside|desde fuera|erreichbar|reachable)|SSH[^。；]{0,10}(?:连接|登录)`,
      "i",
    ),
    what: "nothing outside reaches into a site; the site pulls and reports",
  },
  {
    rule: "DESIGN-10",
    pattern:
      /\b(?:k3s|k0s|microk8s|kubernetes)\b[^.;]{0,30}(?:\b(?:encrypts?|verschlüsselt?|cifra)\b|加密)[^.;]{0,30}(?:\b(?:disks?|drives?|(?:fest)?platten?|datenträger|discos?)\b|磁盘|硬盘)/i,
    what: "a distribution does not encrypt disks; the system under it does",
  },
  {
    rule: "DESIGN-11",
    pattern:
      /\bsqlite\b[^.;]{0,30}\b(?:replicates?|repliziert|se replica)\b|\bsqlite\b[^。；]{0,8}(?:节点|server|服务器)[^。；]{0,8}复制/i,
    what: "SQLite is one file on one server and is not replicated",
  },
  {
    rule: "DESIGN-09",
    pattern:
      /\b(?:needs? no|no need for|without|skip) (?:disk )?encryption\b|\b(?:keine|ohne) (?:Fest)?(?:platten)?verschlüsselung\b|\b(?:sin|no (?:necesita\w*|requiere\w*|hace falta)) (?:el )?cifrado\b|(?:无需|不需要|不必)(?:磁盘)?加密/i,
    what: "the disks of this plan are encrypted",
    unless: ({ encryption }) => encryption.choice === "none",
  },
  {
    rule: "DESIGN-02",
    pattern: new RegExp(
      `\\bpush\\w*\\b[^.;]{0,60}\\b(?:to|into|onto|out to)\\b[^.;]{0,30}\\b${place}|\\b(?:to|into|onto)\\b[^.;]{0,30}\\b${place}[^.;]{0,30}\\bpush\\w*|\\b(?:schieb\\w*|push\\w*|spielt|gepusht|pusht)\\b[^.;]{0,60}\\b(?:an|auf|in|zu)\\b[^.;]{0,30}\\b${place}|\\b(?:auf|an|in|zu)\\b[^.;]{0,40}\\b${place}[^.;]{0,30}\\b(?:geschoben|gepusht|aufgespielt)|\\b(?:empuj\\w+|envía\\w* los manifiestos|push)\\b[^.;]{0,60}\\b(?:a|hacia|en)\\b[^.;]{0,30}\\b${place}|推送[^。；]{0,12}(?:到|至|给)[^。；]{0,12}(?:站点|集群|设备|边缘|节点|门店|车辆)|(?:向|往)[^。；]{0,12}(?:站点|集群|设备|边缘|节点|门店|车辆)[^。；]{0,12}推送|kubectl apply[^.;]{0,40}(?:--context|from (?:the )?(?:hub|CI|centre|center)|aus der (?:Zentrale|CI)|desde la central|从中心)`,
      "i",
    ),
    what: "updates are pulled from inside a site, never pushed to it",
  },
  {
    rule: "DESIGN-03",
    pattern:
      /\b(?:open(?:s|ed|ing)?|expos\w+|forward\w*|publish\w*|allow\w*)\b[^.;]{0,50}\b(?:ports?|API server|kube-?API|Kubernetes API|ssh|NodePort|LoadBalancer|inbound|public IP)\b|\b(?:NodePort|LoadBalancer) (?:service|for)\b|(?<![A-Za-z])(?:öffne\w*|geöffnet|freigeb\w*|freigegeben|exponier\w*|weiterleit\w*|veröffentlich\w*)\b[^.;]{0,50}\b(?:Ports?|API-?Server\w*|SSH|NodePort|LoadBalancer)\b|\b(?:Ports?|API-?Server\w*|SSH)\b[^.;]{0,50}(?:öffne\w*|geöffnet|freigeb\w*|freigegeben|exponier\w*|weitergeleitet|nach außen)|\b(?:abr[aeiu]\w*|expon\w*|public\w*|redirig\w*)\b[^.;]{0,50}\b(?:puertos?|API|SSH|NodePort|LoadBalancer)\b|(?:开放|打开|暴露|放行|映射)[^。；]{0,16}(?:端口|API|SSH|NodePort|LoadBalancer)|(?:端口|API|SSH)[^。；]{0,12}(?:暴露|对外开放|开放给|映射)/i,
    what: "no inbound port is open",
  },
  {
    rule: "DESIGN-04",
    pattern:
      /:latest\b|\blatest[- ](?:image )?tags?\b|\b(?:tag|etiqueta|标签)\s*[`"“„«]?latest\b|\blatest[`"”“»]?\s*(?:标签|镜像标签)/i,
    what: "images carry exact tags, never latest",
  },
  {
    rule: "DESIGN-05",
    pattern:
      /\bproduction[- ](?:ready|grade)\b|\bready for production\b|\bproduktions(?:reif|fertig|bereit)\w*|\b(?:bereit|reif) für (?:den |die )?produkti\w+|\blist[oa]s? para (?:la )?producción|\bgo(?:es)? live (?:as is|now|today|right away|unchanged)\b|\b(?:so|sofort|unverändert) in (?:betrieb|produktion) (?:gehen|nehmen)|\b(?:en marcha|en producción) (?:tal cual|ya|de inmediato)|直接(?:上线|投产)|生产就绪|可?直接(?:用于|投入|上)生产|生产级/i,
    what: "a person reviews before use; nothing is called ready for production",
  },
  {
    rule: "DESIGN-06",
    pattern:
      /\b(?:without|no (?:further |human )?|needs no) ?(?:any )?(?:further |human )?review\w*|\bohne (?:weitere |menschliche )?(?:prüfung|durchsicht|review)|\bkeine (?:prüfung|durchsicht) nötig|\bsin (?:más |ninguna )?revisi[oó]n|\bno (?:hace falta|necesita) revisi\w+|\bskip (?:the |any )?review\w*|\bprüfung kann [^.;]{0,20}entfallen|(?:无需|不需要|不必)(?:人工)?(?:审核|复核|检查|评审)/i,
    what: "a person reviews before use",
  },
  {
    rule: "DESIGN-07",
    pattern:
      /(?:\b(?:disabl\w+|turn(?:s|ing)? off|switch(?:es)? off|abschalt\w*|ausschalt\w*|deaktivier\w*|desactiv\w+|deshabilit\w+)\b|关闭|停用|禁用)[^.;。；]{0,40}(?:\b(?:RBAC|NetworkPolic\w+|encryption|Verschlüsselung|cifrado|Secure Boot|firewall|signature|Signatur\w*|firma|TLS|audit|admission)\b|加密|防火墙|签名|审计)|(?:\b(?:RBAC|NetworkPolic\w+|encryption|Verschlüsselung|Secure Boot|Firewall|Signaturprüfung|TLS)\b)[^.;]{0,30}\b(?:abschalt\w*|abgeschaltet|ausgeschaltet|deaktivier\w*)|\bprivileged (?:containers?|pods?|mode)\b|\bchmod 777\b/i,
    what: "what protects a device is not switched off",
  },
];
