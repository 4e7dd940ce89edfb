import type { Decisions } from "#model/decision.ts";
import { type Text, text, verbatim } from "#model/text.ts";
import { list, paragraph, sentences, type Write } from "./context.ts";

const provisioning: Record<Decisions["provisioning"]["choice"], Text> = {
  metal3: {
    en: "Metal3 drives the boards' management controllers: it boots the image over the network and checks it in, without a hand on the device.",
    de: "Metal3 steuert die Management-Controller der Boards: Es startet das Image über das Netz und nimmt das Gerät auf, ohne dass jemand Hand anlegt.",
    es: "Metal3 maneja los controladores de gestión de las placas: arranca la imagen por red y registra el equipo sin tocarlo.",
    zh: "Metal3 通过主板的带外管理控制器，从网络启动镜像并完成登记，无需人工接触设备。",
  },
  tinkerbell: {
    en: "A provisioning server on site (Tinkerbell) recognises each board and installs it from the network.",
    de: "Ein Provisionierungsserver am Standort (Tinkerbell) erkennt jedes Board und installiert es über das Netz.",
    es: "Un servidor de aprovisionamiento en el sitio (Tinkerbell) reconoce cada placa y la instala por red.",
    zh: "现场的开通服务器（Tinkerbell）识别每块主板并通过网络安装。",
  },
  elemental: {
    en: "The device boots a generic image and registers with the hub; the TPM proves which device it is.",
    de: "Das Gerät startet ein allgemeines Image und meldet sich bei der Zentrale an; das TPM weist nach, welches Gerät es ist.",
    es: "El equipo arranca una imagen genérica y se registra en la central; el TPM demuestra qué equipo es.",
    zh: "设备用通用镜像启动并向中心注册；TPM 证明设备身份。",
  },
  "kairos-auto-install": {
    en: "The device boots one image per device type, installs itself, and calls home; identity and site values are written once, at that moment.",
    de: "Das Gerät startet ein Image je Gerätetyp, installiert sich selbst und meldet sich; Identität und Standortwerte werden in diesem Moment einmalig geschrieben.",
    es: "El equipo arranca una imagen por tipo de dispositivo, se instala solo y llama a casa; la identidad y los valores del sitio se escriben una vez, en ese momento.",
    zh: "设备按类型使用同一镜像启动，自行安装并回连；身份和站点参数此时一次性写入。",
  },
  fdo: {
    en: "The owner is bound late: the device carries a voucher (FIDO Device Onboard) and learns at its first start to whom it belongs.",
    de: "Der Besitzer wird spät gebunden: Das Gerät trägt einen Beleg (FIDO Device Onboard) und erfährt beim ersten Start, wem es gehört.",
    es: "El propietario se vincula tarde: el equipo lleva un comprobante (FIDO Device Onboard) y sabe en su primer arranque a quién pertenece.",
    zh: "所有权延迟绑定：设备携带凭证（FIDO Device Onboard），首次启动时得知归属。",
  },
  "image-offline": {
    en: "The image holds everything, container images included, and is written before the device leaves the depot: setting it up takes no network.",
    de: "Das Image enthält alles, auch die Container-Images, und wird geschrieben, bevor das Gerät das Lager verlässt: Zum Einrichten braucht es kein Netz.",
    es: "La imagen lo contiene todo, incluidas las imágenes de contenedor, y se graba antes de que el dispositivo salga del almacén: instalarlo no requiere red.",
    zh: "镜像包含一切，连同容器镜像，在设备出库之前写入：安装时不需要网络。",
  },
  "cloud-init": {
    en: "The device boots a standard image; cloud-init installs the pinned distribution and writes the site's values at the first start.",
    de: "Das Gerät startet ein Standard-Image; cloud-init installiert die festgelegte Distribution und schreibt beim ersten Start die Standortwerte.",
    es: "El equipo arranca una imagen estándar; cloud-init instala la distribución fijada y escribe los valores del sitio en el primer arranque.",
    zh: "设备用标准镜像启动；cloud-init 在首次启动时安装固定版本的发行版并写入站点参数。",
  },
};

