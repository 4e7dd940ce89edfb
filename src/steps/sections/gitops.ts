import type { Decisions } from "#model/decision.ts";
import type { Text } from "#model/text.ts";
import { counted, every, file, list, type Material, paragraph, type Write } from "./context.ts";

const deliveries: Record<Decisions["delivery"]["choice"], Text> = {
  git: {
    en: "Each site polls the Git repository with read-only credentials of its own, {often}. At {sites} sites that stays below the 15 reads a second that a hosted repository allows.",
    de: "Jeder Standort fragt das Git-Repository mit eigenen Nur-Lese-Zugangsdaten {often} ab. Bei {sites} Standorten bleibt das unter den 15 Lesezugriffen je Sekunde, die ein gehostetes Repository erlaubt.",
    es: "Cada sitio consulta el repositorio Git {often} con credenciales propias de solo lectura. Con {sites} sitios queda por debajo de las 15 lecturas por segundo que admite un repositorio alojado.",
    zh: "每个站点用自己的只读凭据{often}轮询一次 Git 仓库。{sites} 个站点的总量低于托管仓库每秒 15 次读取的上限。",
  },
  oci: {
    en: "Git is the source for CI only. CI renders each set once, signs it, and pushes one OCI artifact per set and ring; each site pulls that artifact {often}. That spares one Git repository the polling of {sites} sites.",
    de: "Git ist nur für die CI die Quelle. Sie rendert jedes Set einmal, signiert es und legt je Set und Ring ein OCI-Artefakt ab; jeder Standort holt es {often}. Das erspart einem einzelnen Git-Repository die Abfragen von {sites} Standorten.",
    es: "Git es la fuente solo para la CI. Esta renderiza cada conjunto una vez, lo firma y publica un artefacto OCI por conjunto y anillo; cada sitio lo descarga {often}. Así un mismo repositorio Git no soporta las consultas de {sites} sitios.",
    zh: "Git 只供 CI 使用。CI 把每个 set 渲染一次、签名，并按 set 和发布环推送一个 OCI 制品；每个站点{often}拉取该制品。这样 {sites} 个站点不必轮询同一个 Git 仓库。",
  },
  image: {
    en: "No GitOps agent fits beside the workload, so the manifests travel in the device image. CI renders and bakes them; the device asks for a newer one {often} and pulls it. It is still pull, and no inbound port is open.",
    de: "Neben der Anwendung hat kein GitOps-Agent Platz, deshalb reisen die Manifeste im Geräte-Image. Die CI rendert und verpackt sie; das Gerät fragt {often} nach einem neueren und holt es sich. Auch das ist Pull, ohne offenen eingehenden Port.",
    es: "Junto a la aplicación no cabe ningún agente GitOps, así que los manifiestos viajan en la imagen del dispositivo. La CI los renderiza e incluye; el dispositivo pregunta {often} por una más nueva y la descarga. Sigue siendo pull y sin puertos de entrada.",
    zh: "业务之外放不下 GitOps 代理，因此清单随设备镜像下发。CI 负责渲染并打入镜像；设备{often}查询并拉取新镜像。仍是拉取模式，无入站端口。",
  },
};

