import { sources } from "#catalogue/sources.ts";
import { budgetsOf } from "../budget.ts";
import type { RiskRow } from "./risk.ts";

/** K3s starts renew certificates only in their last 120 days; a year has 365 (C32). */
const longOutageHours = 120 * 24;
const largeSiteNodes = 255;

/** What hardware, scale and young technology leave open. */
export const operation: readonly RiskRow[] = [
  {
    id: "kairos-below-4gb",
    when: (site, { os }) => os.choice === "kairos" && site.memoryMiB < 4096,
    risk: {
      en: "{mib} MiB is below the 4 GB Kairos calls practical; it tests 2 GB only as a bare minimum.",
      de: "{mib} MiB liegen unter den 4 GB, die Kairos praktisch nennt; 2 GB testet es nur als Minimum.",
      es: "{mib} MiB están por debajo de los 4 GB que Kairos llama prácticos; 2 GB solo los prueba como mínimo.",
      zh: "{mib} MiB 低于 Kairos 认定的实用下限 4 GB；2 GB 仅作为最低配置测试。",
    },
    measure: {
      en: "Run an install and an A/B upgrade under load on one device before the first ring.",
      de: "Vor dem ersten Ring auf einem Gerät eine Installation und ein A/B-Upgrade unter Last durchspielen.",
      es: "Antes del primer anillo, probar en un dispositivo la instalación y una actualización A/B con carga.",
      zh: "首环之前，先在一台设备上带负载演练安装和 A/B 升级。",
    },
    source: sources.kairosQuickstart,
  },
  {
    id: "no-ha",
    when: (_, { topology }) => topology.choice === "single",
    risk: {
      en: "One node is one failure: high availability here means fast replacement, not a second server.",
      de: "Ein Knoten ist ein Ausfall: Hochverfügbarkeit heißt hier schneller Tausch, nicht ein zweiter Server.",
      es: "Un nodo es un fallo: aquí alta disponibilidad significa reemplazo rápido, no un segundo servidor.",
      zh: "单节点即单点故障：这里的高可用是指快速更换，而非第二台 server。",
    },
    measure: {
      en: "Keep spares, rehearse the rebuild from image and repository, and time it against the tolerated outage.",
      de: "Ersatzgeräte vorhalten, den Aufbau aus Image und Repository üben und gegen die tolerierte Ausfallzeit messen.",
      es: "Tener repuestos, ensayar la reconstrucción desde imagen y repositorio y medirla frente al corte tolerado.",
      zh: "备好备机，演练由镜像和仓库重建，并对照可容忍的中断时间计时。",
    },
    source: sources.judgement,
  },
  {
    id: "one-server",
    when: (_, { topology }) => topology.choice === "server-agents" || topology.choice === "site-server",
    risk: {
      en: "One server carries the control plane: while it is down pods run on, but nothing is rescheduled.",
      de: "Ein Server trägt die Steuerungsebene: Fällt er aus, laufen Pods weiter, aber nichts wird neu eingeplant.",
      es: "Un servidor lleva el plano de control: si cae, los pods siguen pero nada se replanifica.",
      zh: "控制平面只在一台 server 上：它宕机时 Pod 继续运行，但无法重新调度。",
    },
    measure: {
      en: "Copy datastore and token every night, keep a spare server, rehearse the restore.",
      de: "Datenspeicher und Token jede Nacht kopieren, einen Ersatzserver vorhalten, die Wiederherstellung üben.",
      es: "Copiar cada noche el almacén y el token, tener un servidor de repuesto, ensayar la restauración.",
      zh: "每晚复制数据存储和 token，备一台 server，并演练恢复。",
    },
    source: sources.k3sBackup,
  },
  {
    id: "added-server",
    when: (_, { topology }) => topology.choice === "site-server",
    risk: {
      en: "The plan adds a server with at least 2 GB at each of {sites} sites; it is not in the hardware you described.",
      de: "Der Plan fügt an jedem der {sites} Standorte einen Server mit mindestens 2 GB hinzu; in der beschriebenen Hardware fehlt er.",
      es: "El plan añade un servidor con al menos 2 GB en cada uno de los {sites} sitios; no figura en el hardware descrito.",
      zh: "方案在 {sites} 个站点各新增一台至少 2 GB 的服务器；所述硬件中并不包含。",
    },
    measure: {
      en: "Price it before the pilot; without it the devices run containers from their image, without a cluster.",
      de: "Vor dem Pilot kalkulieren; ohne ihn führen die Geräte Container aus ihrem Image aus, ohne Cluster.",
      es: "Presupuestarlo antes del piloto; sin él los equipos ejecutan contenedores desde su imagen, sin clúster.",
      zh: "试点前先核算成本；若不加，设备只能不带集群、从镜像运行容器。",
    },
    source: sources.k3sRequirements,
  },
  {
    id: "memory-tight",
    when: (site, decisions) => budgetsOf(site, decisions).some((budget) => !budget.fits),
    risk: {
      en: "By our planning figures the parts do not fit into {tightMib} MiB: with 15 % kept free, {missingMib} MiB are missing before any workload.",
      de: "Nach unseren Planwerten passen die Teile nicht in {tightMib} MiB: Mit 15 % Reserve fehlen {missingMib} MiB, noch vor jeder Anwendung.",
      es: "Según nuestras cifras de planificación, las piezas no caben en {tightMib} MiB: con un 15 % libre faltan {missingMib} MiB, antes de cualquier carga.",
      zh: "按我们的规划值，这些组件放不进 {tightMib} MiB：保留 15% 空闲后，尚未运行任何工作负载就缺 {missingMib} MiB。",
    },
    measure: {
      en: "Take the next size of memory; otherwise measure the real use on one device, trim the system, and start no ring before it fits.",
      de: "Die nächste Speichergröße nehmen; sonst den echten Verbrauch auf einem Gerät messen, das System abspecken und keinen Ring starten, bevor es passt.",
      es: "Pasar al siguiente tamaño de memoria; si no, medir el uso real en un dispositivo, recortar el sistema y no iniciar ningún anillo hasta que quepa.",
      zh: "选用更大一档内存；否则先在一台设备上实测占用、精简系统，放得下之前不要启动任何发布环。",
    },
    source: sources.judgement,
  },
  {
    id: "certificates",
    when: (site, { distribution }) =>
      distribution.choice !== "none" &&
      (site.answers.outageHours >= longOutageHours || site.answers.network === "air-gapped"),
    risk: {
      en: "Leaf certificates live 365 days and renew only at a start in their last 120; a site left alone longer stops.",
      de: "Zertifikate gelten 365 Tage und erneuern sich nur beim Start in den letzten 120; ein länger alleingelassener Standort steht.",
      es: "Los certificados duran 365 días y solo se renuevan al arrancar en sus últimos 120; un sitio olvidado más tiempo se detiene.",
      zh: "叶证书有效期 365 天，仅在最后 120 天内启动时续期；长期无人过问的站点会停摆。",
    },
    measure: {
      en: "Restart or upgrade every node at least every 120 days, with the update medium if there is no link.",
      de: "Jeden Knoten mindestens alle 120 Tage neu starten oder aktualisieren, ohne Leitung zusammen mit dem Update-Medium.",
      es: "Reiniciar o actualizar cada nodo al menos cada 120 días, con el medio de actualización si no hay enlace.",
      zh: "每个节点至少每 120 天重启或升级一次；无链路时随更新介质进行。",
    },
    source: sources.k3sCertificates,
  },
  {
    id: "wasm-shim",
    when: (_, { wasm }) => wasm.choice !== "none",
    risk: {
      en: "WebAssembly on Kubernetes is not stable: shims, operator and RuntimeClass change, and no memory figure per instance is published.",
      de: "WebAssembly auf Kubernetes ist nicht stabil: Shims, Operator und RuntimeClass ändern sich, Speicherwerte je Instanz sind nicht veröffentlicht.",
      es: "WebAssembly en Kubernetes no es estable: shims, operador y RuntimeClass cambian y no se publica memoria por instancia.",
      zh: "Kubernetes 上的 WebAssembly 尚不稳定：shim、operator 和 RuntimeClass 都在变化，且未公布单实例内存数据。",
    },
    measure: {
      en: "Pin the shim in the system image, restart the node service after a change, keep a container build of the same application.",
      de: "Den Shim im Systemimage festlegen, nach Änderungen den Knotendienst neu starten, dieselbe Anwendung auch als Container bauen.",
      es: "Fijar el shim en la imagen del sistema, reiniciar el servicio tras un cambio y mantener la misma aplicación como contenedor.",
      zh: "在系统镜像中固定 shim 版本，变更后重启节点服务，并保留同一应用的容器版本。",
    },
    source: sources.shimManager,
  },
  {
    id: "dqlite",
    when: (_, { datastore }) => datastore.choice === "dqlite",
    risk: {
      en: "Dqlite has been dropped from the vendor's newer Kubernetes (1.36) with no way to migrate; slow disks bring leader changes.",
      de: "Der Hersteller hat Dqlite aus seinem neueren Kubernetes (1.36) ohne Migrationsweg entfernt; langsame Platten bringen Leader-Wechsel.",
      es: "El proveedor eliminó Dqlite de su Kubernetes más nuevo (1.36) sin vía de migración; los discos lentos provocan cambios de líder.",
      zh: "厂商已在其较新的 Kubernetes（1.36）中移除 Dqlite，且没有迁移途径；慢盘会导致频繁换主。",
    },
    measure: {
      en: "SSDs, backups before every change of the track, and a rehearsed move to another distribution.",
      de: "SSDs, Sicherungen vor jedem Wechsel des Tracks und ein geübter Umzug auf eine andere Distribution.",
      es: "SSD, copias antes de cada cambio de track y un traslado ensayado a otra distribución.",
      zh: "使用 SSD，切换 track 前备份，并演练迁移到其他发行版。",
    },
    source: sources.canonicalK8s,
  },
  {
    id: "etcd-exception",
    when: (_, { datastore }) => datastore.choice === "etcd",
    risk: {
      en: "Embedded etcd is a named exception to the rule against it at the edge: it stops when two of three servers or their disks are slow.",
      de: "Eingebettetes etcd ist eine benannte Ausnahme von der Regel dagegen am Edge: Es steht, wenn zwei von drei Servern oder deren Platten langsam sind.",
      es: "El etcd integrado es una excepción declarada a la regla del edge: se detiene si dos de tres servidores o sus discos van lentos.",
      zh: "内嵌 etcd 是边缘禁用规则的明示例外：三台 server 中两台或其磁盘变慢时就会停摆。",
    },
    measure: {
      en: "SSDs under 5 ms, servers on one switch, snapshots with the token; never a member at another site.",
      de: "SSDs unter 5 ms, Server an einem Switch, Snapshots mit Token; nie ein Mitglied an einem anderen Standort.",
      es: "SSD por debajo de 5 ms, servidores en un mismo switch, instantáneas con el token; nunca un miembro en otro sitio.",
      zh: "SSD 延迟低于 5 ms，server 接同一交换机，快照连同 token 保存；成员绝不跨站点。",
    },
    source: sources.k3sEtcd,
  },
  {
    id: "sd-card",
    when: (site) => site.answers.storage === "sd",
    risk: {
      en: "SD cards wear out under container logs and image layers, and fail without notice.",
      de: "SD-Karten verschleißen unter Container-Logs und Image-Schichten und fallen ohne Vorwarnung aus.",
      es: "Las tarjetas SD se desgastan con los logs y las capas de imágenes y fallan sin aviso.",
      zh: "SD 卡会因容器日志和镜像层写入而磨损，且无预警失效。",
    },
    measure: {
      en: "Industrial cards or an SSD over USB, logs in memory, a spare card with the image.",
      de: "Industriekarten oder eine SSD per USB, Logs im Speicher, eine Ersatzkarte mit dem Image.",
      es: "Tarjetas industriales o un SSD por USB, logs en memoria, una tarjeta de repuesto con la imagen.",
      zh: "使用工业级存储卡或 USB SSD，日志放内存，备一张写好镜像的卡。",
    },
    source: sources.k3sRequirements,
  },
  {
    id: "os-drift",
    when: (site, { os, upgrades }) =>
      (os.choice === "debian" || os.choice === "ubuntu") &&
      upgrades.choice !== "image-ab" &&
      site.sites > 500,
    risk: {
      en: "Package updates without atomic rollback on {sites} sites drift apart, and a broken one needs hands.",
      de: "Paket-Updates ohne atomaren Rollback laufen an {sites} Standorten auseinander, und ein misslungenes braucht Hände vor Ort.",
      es: "Las actualizaciones por paquetes sin reversión atómica divergen en {sites} sitios, y una fallida exige manos.",
      zh: "{sites} 个站点按软件包更新且无原子回滚，状态会逐渐分化，失败时需人工到场。",
    },
    measure: {
      en: "A frozen package mirror per ring, images rebuilt instead of patched, hardware for an image-based system next.",
      de: "Ein eingefrorener Paketspiegel je Ring, Images neu bauen statt patchen, als Nächstes Hardware für ein Image-basiertes System.",
      es: "Un espejo de paquetes congelado por anillo, reconstruir imágenes en vez de parchear y, después, hardware para un sistema basado en imágenes.",
      zh: "按环冻结软件源镜像，以重建镜像代替打补丁，后续换用可跑镜像化系统的硬件。",
    },
    source: sources.judgement,
  },
  {
    id: "image-slots",
    when: (_, { delivery, os }) => delivery.choice === "image" && os.choice === "debian",
    risk: {
      en: "Debian brings no A/B update of its own: slots and updater are part of the image your team builds.",
      de: "Debian bringt kein eigenes A/B-Update mit: Slots und Updater gehören zum Image, das das Team baut.",
      es: "Debian no trae actualización A/B propia: ranuras y actualizador forman parte de la imagen que construye el equipo.",
      zh: "Debian 本身没有 A/B 更新：槽位和更新器需由团队在构建镜像时加入。",
    },
    measure: {
      en: "Build it with an updater that signs and falls back (RAUC or systemd-sysupdate), and rehearse a failed boot.",
      de: "Mit einem Updater bauen, der signiert und zurückfällt (RAUC oder systemd-sysupdate), und einen misslungenen Start üben.",
      es: "Construirla con un actualizador que firme y revierta (RAUC o systemd-sysupdate) y ensayar un arranque fallido.",
      zh: "选用支持签名和回退的更新器（RAUC 或 systemd-sysupdate），并演练启动失败。",
    },
    source: sources.judgement,
  },
  {
    id: "mixed-fleet",
    when: (site) =>
      new Set(site.answers.deviceTypes.map((type) => type.memoryMiB)).size > 1 || site.arches.size > 1,
    risk: {
      en: "One design for several device types: the weakest ({mib} MiB) sets what all of them run.",
      de: "Ein Entwurf für mehrere Gerätetypen: Der schwächste ({mib} MiB) bestimmt, was auf allen läuft.",
      es: "Un diseño para varios tipos de dispositivo: el más débil ({mib} MiB) fija lo que ejecutan todos.",
      zh: "多种设备类型共用一个设计：最弱的一种（{mib} MiB）决定全部设备运行什么。",
    },
    measure: {
      en: "Plan the strong and the weak types as two fleets where they need not be alike.",
      de: "Starke und schwache Typen als zwei Flotten planen, wo sie nicht gleich sein müssen.",
      es: "Planificar los tipos fuertes y débiles como dos flotas donde no deban ser iguales.",
      zh: "若不必一致，可把强弱设备分为两个设备群规划。",
    },
    source: sources.judgement,
  },
  {
    id: "large-site",
    when: (site, { distribution }) => site.nodes > largeSiteNodes && distribution.choice !== "none",
    risk: {
      en: "{nodes} nodes in one cluster outgrow the default address range (255 nodes) and a small server.",
      de: "{nodes} Knoten in einem Cluster sprengen den Standard-Adressbereich (255 Knoten) und einen kleinen Server.",
      es: "{nodes} nodos en un clúster superan el rango de direcciones por defecto (255 nodos) y un servidor pequeño.",
      zh: "单集群 {nodes} 个节点会超出默认地址范围（255 个节点）和小型 server 的能力。",
    },
    measure: {
      en: "A larger cluster-cidr from the start; servers with 4 cores and 8 GB from 350 nodes, 8 and 16 GB from 900; agents join in batches of 50.",
      de: "Von Anfang an eine größere cluster-cidr; ab 350 Knoten Server mit 4 Kernen und 8 GB, ab 900 mit 8 und 16 GB; Agenten in Gruppen zu 50.",
      es: "Un cluster-cidr mayor desde el inicio; servidores de 4 núcleos y 8 GB desde 350 nodos, 8 y 16 GB desde 900; agentes en lotes de 50.",
      zh: "一开始就设更大的 cluster-cidr；350 个节点起 server 用 4 核 8 GB，900 个起 8 核 16 GB；agent 每批 50 个加入。",
    },
    source: sources.k3sRequirements,
  },
  {
    id: "strict-snap",
    when: (_, { distribution, os }) => distribution.choice === "microk8s" && os.choice === "ubuntu-core",
    risk: {
      en: "The strict MicroK8s snap has its own tracks, and several add-ons exist for the classic one only.",
      de: "Der strikte MicroK8s-Snap hat eigene Tracks, und mehrere Add-ons gibt es nur für den klassischen.",
      es: "El snap estricto de MicroK8s tiene tracks propios y varios complementos solo existen para el clásico.",
      zh: "严格模式的 MicroK8s snap 有独立的 track，且部分插件仅支持 classic 版本。",
    },
    measure: {
      en: "Check that the strict track of this minor is published, and each add-on you need, before the pilot.",
      de: "Vor dem Pilot prüfen, ob der strikte Track dieses Minors veröffentlicht ist und jedes nötige Add-on ihn kennt.",
      es: "Antes del piloto, comprobar que el track estricto de esta versión está publicado y admite cada complemento necesario.",
      zh: "试点前确认该小版本的 strict track 已发布，且所需插件均受支持。",
    },
    source: sources.microk8s,
  },
  {
    id: "longhorn",
    when: (site) => {
      if (!site.wishes.has("longhorn") || site.memoryMiB < 8192 || site.nodes < 3) return false;
      return site.answers.storage === "ssd" && (site.answers.cpu ?? 4) >= 4 && !site.arches.has("armv7");
    },
    risk: {
      en: "Longhorn fits these nodes, but takes 12 % of their CPU and a rebuild over the site's LAN; the repository does not install it.",
      de: "Longhorn passt auf diese Knoten, kostet aber 12 % ihrer CPU und Rebuilds über das LAN; das Repository installiert es nicht.",
      es: "Longhorn cabe en estos nodos, pero toma el 12 % de su CPU y reconstrucciones por la LAN; el repositorio no lo instala.",
      zh: "这些节点可以运行 Longhorn，但要占用 12% CPU，并经站点局域网重建副本；仓库不包含其安装。",
    },
    measure: {
      en: "Add it as an application of the fleet once local-path volumes prove too little.",
      de: "Als Anwendung der Flotte ergänzen, sobald local-path-Volumes nicht reichen.",
      es: "Añadirlo como aplicación de la flota cuando los volúmenes local-path no basten.",
      zh: "当 local-path 卷不够用时，再作为应用加入。",
    },
    source: sources.longhorn,
  },
  {
    id: "service-mesh",
    when: (site) => site.wishes.has("service-mesh") && site.memoryMiB >= 8192,
    risk: {
      en: "A mesh fits from 8 GB, but adds proxies to every pod; the repository does not install one.",
      de: "Ein Mesh passt ab 8 GB, hängt aber an jeden Pod einen Proxy; das Repository installiert keines.",
      es: "Una malla cabe desde 8 GB, pero añade proxies a cada pod; el repositorio no instala ninguna.",
      zh: "8 GB 起可容纳服务网格，但每个 Pod 都要加代理；仓库不包含其安装。",
    },
    measure: {
      en: "Linkerd (control plane measured at 324 MB) rather than Istio (istiod requests 2,048 MiB), and only where mTLS between pods is required.",
      de: "Eher Linkerd (Steuerungsebene mit 324 MB gemessen) als Istio (istiod fordert 2.048 MiB), und nur wo mTLS zwischen Pods verlangt ist.",
      es: "Mejor Linkerd (plano de control medido en 324 MB) que Istio (istiod solicita 2048 MiB), y solo donde se exija mTLS entre pods.",
      zh: "优先 Linkerd（控制平面实测 324 MB）而非 Istio（istiod 申请 2,048 MiB），且仅在要求 Pod 间 mTLS 时使用。",
    },
    source: sources.linkerdBenchmark,
  },
];