const registries: Record<Decisions["registry"]["choice"], Text> = {
  direct: {
    en: "Images come straight from the registry; at this size a mirror would cost more than it saves.",
    de: "Images kommen direkt aus der Registry; bei dieser Größe würde ein Mirror mehr kosten als sparen.",
    es: "Las imágenes vienen directamente del registro; a este tamaño un espejo costaría más de lo que ahorra.",
    zh: "镜像直接取自仓库；在此规模下，镜像站的成本高于收益。",
  },
  "regional-mirror": {
    en: "A mirror per region serves images and artifacts; a site downloads only the layers that changed.",
    de: "Ein Mirror je Region liefert Images und Artefakte; ein Standort lädt nur geänderte Layer.",
    es: "Un espejo por región sirve imágenes y artefactos; un sitio solo descarga las capas que cambiaron.",
    zh: "每个区域设一个镜像站提供镜像和制品；站点只下载有变化的层。",
  },
  "site-registry": {
    en: "A registry on site pulls each layer once over the uplink and serves it to all nodes.",
    de: "Eine Registry am Standort holt jeden Layer einmal über die Leitung und verteilt ihn an alle Knoten.",
    es: "Un registro en el sitio descarga cada capa una vez por el enlace y la sirve a todos los nodos.",
    zh: "站点本地仓库对每一层只经上行链路拉取一次，再供给所有节点。",
  },
  spegel: {
    en: "Nodes of a site share image layers among themselves (embedded registry), so that each layer crosses the uplink once.",
    de: "Die Knoten eines Standorts teilen Image-Layer untereinander (eingebettete Registry); jeder Layer kommt nur einmal über die Leitung.",
    es: "Los nodos de un sitio comparten las capas entre sí (registro integrado), de modo que cada capa cruza el enlace una vez.",
    zh: "站点内节点相互共享镜像层（内嵌镜像仓库），每层只经上行链路一次。",
  },
  baked: {
    en: "All container images are in the device image; nothing is pulled at run time.",
    de: "Alle Container-Images stecken im Geräte-Image; zur Laufzeit wird nichts geladen.",
    es: "Todas las imágenes de contenedor van en la del dispositivo; en ejecución no se descarga nada.",
    zh: "所有容器镜像都在设备镜像中；运行时不拉取任何内容。",
  },
};

