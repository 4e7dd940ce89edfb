import type { Decisions, Topic } from "#model/decision.ts";
import { clauses, isDenied } from "./sentences.ts";

/** Something a sentence proposes that this plan must not hold. */
export type Slip = { rule: string; what: string };

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

/** Names a sentence puts to use although the decisions hold something else. */
export function slipsIn(sentence: string, decisions: Decisions): Slip[] {
  const slips: Slip[] = [];
  for (const clause of clauses(sentence)) {
    for (const { name, pattern, topic, choices, unsaid } of components) {
      if (topic && choices?.includes(decisions[topic].choice)) continue;
      // With Dqlite or etcd inside what was chosen, comparing is the usual reason to name it.
      const found = pattern.exec(clause);
      if (!found || isDenied(clause, { loosely: unsaid !== true || topic !== undefined })) continue;
      const before = clause.slice(0, found.index);
      if (!unsaid && !USE.test(before)) continue;
      slips.push({ rule: "DESIGN-01", what: `${name} is not part of this plan` });
    }
    for (const { rule, pattern, what } of forbidden) {
      const found = pattern.exec(clause);
      if (!found) continue;
      const around = `${clause.slice(0, found.index)} ${clause.slice(found.index + found[0].length)}`;
      if (!isDenied(rule === "DESIGN-06" ? around : clause)) slips.push({ rule, what });
    }
  }
  return slips;
}

const place =
  "(?:sites?|clusters?|devices?|edges?|nodes?|stores?|vehicles?|trucks?|Standort\\w*|Cluster\\w*|Geräte?\\w*|Knoten|Filiale\\w*|Fahrzeug\\w*|sitios?|clúster\\w*|dispositivos?|equipos?|nodos?|tiendas?|vehículos?)";

const forbidden: readonly { rule: string; pattern: RegExp; what: string }[] = [
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
      /\b(?:open(?:s|ed|ing)?|expos\w+|forward\w*|publish\w*|allow\w*)\b[^.;]{0,50}\b(?:ports?|API server|kube-?API|Kubernetes API|ssh|NodePort|LoadBalancer|inbound|public IP)\b|\b(?:NodePort|LoadBalancer) (?:service|for)\b|\b(?:öffne\w*|geöffnet|freigeb\w*|freigegeben|exponier\w*|weiterleit\w*|veröffentlich\w*)\b[^.;]{0,50}\b(?:Ports?|API-?Server\w*|SSH|NodePort|LoadBalancer)\b|\b(?:Ports?|API-?Server\w*|SSH)\b[^.;]{0,50}(?:öffne\w*|geöffnet|freigeb\w*|freigegeben|exponier\w*|weitergeleitet|nach außen)|\b(?:abr[aeiu]\w*|expon\w*|public\w*|redirig\w*)\b[^.;]{0,50}\b(?:puertos?|API|SSH|NodePort|LoadBalancer)\b|(?:开放|打开|暴露|放行|映射)[^。；]{0,16}(?:端口|API|SSH|NodePort|LoadBalancer)|(?:端口|API|SSH)[^。；]{0,12}(?:暴露|对外开放|开放给)/i,
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
      /\bproduction[- ](?:ready|grade)\b|\bready for production\b|\bproduktions(?:reif|fertig|bereit)\w*|\b(?:bereit|reif) für (?:den |die )?produkti\w+|\blist[oa]s? para (?:la )?producción|生产就绪|可?直接(?:用于|投入|上)生产|生产级/i,
    what: "a person reviews before use; nothing is called ready for production",
  },
  {
    rule: "DESIGN-06",
    pattern:
      /\b(?:without|no (?:further |human )?|needs no) ?(?:any )?(?:further |human )?review\w*|\bohne (?:weitere |menschliche )?(?:prüfung|durchsicht|review)|\bkeine (?:prüfung|durchsicht) nötig|\bsin (?:más |ninguna )?revisi[oó]n|\bno (?:hace falta|necesita) revisi\w+|(?:无需|不需要|不必)(?:人工)?(?:审核|复核|检查|评审)/i,
    what: "a person reviews before use",
  },
  {
    rule: "DESIGN-07",
    pattern:
      /(?:\b(?:disabl\w+|turn(?:s|ing)? off|switch(?:es)? off|abschalt\w*|ausschalt\w*|deaktivier\w*|desactiv\w+|deshabilit\w+)\b|关闭|停用|禁用)[^.;。；]{0,40}(?:\b(?:RBAC|NetworkPolic\w+|encryption|Verschlüsselung|cifrado|Secure Boot|firewall|signature|Signatur\w*|firma|TLS|audit|admission)\b|加密|防火墙|签名|审计)|(?:\b(?:RBAC|NetworkPolic\w+|encryption|Verschlüsselung|Secure Boot|Firewall|Signaturprüfung|TLS)\b)[^.;]{0,30}\b(?:abschalt\w*|abgeschaltet|ausgeschaltet|deaktivier\w*)|\bprivileged (?:containers?|pods?|mode)\b|\bchmod 777\b/i,
    what: "what protects a device is not switched off",
  },
];
