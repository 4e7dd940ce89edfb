import type { Decisions } from "#model/decision.ts";
import type { Text } from "#model/text.ts";
import { counted, file, list, paragraph, type Write } from "./context.ts";

const deliveries: Record<Decisions["delivery"]["choice"], Text> = {
  git: {
    en: "Each site polls the Git repository with read-only credentials of its own, every {interval} s. At {sites} sites that stays below the 15 reads a second that a hosted repository allows.",
    de: "Jeder Standort fragt das Git-Repository mit eigenen Nur-Lese-Zugangsdaten alle {interval} s ab. Bei {sites} Standorten bleibt das unter den 15 Lesezugriffen je Sekunde, die ein gehostetes Repository erlaubt.",
    es: "Cada sitio consulta el repositorio Git cada {interval} s con credenciales propias de solo lectura. Con {sites} sitios queda por debajo de las 15 lecturas por segundo que admite un repositorio alojado.",
    zh: "每个站点用自己的只读凭据每 {interval} 秒轮询一次 Git 仓库。{sites} 个站点的总量低于托管仓库每秒 15 次读取的上限。",
  },
  oci: {
    en: "Git is the source for CI only. CI renders each set once, signs it, and pushes one OCI artifact per set and ring; each site pulls that artifact every {interval} s. {sites} sites polling one Git repository would exceed what it allows.",
    de: "Git ist nur für die CI die Quelle. Sie rendert jedes Set einmal, signiert es und legt je Set und Ring ein OCI-Artefakt ab; jeder Standort holt es alle {interval} s. {sites} Standorte an einem Git-Repository wären mehr, als es zulässt.",
    es: "Git es la fuente solo para la CI. Esta renderiza cada conjunto una vez, lo firma y publica un artefacto OCI por conjunto y anillo; cada sitio lo descarga cada {interval} s. {sites} sitios consultando un mismo repositorio Git superarían lo permitido.",
    zh: "Git 只供 CI 使用。CI 把每个 set 渲染一次、签名，并按 set 和发布环推送一个 OCI 制品；每个站点每 {interval} 秒拉取该制品。{sites} 个站点轮询同一个 Git 仓库会超出上限。",
  },
  image: {
    en: "No GitOps agent fits beside the workload, so the manifests travel in the device image. CI renders and bakes them; the device pulls the new image over the air every {interval} s at the earliest. It is still pull, and no inbound port is open.",
    de: "Neben der Anwendung hat kein GitOps-Agent Platz, deshalb reisen die Manifeste im Geräte-Image. Die CI rendert und verpackt sie; das Gerät holt das neue Image frühestens alle {interval} s. Auch das ist Pull, ohne offenen eingehenden Port.",
    es: "Junto a la aplicación no cabe ningún agente GitOps, así que los manifiestos viajan en la imagen del dispositivo. La CI los renderiza e incluye; el dispositivo descarga la imagen nueva como muy pronto cada {interval} s. Sigue siendo pull y sin puertos de entrada.",
    zh: "业务之外放不下 GitOps 代理，因此清单随设备镜像下发。CI 负责渲染并打入镜像；设备最短每 {interval} 秒拉取一次新镜像。仍是拉取模式，无入站端口。",
  },
};

/** Deliverables 5 and 7: how desired state reaches a site, and the file that says so. */
export const gitops: Write = ({ brief, verdict, files }) => {
  const { delivery, gitops: engine } = verdict.decisions;
  const values = { interval: delivery.params.intervalSeconds, sites: brief.answers.sites };
  return {
    id: "gitops",
    title: { en: "GitOps flow", de: "GitOps-Ablauf", es: "Flujo GitOps", zh: "GitOps 流程" },
    parts: [
      paragraph(deliveries[delivery.choice], values),
      list([
        {
          en: "Everything is fetched from inside the site over outgoing HTTPS. NAT and firewalls stay as they are, and there is no port to attack.",
          de: "Alles wird aus dem Standort heraus über ausgehendes HTTPS geholt. NAT und Firewalls bleiben, wie sie sind, und es gibt keinen Port, der sich angreifen ließe.",
          es: "Todo se descarga desde dentro del sitio por HTTPS saliente. NAT y cortafuegos quedan como están y no hay puerto que atacar.",
          zh: "一切都由站点内部通过出站 HTTPS 获取。NAT 和防火墙无需改动，也没有可攻击的端口。",
        },
        {
          en: "A deployment that is interrupted halfway is simply tried again: the agent compares the wanted with the present state until they agree.",
          de: "Ein auf halbem Weg unterbrochenes Deployment wird einfach wiederholt: Der Agent gleicht Soll und Ist ab, bis sie übereinstimmen.",
          es: "Un despliegue interrumpido a medias simplemente se reintenta: el agente compara el estado deseado con el actual hasta que coinciden.",
          zh: "部署中途被打断也只需重试：代理不断对比期望状态与实际状态，直到一致。",
        },
        engine.choice === "none"
          ? undefined
          : {
              en: "Team manifests are applied under a service account with few rights, not with those of the agent itself.",
              de: "Die Manifeste der Teams werden mit einem Service Account mit wenigen Rechten angewendet, nicht mit denen des Agents.",
              es: "Los manifiestos de los equipos se aplican con una cuenta de servicio de pocos permisos, no con los del propio agente.",
              zh: "业务清单以低权限的 ServiceAccount 应用，而不是使用代理自身的权限。",
            },
      ]),
      ...file(files, /^bootstrap\/[^/]+\/.*(sync|root|application)[^/]*\.yaml$/),
    ],
    sources: [...delivery.sources, ...engine.sources],
  };
};