const upgrades: Record<Decisions["upgrades"]["choice"], Text> = {
  "system-upgrade-controller": {
    en: "Kubernetes is upgraded by system-upgrade-controller to a pinned version, one node at a time, servers before agents, inside a window. It does not roll back: a copy of the datastore is taken first.",
    de: "Kubernetes hebt der system-upgrade-controller auf eine festgelegte Version, Knoten für Knoten, Server vor Agents, im Wartungsfenster. Er rollt nicht zurück: Vorher wird der Datastore gesichert.",
    es: "Kubernetes lo actualiza system-upgrade-controller a una versión fijada, nodo a nodo, servidores antes que agentes, dentro de una ventana. No revierte: antes se copia el almacén de datos.",
    zh: "由 system-upgrade-controller 将 Kubernetes 升级到固定版本，逐节点进行，先 server 后 agent，限定在维护窗口内。它不会回滚，因此先备份数据存储。",
  },
  "kairos-nodeop": {
    en: "System and Kubernetes are upgraded together as one A/B image; a node that does not come up returns to the old one. That covers a failed boot, not a bad workload.",
    de: "System und Kubernetes werden gemeinsam als ein A/B-Image aktualisiert; kommt ein Knoten nicht hoch, kehrt das alte zurück. Das deckt Bootfehler ab, keine fehlerhafte Anwendung.",
    es: "Sistema y Kubernetes se actualizan juntos como una imagen A/B; si un nodo no levanta, vuelve a la anterior. Eso cubre un arranque fallido, no una carga defectuosa.",
    zh: "系统与 Kubernetes 作为一个 A/B 镜像一起升级；节点启动失败则回退旧镜像。这能应对启动故障，但不能应对有问题的业务。",
  },
  autopilot: {
    en: "k0s Autopilot upgrades controllers one by one, then workers, from artifacts whose checksums are in the plan.",
    de: "k0s Autopilot aktualisiert erst die Controller nacheinander, dann die Worker, aus Artefakten, deren Prüfsummen im Plan stehen.",
    es: "k0s Autopilot actualiza los controladores uno a uno y luego los workers, con artefactos cuyas sumas constan en el plan.",
    zh: "k0s Autopilot 先逐个升级控制节点，再升级工作节点，所用制品的校验和写在计划中。",
  },
  "snap-channel": {
    en: "MicroK8s follows one pinned snap track; refreshes are held and released ring by ring.",
    de: "MicroK8s folgt einem festgelegten Snap-Track; Aktualisierungen werden zurückgehalten und Ring für Ring freigegeben.",
    es: "MicroK8s sigue una pista snap fijada; las actualizaciones se retienen y se liberan anillo por anillo.",
    zh: "MicroK8s 固定在一个 snap track 上；更新先暂停，再逐个发布环放行。",
  },
  "image-ab": {
    en: "The whole device image is the unit of upgrade: it is pulled beside the running one and started at the next restart, with the old one to fall back to.",
    de: "Aktualisiert wird das ganze Geräte-Image: Es wird neben dem laufenden geladen und beim nächsten Neustart gestartet; das alte bleibt als Rückfall.",
    es: "La unidad de actualización es la imagen completa: se descarga junto a la actual y arranca en el próximo reinicio; la anterior queda como respaldo.",
    zh: "以整个设备镜像为升级单位：下载到另一分区，下次重启启用，旧镜像保留用于回退。",
  },
};

const filledByHand: Text = {
  en: "A registry on site serves images to all nodes; it is filled from the medium that brings a release.",
  de: "Eine Registry am Standort versorgt alle Knoten mit Images; gefüllt wird sie vom Datenträger, der ein Release bringt.",
  es: "Un registro en el sitio sirve las imágenes a todos los nodos; se llena desde el soporte que trae cada versión.",
  zh: "站点内的镜像仓库为所有节点提供镜像，由携带新版本的介质导入。",
};

/** Deliverable 10: from the box to the first sync, updates over the air, and the bandwidth they cost. */
export const provisioningAndUpdates: Write = ({ brief, verdict }) => {
  const { decisions } = verdict;
  const isCut = brief.answers.network === "air-gapped";
  return {
    id: "provisioning",
    title: {
      en: "Provisioning and updates",
      de: "Provisionierung und Updates",
      es: "Aprovisionamiento y actualizaciones",
      zh: "开通与更新",
    },
    parts: [
      list([
        provisioning[decisions.provisioning.choice],
        upgrades[decisions.upgrades.choice],
        decisions.registry.choice === "site-registry" && isCut
          ? filledByHand
          : registries[decisions.registry.choice],
        decisions.topology.choice !== "image" && {
          en: "Kubernetes goes up one minor version at a time, after a backup, ring by ring.",
          de: "Kubernetes steigt je Schritt um eine Minor-Version, nach einer Sicherung, Ring für Ring.",
          es: "Kubernetes sube una versión menor cada vez, tras una copia y anillo por anillo.",
          zh: "Kubernetes 每次只升一个次版本，先备份，再逐个发布环推进。",
        },
      ]),
    ],
    sources: [
      ...decisions.provisioning.sources,
      ...decisions.upgrades.sources,
      ...decisions.registry.sources,
    ],
  };
};

