import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import type { After, Site } from "./site.ts";

type Engine = "flux" | "argocd" | "none";
type EngineSite = After<"distribution" | "topology">;

/** Memory of the node the engine runs on: of the added server where there is one, else of the weakest device. */
export function engineMiB(site: EngineSite): number {
  return site.topology === "site-server" ? 2048 : site.memoryMiB;
}

/** A hub that pushes is never built, but it says which engine a team knows. */
function wantsArgocd(site: Site): boolean {
  if (site.answers.gitops === "argocd") return true;
  return site.answers.gitops === "auto" && site.wishes.has("argocd-hub");
}

/** Section 10: which agent pulls on a site. */
export const gitops: Family<Engine, EngineSite> = {
  hangsOn: ["memoryMiB", "gitops", "nodesPerSite", "distro", "wishes"],
  rows: [
    {
      id: "G1",
      when: (site) => site.distribution === "none" || engineMiB(site) < site.facts.engines.flux.minimumMiB,
      choice: "none",
      reason: (site) =>
        text(
          {
            en: "{mib} MiB leaves no room for an agent: the manifests travel in the device image, which the device pulls itself.",
            de: "{mib} MiB lassen keinen Platz für einen Agenten: Die Manifeste reisen im Geräte-Image, das sich das Gerät selbst holt.",
            es: "{mib} MiB no dejan sitio para un agente: los manifiestos viajan en la imagen, que el dispositivo descarga por sí mismo.",
            zh: "{mib} MiB 容不下代理：清单随设备镜像下发，由设备自行拉取。",
          },
          { mib: site.memoryMiB },
        ),
      sources: [sources.k0sRequirements, sources.judgement],
    },
    {
      id: "G3",
      when: (site) => wantsArgocd(site) && engineMiB(site) >= site.facts.engines.argocd.minimumMiB,
      choice: "argocd",
      reason: {
        en: "You named it, and 4 GB carries its core set with explicit requests and limits, one instance inside each site.",
        de: "Ausdrücklich gewünscht, und 4 GB tragen den Kern mit expliziten Requests und Limits, eine Instanz in jedem Standort.",
        es: "Usted lo indicó, y 4 GB soportan su núcleo con requests y limits explícitos, una instancia en cada sitio.",
        zh: "这是明确指定的选择；4 GB 可承载其核心组件（显式设置 requests 和 limits），每站点一个实例。",
      },
      sources: [sources.argocd, sources.argocdOperator],
    },
    {
      id: "G2",
      when: (site) => engineMiB(site) < site.facts.engines.argocd.minimumMiB,
      choice: "flux",
      reason: {
        en: "source-controller and kustomize-controller request 128 MiB together, and pull from inside the site.",
        de: "source-controller und kustomize-controller fordern zusammen 128 MiB an und holen von innen aus dem Standort.",
        es: "source-controller y kustomize-controller solicitan 128 MiB en total y descargan desde dentro del sitio.",
        zh: "source-controller 和 kustomize-controller 合计申请 128 MiB，从站点内部主动拉取。",
      },
      sources: [sources.flux, sources.fluxBenchmark],
    },
    {
      id: "G5",
      when: always,
      choice: "flux",
      reason: {
        en: "One agent per site pulls from inside, reads OCI artifacts and decrypts SOPS by itself, at 128 MiB requested.",
        de: "Ein Agent je Standort holt von innen, liest OCI-Artefakte und entschlüsselt SOPS selbst, bei 128 MiB Anforderung.",
        es: "Un agente por sitio descarga desde dentro, lee artefactos OCI y descifra SOPS por sí mismo, con 128 MiB solicitados.",
        zh: "每站点一个代理从内部拉取，可读 OCI 制品并自行解密 SOPS，仅申请 128 MiB。",
      },
      sources: [sources.flux, sources.fluxBenchmark],
    },
  ],
  whyNot: {
    flux: {
      why: (site) =>
        site.distribution === "none" || engineMiB(site) < 2048
          ? {
              en: "Flux needs a cluster with about 2 GB a node; measured peaks are 49 and 134 MiB at 100 objects.",
              de: "Flux braucht einen Cluster mit rund 2 GB je Knoten; gemessene Spitzen sind 49 und 134 MiB bei 100 Objekten.",
              es: "Flux necesita un clúster con unos 2 GB por nodo; los picos medidos son 49 y 134 MiB con 100 objetos.",
              zh: "Flux 需要每节点约 2 GB 的集群；100 个对象时实测峰值为 49 和 134 MiB。",
            }
          : {
              en: "Fits too, at about a quarter of the memory; Argo CD was asked for.",
              de: "Passt ebenfalls, mit etwa einem Viertel des Speichers; gewünscht war Argo CD.",
              es: "También cabe, con una cuarta parte de la memoria; se pidió Argo CD.",
              zh: "同样可行，内存约为四分之一；但指定的是 Argo CD。",
            },
      source: sources.fluxBenchmark,
    },
    argocd: {
      why: (site) =>
        engineMiB(site) < 4096
          ? {
              en: "Publishes no footprint; operator defaults of the core set request 1,920 MiB. From 4 GB on.",
              de: "Veröffentlicht keinen Speicherbedarf; Operator-Vorgaben des Kerns fordern 1.920 MiB an. Ab 4 GB.",
              es: "No publica su consumo; los valores del operador para el núcleo solicitan 1920 MiB. Desde 4 GB.",
              zh: "未公布内存占用；operator 默认值下核心组件申请 1,920 MiB。4 GB 起。",
            }
          : {
              en: "Fits at 4 GB with limits set; it needs more memory and does not decrypt SOPS itself.",
              de: "Passt ab 4 GB mit gesetzten Limits; es braucht mehr Speicher und entschlüsselt SOPS nicht selbst.",
              es: "Cabe con 4 GB y límites fijados; necesita más memoria y no descifra SOPS por sí mismo.",
              zh: "4 GB 并设置 limits 时可行；但更耗内存，且不能自行解密 SOPS。",
            },
      source: sources.argocdOperator,
    },
  },
};