/** Deliverable 6: base and overlays for thousands of clusters. */
export const layout: Write = ({ brief, verdict, files }) => {
  if (verdict.decisions.topology.choice === "image") return undefined;
  const regions = brief.answers.regions.length;
  const devices = brief.answers.deviceTypes.length;
  return {
    id: "layout",
    title: { en: "Base and overlays", de: "Base und Overlays", es: "Base y overlays", zh: "base 与 overlay" },
    parts: [
      paragraph(
        {
          en: "One base, {devices} and {regions} give {sets}, and only sets are built. No site has an overlay of its own: what differs from site to site is one small ConfigMap, written when the device is provisioned.",
          de: "Eine Base, {devices} und {regions} ergeben {sets}, und nur Sets werden gebaut. Kein Standort hat ein eigenes Overlay: Was sich unterscheidet, steht in einer kleinen ConfigMap, die bei der Provisionierung entsteht.",
          es: "Una base, {devices} y {regions} dan {sets}, y solo se construyen conjuntos. Ningún sitio tiene overlay propio: lo que varía está en un pequeño ConfigMap que se escribe al aprovisionar.",
          zh: "一套 base、{devices}和 {regions}组成 {sets}，只构建 set。没有站点拥有自己的 overlay：站点间的差异写在一个小 ConfigMap 中，于设备开通时生成。",
        },
        {
          devices: counted(
            devices,
            { en: "one device type", de: "ein Gerätetyp", es: "un tipo de dispositivo", zh: "1 种设备类型" },
            {
              en: "{count} device types",
              de: "{count} Gerätetypen",
              es: "{count} tipos de dispositivo",
              zh: "{count} 种设备类型",
            },
          ),
          regions: counted(
            regions,
            { en: "one region", de: "eine Region", es: "una región", zh: "1 个区域" },
            { en: "{count} regions", de: "{count} Regionen", es: "{count} regiones", zh: "{count} 个区域" },
          ),
          sets: counted(
            devices * regions,
            { en: "one set", de: "ein Set", es: "un conjunto", zh: "1 个 set" },
            { en: "{count} sets", de: "{count} Sets", es: "{count} conjuntos", zh: "{count} 个 set" },
          ),
        },
      ),
      list([
        {
          en: "`base/` holds each component once, hardened, without any environment in it.",
          de: "`base/` enthält jede Komponente genau einmal, gehärtet und ohne Bezug auf eine Umgebung.",
          es: "`base/` contiene cada componente una sola vez, reforzado y sin nada propio de un entorno.",
          zh: "`base/` 中每个组件只有一份，已加固，不含任何环境信息。",
        },
        {
          en: "`device-types/` and `regions/` are components that change limits, drivers, mirrors and time zones.",
          de: "`device-types/` und `regions/` sind Components, die Limits, Treiber, Mirrors und Zeitzonen anpassen.",
          es: "`device-types/` y `regions/` son components que ajustan límites, controladores, espejos y zonas horarias.",
          zh: "`device-types/` 和 `regions/` 是 Component，用于调整资源限制、驱动、镜像源和时区。",
        },
        {
          en: "`clusters/` is for exceptions only, one reviewed folder each; every exception should carry a date on which it ends.",
          de: "`clusters/` ist nur für Ausnahmen da, je ein geprüfter Ordner; jede sollte ein Enddatum tragen.",
          es: "`clusters/` es solo para excepciones, una carpeta revisada por cada una; toda excepción debería llevar fecha de fin.",
          zh: "`clusters/` 仅用于例外，每个例外一个经过评审的目录，并应注明截止日期。",
        },
      ]),
      ...file(files, /^sets\/[^/]+\/kustomization\.yaml$/),
    ],
    sources: [],
  };
};