const promotions: Record<Decisions["delivery"]["choice"], Text> = {
  git: {
    en: "Each ring follows a branch; promoting a release moves the branch to the same commit.",
    de: "Jeder Ring folgt einem Branch; befördert wird ein Release, indem der Branch auf denselben Commit gesetzt wird.",
    es: "Cada anillo sigue una rama; promover una versión es mover la rama al mismo commit.",
    zh: "每个发布环跟随一个分支；晋级就是把分支指向同一个 commit。",
  },
  oci: {
    en: "Each ring follows a tag; promoting a release moves the tag to the same digest.",
    de: "Jeder Ring folgt einem Tag; befördert wird ein Release, indem der Tag auf denselben Digest gesetzt wird.",
    es: "Cada anillo sigue una etiqueta; promover una versión es mover la etiqueta al mismo digest.",
    zh: "每个发布环跟随一个 tag；晋级就是把 tag 指向同一个 digest。",
  },
  image: {
    en: "Each ring follows a tag of the device image; promoting a release moves the tag to the same image.",
    de: "Jeder Ring folgt einem Tag des Geräte-Images; befördert wird ein Release, indem der Tag auf dasselbe Image gesetzt wird.",
    es: "Cada anillo sigue una etiqueta de la imagen del dispositivo; promover una versión es mover la etiqueta a la misma imagen.",
    zh: "每个发布环跟随设备镜像的一个 tag；晋级就是把 tag 指向同一个镜像。",
  },
};
const stops: Text = {
  en: "If a ring does not stay healthy while it soaks, the next one does not start. `rings.yaml` holds the numbers.",
  de: "Bleibt ein Ring in der Wartezeit nicht gesund, startet der nächste nicht. Die Zahlen stehen in `rings.yaml`.",
  es: "Si un anillo no se mantiene sano durante la espera, el siguiente no empieza. Las cifras están en `rings.yaml`.",
  zh: "若某环在观察期内不健康，下一环不会启动。具体数值见 `rings.yaml`。",
};

/** The rings of a rollout, with the sites each reaches. */
export const rollout: Write = ({ verdict }) => {
  const { rings } = verdict.decisions.rollout.params;
  const columns: Text[] = [
    { en: "ring", de: "Ring", es: "anillo", zh: "发布环" },
    { en: "sites reached", de: "erreichte Standorte", es: "sitios alcanzados", zh: "累计站点数" },
    { en: "share", de: "Anteil", es: "proporción", zh: "占比" },
    { en: "then wait", de: "dann warten", es: "después, esperar", zh: "之后等待" },
  ];
  const rows = rings.map(({ name, sites, percent, soakHours }) => [
    verbatim(name),
    text({ en: "{sites}", de: "{sites}", es: "{sites}", zh: "{sites}" }, { sites }),
    text({ en: "{percent} %", de: "{percent} %", es: "{percent} %", zh: "{percent}%" }, { percent }),
    text(
      { en: "{soakHours} h", de: "{soakHours} h", es: "{soakHours} h", zh: "{soakHours} 小时" },
      { soakHours },
    ),
  ]);
  return {
    id: "rollout",
    title: { en: "Rollout in rings", de: "Rollout in Ringen", es: "Despliegue por anillos", zh: "分环发布" },
    parts: [
      { kind: "table", columns, rows },
      paragraph(sentences([promotions[verdict.decisions.delivery.choice], stops])),
    ],
    sources: verdict.decisions.rollout.sources,
  };
};

