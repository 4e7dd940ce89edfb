import { sources } from "#catalogue/sources.ts";
import { always, type Family } from "./rules.ts";
import type { After } from "./site.ts";

type Secrets = "sops" | "sealed-secrets" | "external-secrets" | "image";
type SecretSite = After<"gitops">;

/** The backend of an ExternalSecret has to be reachable at least now and then (C48). */
export function canUseExternalSecrets(site: SecretSite): boolean {
  return site.gitops !== "none" && site.answers.network !== "air-gapped";
}

function wantsExternal(site: SecretSite): boolean {
  return site.wishes.has("external-secrets") || site.wishes.has("vault");
}

/** How secrets reach a site: never in clear in the tree, never one key for the fleet. */
export const secrets: Family<Secrets, SecretSite> = {
  hangsOn: ["gitops", "network", "memoryMiB", "wishes"],
  rows: [
    {
      id: "G1",
      when: (site) => site.gitops === "none",
      choice: "image",
      reason: {
        en: "No agent decrypts on the node: a secret per site is written beside the image when the device is set up.",
        de: "Auf dem Knoten entschlüsselt kein Agent: Ein Geheimnis je Standort wird beim Einrichten neben das Image geschrieben.",
        es: "Ningún agente descifra en el nodo: un secreto por sitio se escribe junto a la imagen al preparar el dispositivo.",
        zh: "节点上没有负责解密的代理：装机时把每站点一个的密钥写到镜像旁。",
      },
      sources: [sources.judgement],
    },
    {
      id: "G5",
      when: (site) => site.wishes.has("sealed-secrets"),
      choice: "sealed-secrets",
      reason: {
        en: "You named it: a controller and a key pair per cluster, renewed every 30 days; never one pair for the fleet.",
        de: "Ausdrücklich gewünscht: ein Controller und ein Schlüsselpaar je Cluster, alle 30 Tage erneuert; nie eines für die ganze Flotte.",
        es: "Usted lo indicó: un controlador y un par de claves por clúster, renovado cada 30 días; nunca uno para toda la flota.",
        zh: "这是明确指定的选择：每个集群一个控制器和一对密钥，每 30 天更新；绝不全设备群共用。",
      },
      sources: [sources.sealedSecrets],
    },
    {
      id: "G5",
      when: (site) => wantsExternal(site) && canUseExternalSecrets(site),
      choice: "external-secrets",
      reason: {
        en: "Your secret store stays the source; what was synced stays on the site while the link is down.",
        de: "Der vorhandene Secret-Speicher bleibt die Quelle; Synchronisiertes bleibt am Standort, wenn die Leitung fehlt.",
        es: "Su almacén de secretos sigue siendo la fuente; lo ya sincronizado permanece en el sitio sin enlace.",
        zh: "仍以现有密钥库为源；断网期间已同步的内容保留在站点。",
      },
      sources: [sources.externalSecrets],
    },
    {
      id: "G5",
      when: (site) => site.gitops === "flux",
      choice: "sops",
      reason: {
        en: "Built into Flux: kustomize-controller decrypts with an age key per site, no further pod.",
        de: "In Flux eingebaut: Der kustomize-controller entschlüsselt mit einem age-Schlüssel je Standort, ohne weiteren Pod.",
        es: "Integrado en Flux: kustomize-controller descifra con una clave age por sitio, sin más pods.",
        zh: "Flux 内置：kustomize-controller 用每站点一个的 age 密钥解密，无需额外 Pod。",
      },
      sources: [sources.fluxSops],
    },
    {
      id: "G3",
      when: always,
      choice: "sealed-secrets",
      reason: {
        en: "Argo CD does not decrypt SOPS; Sealed Secrets unseals inside the cluster and works offline.",
        de: "Argo CD entschlüsselt kein SOPS; Sealed Secrets öffnet im Cluster und funktioniert offline.",
        es: "Argo CD no descifra SOPS; Sealed Secrets abre dentro del clúster y funciona sin conexión.",
        zh: "Argo CD 不解密 SOPS；Sealed Secrets 在集群内解封，断网可用。",
      },
      sources: [sources.argocdSecrets, sources.sealedSecrets],
    },
  ],
  whyNot: {
    sops: {
      when: (site) => site.gitops !== "none",
      why: (site) =>
        site.gitops === "flux"
          ? {
              en: "Fits and is built in; the other way was asked for.",
              de: "Passt und ist eingebaut; gewünscht war der andere Weg.",
              es: "Encaja y viene integrado; se pidió la otra vía.",
              zh: "可行且为内置功能；但指定的是另一方式。",
            }
          : {
              en: "Argo CD decrypts it only with a plugin, and advises against secrets injected while manifests are made.",
              de: "Argo CD entschlüsselt es nur per Plugin und rät davon ab, Secrets beim Erzeugen der Manifeste einzusetzen.",
              es: "Argo CD solo lo descifra con un plugin y desaconseja inyectar secretos al generar manifiestos.",
              zh: "Argo CD 只能借助插件解密，并且不建议在生成清单时注入密钥。",
            },
      source: sources.argocdSecrets,
    },
    "sealed-secrets": {
      when: (site) => site.gitops !== "none",
      why: {
        en: "Adds a controller per site and keys that renew every 30 days; secrets have to be sealed again for each cluster.",
        de: "Bringt je Standort einen Controller und alle 30 Tage neue Schlüssel; Secrets sind für jeden Cluster eigens zu versiegeln.",
        es: "Añade un controlador por sitio y claves que se renuevan cada 30 días; los secretos se sellan para cada clúster.",
        zh: "每站点多一个控制器，密钥每 30 天更新；须为每个集群分别封装。",
      },
      source: sources.sealedSecrets,
    },
    "external-secrets": {
      when: (site) => site.gitops !== "none",
      why: {
        en: "New and rotated secrets need the backend online; three more containers per site.",
        de: "Neue und rotierte Secrets brauchen das Backend online; drei weitere Container je Standort.",
        es: "Los secretos nuevos y rotados necesitan el backend en línea; tres contenedores más por sitio.",
        zh: "新增和轮换密钥要求后端在线；每站点多三个容器。",
      },
      source: sources.externalSecrets,
    },
  },
};
