import type { Answer } from "#model/knowledge.ts";

const fluxKustomization = {
  title: "Flux, Kustomization API",
  url: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
};
const k3sCertificates = { title: "K3s, certificate", url: "https://docs.k3s.io/cli/certificate" };

/** Answers about running a fleet: links, updates, status, use. */
export const operationAnswers: Answer[] = [
  {
    id: "offline-for-days",
    question: {
      en: "What happens when a cluster is offline for days?",
      de: "Was passiert, wenn ein Cluster tagelang offline ist?",
      es: "¿Qué pasa si un clúster está días sin conexión?",
      zh: "集群断网几天会怎样？",
    },
    keywords: {
      en: "offline days disconnected cut off outage long week link lost happens cluster return",
      de: "offline tage tagelang getrennt abgeschnitten ausfall lange woche verbindung weg passiert rückkehr",
      es: "sin conexión offline días desconectado corte prolongado semana enlace caído pasa clúster vuelve",
      zh: "离线 断网 断线 几天 多天 长时间 一周 失联 会怎样 恢复",
    },
    answer: {
      en: "It runs on its last known state: scheduling, restarts and everything local go on, because the API server is on site. New releases wait. When the link returns, the agent pulls at its next retry and goes straight to the newest state; if the artifact cache was not kept on disk, it downloads the artifact whole. Two things need care: images must be on the device, and a device that is not restarted for months has its certificates run out.",
      de: "Er läuft mit dem letzten bekannten Stand weiter: Planung, Neustarts und alles Lokale funktionieren, denn der API-Server steht vor Ort. Neue Releases warten. Ist die Verbindung zurück, holt der Agent beim nächsten Versuch direkt den neuesten Stand; lag der Artefakt-Cache nicht auf Platte, lädt er das Artefakt vollständig. Zwei Dinge brauchen Sorgfalt: Die Images müssen auf dem Gerät liegen, und wer monatelang nicht neu startet, dem laufen die Zertifikate ab.",
      es: "Sigue con su último estado conocido: la planificación, los reinicios y todo lo local continúan, porque el servidor de la API está en el sitio. Las versiones nuevas esperan. Cuando vuelve el enlace, el agente descarga en su siguiente reintento y pasa directamente al estado más reciente; si la caché no estaba en disco, descarga el artefacto entero. Dos cuidados: las imágenes deben estar en el equipo, y si pasan meses sin reiniciar caducan los certificados.",
      zh: "它按最后已知状态继续运行：API server 在现场，调度、重启等本地功能一切照常。新版本等待发布。链路恢复后，代理在下次重试时拉取并直接到达最新状态；如果制品缓存没有落盘，就会完整下载一次。需注意两点：镜像必须已在设备上；几个月不重启的设备，证书会过期。",
    },
    sources: [fluxKustomization, k3sCertificates],
  },
  {
    id: "gitops-daily-outages",
    question: {
      en: "Is GitOps fit for daily outages?",
      de: "Eignet sich GitOps bei täglichen Ausfällen?",
      es: "¿Sirve GitOps con cortes diarios?",
      zh: "每天断网适合用 GitOps 吗？",
    },
    keywords: {
      en: "gitops daily outages fit suitable intermittent unreliable network every day cuts",
      de: "gitops täglich täglichen ausfälle ausfällen geeignet eignet unzuverlässig netz jeden tag abbrüche",
      es: "gitops cortes diarios sirve adecuado intermitente poco fiable red cada día caídas",
      zh: "gitops 每天 断网 中断 适合 不稳定 间歇 网络 日常",
    },
    answer: {
      en: "Yes, if the agent runs on site and pulls. It compares the wanted with the present state and tries again until they agree, so an interrupted update is finished later instead of failing. Shorten the retry interval, keep the artifact cache on disk, keep updates small, and do not read a missing heartbeat as a fault before your longest usual outage is over.",
      de: "Ja, wenn der Agent vor Ort läuft und selbst holt. Er vergleicht Soll und Ist und versucht es so lange, bis beide übereinstimmen; ein unterbrochenes Update wird also später fertig, statt zu scheitern. Retry-Intervall verkürzen, Artefakt-Cache auf Platte halten, Updates klein halten und ein fehlendes Lebenszeichen erst nach der längsten üblichen Unterbrechung als Störung werten.",
      es: "Sí, si el agente corre en el sitio y trabaja en modo pull. Compara el estado deseado con el actual y reintenta hasta que coinciden, de modo que una actualización interrumpida termina más tarde en vez de fallar. Conviene acortar el reintento, guardar la caché en disco, hacer actualizaciones pequeñas y no tomar la falta de señal por avería antes de que pase el corte más largo habitual.",
      zh: "适合，前提是代理运行在现场并采用拉取模式。它不断对比期望与实际状态并重试直至一致，被打断的更新稍后会完成，而不是失败。建议缩短重试间隔、把制品缓存落盘、让更新保持小巧，并且在超过平时最长断网时间之前，不要把收不到心跳当作故障。",
    },
    sources: [fluxKustomization],
  },
  {
    id: "pull-against-push",
    question: {
      en: "Why pull instead of push?",
      de: "Warum Pull statt Push?",
      es: "¿Por qué pull en vez de push?",
      zh: "为什么用拉取而不是推送？",
    },
    keywords: {
      en: "pull push why difference inbound port nat firewall model central hub",
      de: "pull push warum unterschied eingehend port nat firewall modell zentrale",
      es: "pull push por qué diferencia entrada puerto nat cortafuegos modelo central",
      zh: "拉取 推送 pull push 为什么 区别 入站 端口 nat 防火墙 中心",
    },
    answer: {
      en: "A site that pulls needs only outgoing HTTPS. NAT, changing addresses and carrier firewalls do not matter, no inbound port can be attacked, and no central server holds credentials for every site. A push that meets a dead link leaves a half-finished deployment behind; an agent that pulls goes on when the link is back.",
      de: "Ein Standort, der selbst holt, braucht nur ausgehendes HTTPS. NAT, wechselnde Adressen und Firewalls der Provider spielen keine Rolle, kein eingehender Port lässt sich angreifen, und kein zentraler Server hält Zugangsdaten für alle Standorte. Trifft ein Push auf eine tote Leitung, bleibt ein halbes Deployment zurück; ein Agent, der holt, macht weiter, sobald die Verbindung zurück ist.",
      es: "Un sitio en modo pull solo necesita HTTPS saliente. El NAT, las direcciones cambiantes y los cortafuegos del operador dan igual, no hay puerto de entrada que atacar y ningún servidor central guarda credenciales de todos los sitios. Un push que topa con un enlace caído deja un despliegue a medias; un agente en pull continúa cuando el enlace vuelve.",
      zh: "采用拉取的站点只需要出站 HTTPS。NAT、变动的地址、运营商防火墙都无所谓；没有可被攻击的入站端口；也没有哪台中心服务器握有所有站点的凭据。推送遇到断链会留下半截部署；拉取代理在链路恢复后继续完成。",
    },
    sources: [{ title: "OpenGitOps principles v1.0.0", url: "https://opengitops.dev" }],
  },
  {
    id: "production-unseen",
    question: {
      en: "Can I use the output in production unseen?",
      de: "Kann das Ergebnis ungeprüft in Produktion?",
      es: "¿Puedo usar el resultado en producción sin revisarlo?",
      zh: "结果可以不审核直接上生产吗？",
    },
    keywords: {
      en: "production unseen directly ready use output blindly review safe deploy as is",
      de: "produktion ungeprüft direkt fertig ergebnis blind prüfen sicher einsetzen",
      es: "producción sin revisar directamente listo usar resultado a ciegas revisión seguro",
      zh: "生产 直接 不审核 可以 上线 结果 放心 审查 使用",
    },
    answer: {
      en: "No. It is a blueprint whose files were checked against schemas, flags and policy; nobody has seen it run on your hardware. Certificates, keys, digests, site values and the physical policies are yours. A person reviews it, and one real device runs the first ring, before anything else does.",
      de: "Nein. Es ist eine Blaupause, deren Dateien gegen Schemas, Flags und Richtlinien geprüft sind; auf Ihrer Hardware hat sie noch niemand laufen sehen. Zertifikate, Schlüssel, Digests, Standortwerte und die Regeln für den physischen Schutz sind Ihre Sache. Erst prüft sie ein Mensch und ein echtes Gerät durchläuft den ersten Ring, dann alles Weitere.",
      es: "No. Es un plano cuyos archivos se han comprobado contra esquemas, opciones y políticas; nadie lo ha visto correr en su hardware. Certificados, claves, digests, valores del sitio y políticas físicas son cosa suya. Primero lo revisa una persona y un equipo real pasa el primer anillo; después, todo lo demás.",
      zh: "不可以。这是一份蓝图，其文件已对照 schema、参数和策略检查，但没有人见过它在您的硬件上运行。证书、密钥、digest、站点参数和物理安全策略由您负责。须先经人工审核，并让一台真机跑通第一个发布环，再做其他事情。",
    },
    sources: [{ title: "Edgewright, what a plan promises" }],
  },
  {
    id: "wasm-runtimes",
    question: {
      en: "What does WebAssembly need, and which runtime?",
      de: "Was braucht WebAssembly, und welche Laufzeit?",
      es: "¿Qué necesita WebAssembly y qué runtime?",
      zh: "WebAssembly 需要什么，用哪种运行时？",
    },
    keywords: {
      en: "wasm webassembly spin wasmedge wasmtime shim runtimeclass runtime experimental stable",
      de: "wasm webassembly spin wasmedge wasmtime shim runtimeclass laufzeit experimentell stabil",
      es: "wasm webassembly spin wasmedge wasmtime shim runtimeclass runtime experimental estable",
      zh: "wasm webassembly spin wasmedge wasmtime shim runtimeclass 运行时 实验 稳定",
    },
    answer: {
      en: "A containerd shim in the device image and a RuntimeClass that names it; no distribution brings the shims. K3s finds them on its PATH at a start, so it is restarted after they are added. Spin is the shim with an operator and the most users; WasmEdge and wasmtime come through runwasi. They exist for amd64 and arm64 only, and the APIs around them still change: treat all of it as a risk and keep a container image of the same function ready.",
      de: "Einen containerd-Shim im Geräte-Image und eine RuntimeClass, die ihn nennt; keine Distribution bringt die Shims mit. K3s findet sie beim Start im PATH und wird deshalb danach neu gestartet. Spin ist der Shim mit Operator und den meisten Anwendern; WasmEdge und wasmtime kommen über runwasi. Es gibt sie nur für amd64 und arm64, und die APIs drumherum ändern sich noch: alles als Risiko behandeln und dieselbe Funktion als Container-Image bereithalten.",
      es: "Un shim de containerd en la imagen del dispositivo y un RuntimeClass que lo nombre; ninguna distribución trae los shims. K3s los encuentra en su PATH al arrancar, por eso se reinicia tras añadirlos. Spin es el shim con operador y más usuarios; WasmEdge y wasmtime llegan por runwasi. Solo existen para amd64 y arm64, y las API que los rodean aún cambian: trátelo como riesgo y tenga lista la misma función como imagen de contenedor.",
      zh: "需要在设备镜像中装入 containerd shim，并用 RuntimeClass 指向它；没有哪个发行版自带 shim。K3s 在启动时从 PATH 发现它们，因此添加后要重启。Spin 有配套 operator，用户最多；WasmEdge 和 wasmtime 由 runwasi 提供。它们仅支持 amd64 和 arm64，周边 API 仍在变化：应一律按风险对待，并准备好同一功能的容器镜像。",
    },
    sources: [
      { title: "K3s, advanced options (WebAssembly shims)", url: "https://docs.k3s.io/advanced" },
      { title: "containerd-shim-spin v0.24.0, runwasi" },
    ],
  },
  {
    id: "nodes-notready",
    question: {
      en: "Why are my nodes NotReady?",
      de: "Warum sind meine Knoten NotReady?",
      es: "¿Por qué mis nodos están en NotReady?",
      zh: "节点为什么是 NotReady？",
    },
    keywords: {
      en: "notready not ready node nodes why status unknown kubelet",
      de: "notready nicht bereit knoten warum status unknown kubelet",
      es: "notready no listo nodo nodos por qué estado unknown kubelet",
      zh: "notready 未就绪 节点 为什么 状态 unknown kubelet",
    },
    answer: {
      en: "Seen from outside, NotReady usually means only that the link is down: the node has not reported for about 40 seconds. On the device look, in this order, at the service (`systemctl status k3s`), the clock (wrong time breaks every certificate), expired certificates after months without a restart, memory or disk pressure (`kubectl describe node`), a full or worn-out SD card, and a missing default route, without which K3s does not start. In a fleet, alert on silence longer than your longest outage, not on NotReady.",
      de: "Von außen gesehen heißt NotReady meist nur, dass die Verbindung fehlt: Der Knoten hat sich rund 40 Sekunden nicht gemeldet. Am Gerät der Reihe nach prüfen: Dienst (`systemctl status k3s`), Uhr (falsche Zeit macht alle Zertifikate ungültig), abgelaufene Zertifikate nach Monaten ohne Neustart, Speicher- oder Plattendruck (`kubectl describe node`), volle oder verschlissene SD-Karte, fehlende Default-Route, ohne die K3s nicht startet. In einer Flotte alarmiert man bei Stille, die länger dauert als der längste Ausfall, nicht bei NotReady.",
      es: "Visto desde fuera, NotReady suele significar solo que no hay enlace: el nodo lleva unos 40 segundos sin informar. En el equipo, por este orden: el servicio (`systemctl status k3s`), el reloj (una hora errónea invalida todos los certificados), certificados caducados tras meses sin reiniciar, presión de memoria o disco (`kubectl describe node`), tarjeta SD llena o gastada y falta de ruta por defecto, sin la cual K3s no arranca. En una flota se alerta por un silencio mayor que el corte más largo, no por NotReady.",
      zh: "从外部看，NotReady 往往只说明链路断了：节点约 40 秒没有上报。在设备上依次检查：服务（`systemctl status k3s`）、时钟（时间不对会让所有证书失效）、数月未重启导致的证书过期、内存或磁盘压力（`kubectl describe node`）、SD 卡写满或磨损、缺少默认路由（没有它 K3s 无法启动）。对于大规模设备，应在静默时间超过最长断网时长时告警，而不是看 NotReady。",
    },
    sources: [
      {
        title: "Kubernetes, nodes (heartbeats, 40 s grace period)",
        url: "https://kubernetes.io/docs/concepts/architecture/nodes/",
      },
      k3sCertificates,
      { title: "K3s, air-gap install (default route)", url: "https://docs.k3s.io/installation/airgap" },
    ],
  },
  {
    id: "sealed-or-sops",
    question: {
      en: "Sealed Secrets or SOPS?",
      de: "Sealed Secrets oder SOPS?",
      es: "¿Sealed Secrets o SOPS?",
      zh: "Sealed Secrets 还是 SOPS？",
    },
    keywords: {
      en: "sealed secrets sops age secret management encrypt git external secrets vault",
      de: "sealed secrets sops age geheimnisse verschlüsseln git external secrets vault",
      es: "sealed secrets sops age secretos cifrar git external secrets vault gestión",
      zh: "sealed secrets sops age 密钥 加密 git external secrets vault 管理",
    },
    answer: {
      en: "With Flux, SOPS with age: decryption is built into its kustomize controller, nothing else runs on the node, and each site can have a key of its own. Sealed Secrets adds a controller per cluster and one key pair each; it fits Argo CD, which does not decrypt SOPS by itself. External Secrets needs the link to refresh, but keeps what it has fetched. Whichever it is, no key is shared by the whole fleet.",
      de: "Mit Flux: SOPS mit age. Die Entschlüsselung steckt im Kustomize-Controller, auf dem Knoten läuft nichts Zusätzliches, und jeder Standort kann einen eigenen Schlüssel haben. Sealed Secrets bringt je Cluster einen Controller und ein eigenes Schlüsselpaar mit; das passt zu Argo CD, das SOPS nicht von selbst entschlüsselt. External Secrets braucht zum Auffrischen die Verbindung, behält aber, was es geholt hat. In jedem Fall gilt: kein gemeinsamer Schlüssel für die ganze Flotte.",
      es: "Con Flux, SOPS con age: el descifrado está en su controlador kustomize, no corre nada más en el nodo y cada sitio puede tener su clave. Sealed Secrets añade un controlador por clúster y un par de claves en cada uno; encaja con Argo CD, que no descifra SOPS por sí mismo. External Secrets necesita el enlace para refrescar, pero conserva lo obtenido. En todo caso, ninguna clave compartida por toda la flota.",
      zh: "用 Flux 时选 SOPS 加 age：解密内置在 kustomize 控制器中，节点上不必多跑任何东西，每个站点可有各自的密钥。Sealed Secrets 在每个集群多一个控制器和一对密钥，适合本身不解密 SOPS 的 Argo CD。External Secrets 刷新时需要网络，但会保留已取得的内容。无论选哪种，都不要让整个设备群共用一把密钥。",
    },
    sources: [
      { title: "Flux, SOPS guide", url: "https://fluxcd.io/flux/guides/mozilla-sops/" },
      { title: "Sealed Secrets v0.36.6" },
    ],
  },
  {
    id: "stolen-device",
    question: {
      en: "What if a device is stolen?",
      de: "Was, wenn ein Gerät gestohlen wird?",
      es: "¿Y si roban un equipo?",
      zh: "设备被偷了怎么办？",
    },
    keywords: {
      en: "stolen theft steal device lost thief physical access box opened",
      de: "gestohlen diebstahl stehlen gerät verloren dieb physischer zugriff geöffnet",
      es: "robado robo roban equipo dispositivo perdido ladrón acceso físico abierto",
      zh: "被偷 被盗 偷窃 盗窃 设备 丢失 物理 接触 拆开",
    },
    answer: {
      en: "Revoke what that device could use: its read-only repository credential, its registry credential and its unlock key, each of which belongs to it alone. With a TPM and a network-bound unlock the disk stays closed; a TPM alone opens the disk for whoever carries off the whole board. Then rotate every secret the site could read, and provision the spare. Encrypting Secrets in the datastore does not help here: the key lies on the same disk.",
      de: "Widerrufen, was dieses Gerät benutzen konnte: den lesenden Repository-Zugang, den Registry-Zugang und den Entsperrschlüssel; alle gehören nur ihm. Mit TPM und netzgebundener Entsperrung bleibt die Platte zu; ein TPM allein öffnet sie für jeden, der das ganze Board mitnimmt. Danach jedes Secret rotieren, das der Standort lesen konnte, und das Reservegerät provisionieren. Die Verschlüsselung der Secrets im Datastore hilft hier nicht: Der Schlüssel liegt auf derselben Platte.",
      es: "Revoque lo que ese equipo podía usar: su credencial de solo lectura del repositorio, la del registro y su clave de desbloqueo; todas son solo suyas. Con TPM y desbloqueo ligado a la red, el disco sigue cerrado; el TPM por sí solo se lo abre a quien se lleve la placa entera. Después rote todo secreto que el sitio pudiera leer y aprovisione el repuesto. Cifrar los Secrets en el almacén de datos no ayuda aquí: la clave está en el mismo disco.",
      zh: "吊销该设备可用的一切：只读仓库凭据、镜像仓库凭据和解锁密钥，三者都只属于它自己。TPM 加网络绑定解锁时磁盘打不开；仅有 TPM 时，整块主板被带走就能打开。随后轮换该站点读得到的所有密钥，并开通备机。数据存储中的 Secret 加密在此无济于事：密钥就在同一块磁盘上。",
    },
    sources: [
      { title: "K3s, secrets encryption", url: "https://docs.k3s.io/security/secrets-encryption" },
      { title: "Kairos v4.2, partition encryption" },
    ],
  },
  {
    id: "one-repository",
    question: {
      en: "Can thousands of clusters poll one Git repository?",
      de: "Können Tausende Cluster ein Git-Repository abfragen?",
      es: "¿Pueden miles de clústeres consultar un mismo repositorio Git?",
      zh: "几千个集群能轮询同一个 Git 仓库吗？",
    },
    keywords: {
      en: "thousands clusters one repository poll polling interval rate limit git github oci scale",
      de: "tausende cluster ein repository abfragen polling intervall limit git github oci skalieren",
      es: "miles clústeres repositorio consultar sondeo intervalo límite git github oci escala",
      zh: "数千 几千 集群 一个 仓库 轮询 间隔 限制 git github oci 规模",
    },
    answer: {
      en: "One repository yes, polling it no. GitHub asks for at most 15 reads a second per repository; 5,000 sites at one minute make 83. Lengthen the interval to sites divided by 15 seconds for each source, and from 1,000 sites on let CI push signed OCI artifacts, one per set and ring, that sites pull from a registry near them. From 5,000 on this is not a choice any more. Git stays the source of truth for CI.",
      de: "Ein Repository ja, es abfragen nein. GitHub erlaubt je Repository höchstens 15 Lesezugriffe pro Sekunde; 5.000 Standorte im Minutentakt ergeben 83. Das Intervall je Quelle auf Standorte geteilt durch 15 Sekunden verlängern und ab 1.000 Standorten signierte OCI-Artefakte verwenden, je Set und Ring eines, die die Standorte aus einer nahen Registry holen. Ab 5.000 ist das keine Wahl mehr. Für die CI bleibt Git die Quelle der Wahrheit.",
      es: "Un repositorio sí; consultarlo, no. GitHub admite como mucho 15 lecturas por segundo y repositorio; 5000 sitios cada minuto son 83. Alargue el intervalo a sitios dividido entre 15 segundos por fuente y, desde 1000 sitios, que la CI publique artefactos OCI firmados, uno por conjunto y anillo, que los sitios descargan de un registro cercano. Desde 5000 ya no es opcional. Git sigue siendo la fuente de verdad para la CI.",
      zh: "仓库可以只有一个，但不能让它们都来轮询。GitHub 要求每个仓库每秒最多 15 次读取；5,000 个站点每分钟一次就是每秒 83 次。应把每个源的间隔延长到“站点数 ÷ 15”秒以上；1,000 个站点起由 CI 推送签名的 OCI 制品（每个 set 和发布环一个），站点从就近的镜像仓库拉取。5,000 个起这已不是选项而是必须。对 CI 而言 Git 仍是唯一事实来源。",
    },
    sources: [
      {
        title: "GitHub, repository limits",
        url: "https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits",
      },
    ],
  },
];