const backups: Record<Decisions["backup"]["choice"], Text> = {
  "sqlite-copy": {
    en: "Every night the server's database and token are copied and taken off the device as soon as possible; restoring is a copy back and a start.",
    de: "Jede Nacht werden Datenbank und Token des Servers kopiert und so bald wie möglich vom Gerät gebracht; Wiederherstellen heißt zurückkopieren und starten.",
    es: "Cada noche se copian la base de datos y el token del servidor y se sacan del equipo en cuanto se puede; restaurar es copiar de vuelta y arrancar.",
    zh: "每晚复制 server 的数据库和 token，并尽快转存到设备之外；恢复就是复制回来并启动。",
  },
  "etcd-snapshot": {
    en: "etcd is snapshotted on a schedule, encrypted, and kept off the site; the server token is kept with it.",
    de: "Von etcd entstehen planmäßig verschlüsselte Snapshots, die außerhalb des Standorts liegen; das Server-Token gehört dazu.",
    es: "Se toman instantáneas programadas y cifradas de etcd que se guardan fuera del sitio, junto con el token del servidor.",
    zh: "etcd 定时生成加密快照并存放在站点之外，server token 一并保存。",
  },
  "dqlite-backup": {
    en: "The Dqlite store is backed up every night with the vendor's own tool and kept off the site.",
    de: "Der Dqlite-Speicher wird jede Nacht mit dem Werkzeug des Herstellers gesichert und außerhalb des Standorts aufbewahrt.",
    es: "El almacén Dqlite se copia cada noche con la herramienta del fabricante y se guarda fuera del sitio.",
    zh: "每晚用厂商自带工具备份 Dqlite，并存放在站点之外。",
  },
  "database-backup": {
    en: "The external database is backed up by whoever runs it; the cluster's token is kept with it.",
    de: "Die externe Datenbank sichert, wer sie betreibt; das Token des Clusters gehört dazu.",
    es: "La base de datos externa la respalda quien la opera; el token del clúster se guarda con ella.",
    zh: "外部数据库由其运维方备份；集群 token 一并保存。",
  },
  rebuild: {
    en: "There is nothing on the device to restore: it is rebuilt from its image, and data that matters leaves it as soon as the link allows.",
    de: "Auf dem Gerät gibt es nichts wiederherzustellen: Es wird aus dem Image neu aufgebaut; wichtige Daten verlassen es, sobald die Leitung es zulässt.",
    es: "En el equipo no hay nada que restaurar: se reconstruye desde su imagen, y los datos importantes salen en cuanto el enlace lo permite.",
    zh: "设备上没有需要恢复的内容：凭镜像重建，重要数据在链路可用时尽快传出。",
  },
};

const sendings: Record<"kept" | "pushed", Text> = {
  kept: {
    en: "Each site sends at most {series} aggregated series over an outgoing connection, buffered on disk while the link is down.",
    de: "Jeder Standort sendet höchstens {series} aggregierte Zeitreihen über eine ausgehende Verbindung, auf Platte gepuffert, solange sie fehlt.",
    es: "Cada sitio envía como mucho {series} series agregadas por una conexión saliente, guardadas en disco mientras no hay enlace.",
    zh: "每个站点最多发送 {series} 条聚合时序数据，走出站连接，断网时缓存在磁盘。",
  },
  pushed: {
    en: "Each site sends at most {series} aggregated series over an outgoing connection.",
    de: "Jeder Standort sendet höchstens {series} aggregierte Zeitreihen über eine ausgehende Verbindung.",
    es: "Cada sitio envía como mucho {series} series agregadas por una conexión saliente.",
    zh: "每个站点最多发送 {series} 条聚合时序数据，走出站连接。",
  },
};
const withoutCluster: Text = {
  en: "A hardware watchdog restarts a hung device; systemd restarts the containers.",
  de: "Ein Hardware-Watchdog startet ein hängendes Gerät neu, systemd die Container.",
  es: "Un watchdog de hardware reinicia un equipo colgado; systemd, los contenedores.",
  zh: "硬件看门狗重启挂死的设备，systemd 重启容器。",
};