/** Where no link is, what CI made is carried. */
const carried: Text = {
  en: "Git is the source for CI only. CI renders each set once, signs it, and writes one OCI artifact per set and ring onto the medium that goes to the site; there it is loaded into the site's own registry, which the agent asks {often}.",
  de: "Git ist nur für die CI die Quelle. Sie rendert jedes Set einmal, signiert es und schreibt je Set und Ring ein OCI-Artefakt auf den Datenträger für den Standort; dort kommt es in die Registry des Standorts, die der Agent {often} fragt.",
  es: "Git es la fuente solo para la CI. Esta renderiza cada conjunto una vez, lo firma y escribe un artefacto OCI por conjunto y anillo en el soporte que va al sitio; allí se carga en el registro local, al que el agente consulta {often}.",
  zh: "Git 只供 CI 使用。CI 把每个 set 渲染一次、签名，并按 set 和发布环写入送往站点的介质；在站点导入本地镜像仓库，代理{often}查询它。",
};
const carriedImage: Text = {
  en: "Everything a device runs is part of its image. CI builds and signs the image; it reaches the device on a medium, and no port is open.",
  de: "Alles, was ein Gerät ausführt, steckt in seinem Image. Die CI baut und signiert es; auf das Gerät kommt es per Datenträger, und kein Port ist offen.",
  es: "Todo lo que ejecuta un dispositivo forma parte de su imagen. La CI la construye y firma; llega al dispositivo en un soporte y no hay puertos abiertos.",
  zh: "设备运行的一切都在其镜像中。镜像由 CI 构建并签名，随介质送到设备，不开放任何端口。",
};
/** Without Kubernetes there are no manifests to speak of. */
const containersInImage: Text = {
  en: "What the device runs is described in its image, as containers that systemd starts. CI builds the image; the device asks for a newer one {often} and pulls it. No inbound port is open.",
  de: "Was das Gerät ausführt, ist in seinem Image beschrieben, als Container, die systemd startet. Die CI baut das Image; das Gerät fragt {often} nach einem neueren und holt es sich. Kein eingehender Port ist offen.",
  es: "Lo que ejecuta el dispositivo está descrito en su imagen, como contenedores que arranca systemd. La CI construye la imagen; el dispositivo pregunta {often} por una más nueva y la descarga. No hay puertos de entrada.",
  zh: "设备运行的内容写在镜像中，由 systemd 启动容器。CI 构建镜像；设备{often}查询并拉取新镜像。不开放入站端口。",
};

function flowOf({ brief, verdict }: Material): Text {
  const { delivery, topology } = verdict.decisions;
  const isCut = brief.answers.network === "air-gapped";
  if (isCut && delivery.choice !== "git") return delivery.choice === "oci" ? carried : carriedImage;
  return topology.choice === "image" ? containersInImage : deliveries[delivery.choice];
}

/** Deliverables 5 and 7: how desired state reaches a site, and the file that says so. */
export const gitops: Write = (material) => {
  const { brief, verdict, files } = material;
  const { delivery, gitops: engine } = verdict.decisions;
  const isCut = brief.answers.network === "air-gapped";
  const values = { often: every(delivery.params.intervalSeconds), sites: brief.answers.sites };
  return {
    id: "gitops",
    title: { en: "GitOps flow", de: "GitOps-Ablauf", es: "Flujo GitOps", zh: "GitOps 流程" },
    parts: [
      paragraph(flowOf(material), values),
      list([
        !isCut && {
          en: "Everything is fetched from inside the site over outgoing connections. NAT and firewalls stay as they are, and there is no port to attack.",
          de: "Alles wird aus dem Standort heraus über ausgehende Verbindungen geholt. NAT und Firewalls bleiben, wie sie sind, und es gibt keinen Port, der sich angreifen ließe.",
          es: "Todo se descarga desde dentro del sitio mediante conexiones salientes. NAT y cortafuegos quedan como están y no hay puerto que atacar.",
          zh: "一切都由站点内部通过出站连接获取。NAT 和防火墙无需改动，也没有可攻击的端口。",
        },
        engine.choice === "none" && {
          en: "An image that arrives only in part is never started: it is fetched whole and checked before anything switches to it.",
          de: "Ein nur halb angekommenes Image wird nie gestartet: Es wird vollständig geholt und geprüft, bevor umgeschaltet wird.",
          es: "Una imagen que llega a medias nunca se arranca: se descarga entera y se comprueba antes de cambiar a ella.",
          zh: "只传了一部分的镜像绝不会启用：先完整获取并校验，再切换。",
        },
        engine.choice !== "none" && {
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