/** Deliverable 11: how one sees and mends the fleet. */
export const operations: Write = ({ verdict }) => {
  const { observability, backup, topology } = verdict.decisions;
  const local = observability.choice === "local-only";
  return {
    id: "operations",
    title: {
      en: "Seeing and mending the fleet",
      de: "Überblick und Reparatur",
      es: "Ver y reparar la flota",
      zh: "监控与修复",
    },
    parts: [
      list(
        [
          local
            ? observability.reason
            : sendings[observability.choice === "store-and-forward" ? "kept" : "pushed"],
          !local && {
            en: "The hub alerts on silence longer than {silence} hours and on what a site says of itself when it is back, never on NotReady alone.",
            de: "Die Zentrale alarmiert bei Stille von mehr als {silence} Stunden und bei dem, was ein Standort nach der Rückkehr selbst meldet, nie bei NotReady allein.",
            es: "La central alerta por un silencio de más de {silence} horas y por lo que el sitio dice de sí mismo al volver, nunca solo por NotReady.",
            zh: "中心仅在静默超过 {silence} 小时，或站点恢复后自报异常时告警，绝不单凭 NotReady 告警。",
          },
          topology.choice === "image"
            ? withoutCluster
            : {
                en: "A hardware watchdog restarts a hung device; systemd restarts the Kubernetes service; Kubernetes restarts the pods.",
                de: "Ein Hardware-Watchdog startet ein hängendes Gerät neu, systemd den Kubernetes-Dienst, Kubernetes die Pods.",
                es: "Un watchdog de hardware reinicia un equipo colgado; systemd, el servicio de Kubernetes; Kubernetes, los pods.",
                zh: "硬件看门狗重启挂死的设备，systemd 重启 Kubernetes 服务，Kubernetes 重启 Pod。",
              },
          backups[backup.choice],
        ],
        { series: observability.params.seriesPerSite, silence: observability.params.silenceHours },
      ),
    ],
    sources: [...observability.sources, ...backup.sources],
  };
};

/** What a person does before anything of this is used. */
export const review: Write = () => ({
  id: "review",
  title: { en: "Before use", de: "Vor dem Einsatz", es: "Antes de usarlo", zh: "使用之前" },
  parts: [
    paragraph({
      en: "This is a blueprint. A person reviews it before use, and these stay with your team:",
      de: "Das ist eine Blaupause. Vor dem Einsatz prüft sie ein Mensch, und das bleibt Sache des Teams:",
      es: "Esto es un plano. Una persona lo revisa antes de usarlo, y esto queda en manos de su equipo:",
      zh: "这是一份蓝图。使用前须由人工审核，以下事项由团队负责：",
    }),
    list([
      {
        en: "certificates, keys and tokens: create, harden, store and rotate them",
        de: "Zertifikate, Schlüssel und Tokens: erzeugen, härten, aufbewahren und rotieren",
        es: "certificados, claves y tokens: crearlos, reforzarlos, guardarlos y rotarlos",
        zh: "证书、密钥和 token：生成、加固、保管和轮换",
      },
      {
        en: "digests: pin the images by digest in your CI; tags are what could be checked here",
        de: "Digests: Images in der eigenen CI per Digest festlegen; hier prüfbar waren die Tags",
        es: "digests: fijar las imágenes por digest en su CI; aquí solo se han podido comprobar las etiquetas",
        zh: "digest：在自己的 CI 中按 digest 固定镜像；这里能核对的是 tag",
      },
      {
        en: "site values: the hosts under example.com are placeholders",
        de: "Standortwerte: Die Hosts unter example.com sind Platzhalter",
        es: "valores del sitio: los hosts bajo example.com son marcadores",
        zh: "站点参数：example.com 下的主机名均为占位符",
      },
      {
        en: "one real device: run the first ring of a single site before anything else",
        de: "ein echtes Gerät: vor allem anderen den ersten Ring mit einem einzigen Standort erproben",
        es: "un equipo real: probar el primer anillo en un único sitio antes que nada",
        zh: "一台真机：先在单个站点跑通第一个发布环",
      },
    ]),
  ],
  sources: [],
});
