import type { Decisions } from "#model/decision.ts";
import { type Text, text } from "#model/text.ts";
import { file, list, type Material, paragraph, type Write } from "./context.ts";

const encryption: Record<Decisions["encryption"]["choice"], Text> = {
  "luks-tpm": {
    en: "The disk is encrypted with LUKS2 and opens only on its own board, by the TPM; a recovery key is kept centrally.",
    de: "Die Platte ist mit LUKS2 verschlüsselt und öffnet sich per TPM nur auf ihrem eigenen Board; ein Wiederherstellungsschlüssel liegt zentral.",
    es: "El disco va cifrado con LUKS2 y solo se abre en su propia placa, mediante el TPM; una clave de recuperación se guarda en la central.",
    zh: "磁盘以 LUKS2 加密，只能通过 TPM 在原主板上解锁；恢复密钥集中保管。",
  },
  "luks-tpm-network": {
    en: "The disk is encrypted with LUKS2 and opens only with the board's TPM and an answer from the network together: a stolen box stays closed.",
    de: "Die Platte ist mit LUKS2 verschlüsselt und öffnet sich nur, wenn TPM und Netz zusammenwirken: Ein gestohlenes Gerät bleibt zu.",
    es: "El disco va cifrado con LUKS2 y solo se abre con el TPM de la placa y una respuesta de la red a la vez: un equipo robado sigue cerrado.",
    zh: "磁盘以 LUKS2 加密，须同时具备主板 TPM 和网络应答才能解锁：被盗设备打不开。",
  },
  "luks-network": {
    en: "The board has no TPM: the disk is encrypted with LUKS2 and opens over the network only. A box that is taken away stays closed; its boot chain is not proven.",
    de: "Das Board hat kein TPM: Die Platte ist mit LUKS2 verschlüsselt und öffnet sich nur über das Netz. Ein entwendetes Gerät bleibt zu; seine Bootkette ist nicht nachgewiesen.",
    es: "La placa no tiene TPM: el disco va cifrado con LUKS2 y solo se abre por la red. Un equipo sustraído sigue cerrado; su cadena de arranque no está verificada.",
    zh: "主板没有 TPM：磁盘以 LUKS2 加密，只能通过网络解锁。设备被带走也打不开，但启动链未经验证。",
  },
  none: {
    en: "The disk is not encrypted. {reason}",
    de: "Die Platte ist nicht verschlüsselt. {reason}",
    es: "El disco no se cifra. {reason}",
    zh: "磁盘不加密。{reason}",
  },
};

const secureBoot: Record<Decisions["secureBoot"]["choice"], Text> = {
  enforced: {
    en: "Secure Boot is enforced: only signed boot loaders and kernels start.",
    de: "Secure Boot ist Pflicht: Nur signierte Bootloader und Kernel starten.",
    es: "Secure Boot es obligatorio: solo arrancan cargadores y núcleos firmados.",
    zh: "强制启用 Secure Boot：只有已签名的引导程序和内核才能启动。",
  },
  "where-supported": {
    en: "Secure Boot is switched on wherever the hardware has it.",
    de: "Secure Boot wird überall eingeschaltet, wo die Hardware es bietet.",
    es: "Secure Boot se activa en todo hardware que lo admita.",
    zh: "凡硬件支持之处均启用 Secure Boot。",
  },
  unavailable: {
    en: "Secure Boot is not available on this hardware. It is a feature of firmware and OS, not of Kubernetes, and the risk is listed.",
    de: "Secure Boot gibt es auf dieser Hardware nicht. Es ist eine Funktion von Firmware und Betriebssystem, nicht von Kubernetes; das Risiko ist aufgeführt.",
    es: "Secure Boot no existe en este hardware. Es una función del firmware y del sistema, no de Kubernetes; el riesgo consta en la lista.",
    zh: "该硬件不支持 Secure Boot。它属于固件和操作系统的功能，而非 Kubernetes 的功能；相关风险已列出。",
  },
};

const secrets: Record<Decisions["secrets"]["choice"], Text> = {
  sops: {
    en: "Secrets lie in the repository only as SOPS files, encrypted with one age key per site.",
    de: "Secrets liegen im Repository nur als SOPS-Dateien, verschlüsselt mit einem age-Schlüssel je Standort.",
    es: "Los secretos están en el repositorio solo como archivos SOPS, cifrados con una clave age por sitio.",
    zh: "Secret 仅以 SOPS 文件形式存于仓库，每个站点使用各自的 age 密钥加密。",
  },
  "sealed-secrets": {
    en: "Secrets lie in the repository only as SealedSecrets; each cluster's controller holds the only key that opens them.",
    de: "Secrets liegen im Repository nur als SealedSecrets; den einzigen passenden Schlüssel hält der Controller des jeweiligen Clusters.",
    es: "Los secretos están en el repositorio solo como SealedSecrets; la única clave que los abre la tiene el controlador de cada clúster.",
    zh: "Secret 仅以 SealedSecret 形式存于仓库；唯一能解开的密钥在各集群的控制器中。",
  },
  "external-secrets": {
    en: "Secrets stay in the central store; the site fetches its own and keeps them when the link is down.",
    de: "Secrets bleiben im zentralen Speicher; der Standort holt die eigenen und behält sie, wenn die Verbindung fehlt.",
    es: "Los secretos permanecen en el almacén central; el sitio descarga los suyos y los conserva cuando no hay enlace.",
    zh: "Secret 保留在中心存储；站点只取自己的，断网时仍保留。",
  },
  image: {
    en: "Secrets are written when the device is provisioned, one set per device; none is baked into the image.",
    de: "Secrets entstehen bei der Provisionierung, je Gerät eigene; im Image steckt keines.",
    es: "Los secretos se escriben al aprovisionar, distintos por dispositivo; ninguno va en la imagen.",
    zh: "Secret 在设备开通时写入，每台设备各不相同；镜像中不含任何 Secret。",
  },
};

type Row = [threat: Text, measure: Text];

const stolen: Text = {
  en: "A device is stolen or opened",
  de: "Ein Gerät wird gestohlen oder geöffnet",
  es: "Roban o abren un equipo",
  zh: "设备被盗或被拆开",
};
const closedDisk: Text = {
  en: "Encrypted disk, credentials of this site only, all of them revocable in one step; nothing on it opens another site.",
  de: "Verschlüsselte Platte und Zugangsdaten nur dieses Standorts, in einem Schritt widerrufbar; nichts darauf öffnet einen anderen Standort.",
  es: "Disco cifrado y credenciales solo de este sitio, revocables en un paso; nada en él abre otro sitio.",
  zh: "磁盘加密；凭据只属于本站点，可一步吊销；其中没有任何东西能打开其他站点。",
};
const openDisk: Text = {
  en: "Its disk can be read. It holds credentials of this site only, all of them revocable in one step; nothing on it opens another site.",
  de: "Die Platte ist lesbar. Sie enthält nur Zugangsdaten dieses Standorts, in einem Schritt widerrufbar; nichts darauf öffnet einen anderen Standort.",
  es: "Su disco se puede leer. Solo contiene credenciales de este sitio, revocables en un paso; nada en él abre otro sitio.",
  zh: "磁盘可读。其中只有本站点的凭据，可一步吊销；没有任何东西能打开其他站点。",
};
const plugged: Text = {
  en: "Somebody plugs into the local network",
  de: "Jemand steckt sich ins lokale Netz",
  es: "Alguien se conecta a la red local",
  zh: "有人接入本地网络",
};
const closedNode: Text = {
  en: "No inbound port; the device's firewall drops what nobody asked for.",
  de: "Kein eingehender Port; die Firewall des Geräts verwirft, was niemand angefordert hat.",
  es: "Sin puertos de entrada; el cortafuegos del equipo descarta lo que nadie ha pedido.",
  zh: "无入站端口；设备防火墙丢弃一切未经请求的流量。",
};
const closedCluster: Text = {
  en: "No port open from outside, default-deny network policies; {pods}.",
  de: "Kein Port nach außen, NetworkPolicies mit Default-Deny; {pods}.",
  es: "Sin puertos abiertos al exterior y NetworkPolicies con denegación por defecto; {pods}.",
  zh: "不对外开放端口；NetworkPolicy 默认拒绝；{pods}。",
};
const podWords: Record<"inside" | "encrypted" | "plain", Text> = {
  inside: {
    en: "pod traffic does not leave the node",
    de: "Pod-Verkehr verlässt den Knoten nicht",
    es: "el tráfico de pods no sale del nodo",
    zh: "Pod 流量不离开节点",
  },
  encrypted: {
    en: "pod traffic between nodes is encrypted with WireGuard",
    de: "Pod-Verkehr zwischen Knoten ist mit WireGuard verschlüsselt",
    es: "el tráfico de pods entre nodos va cifrado con WireGuard",
    zh: "节点间 Pod 流量由 WireGuard 加密",
  },
  plain: {
    en: "pod traffic between nodes is not encrypted and stays on the site's own wire",
    de: "Pod-Verkehr zwischen Knoten ist unverschlüsselt und bleibt auf der eigenen Leitung des Standorts",
    es: "el tráfico de pods entre nodos no se cifra y no sale del cableado del sitio",
    zh: "节点间 Pod 流量不加密，只走站点自有线路",
  },
};
const tampered: Text = {
  en: "A manifest or image is tampered with",
  de: "Ein Manifest oder Image wird manipuliert",
  es: "Alteran un manifiesto o una imagen",
  zh: "清单或镜像被篡改",
};
const provenance: Record<"signed" | "reviewed" | "image", Text> = {
  signed: {
    en: "Artifacts are signed by CI and verified on site, images are pinned, devices may only read, and admission refuses what does not match.",
    de: "Artefakte sind von der CI signiert und werden vor Ort geprüft, Images sind festgelegt, Geräte dürfen nur lesen, und die Admission weist Abweichendes ab.",
    es: "La CI firma los artefactos y se verifican en el sitio, las imágenes están fijadas, los dispositivos solo leen y la admisión rechaza lo que no encaja.",
    zh: "制品由 CI 签名并在现场校验，镜像版本固定，设备只有只读权限，准入控制拒绝不符合要求的内容。",
  },
  reviewed: {
    en: "Nothing reaches a ring without review, images are pinned, devices may only read the repository, and admission refuses what does not match.",
    de: "Ohne Review erreicht nichts einen Ring, Images sind festgelegt, Geräte dürfen das Repository nur lesen, und die Admission weist Abweichendes ab.",
    es: "Nada llega a un anillo sin revisión, las imágenes están fijadas, los dispositivos solo leen el repositorio y la admisión rechaza lo que no encaja.",
    zh: "未经评审的内容到不了任何发布环，镜像版本固定，设备对仓库只有只读权限，准入控制拒绝不符合要求的内容。",
  },
  image: {
    en: "CI signs the device image, and a device starts only an image whose signature it has checked; nothing else is pulled at run time.",
    de: "Die CI signiert das Geräte-Image, und ein Gerät startet nur ein Image, dessen Signatur es geprüft hat; sonst wird zur Laufzeit nichts geholt.",
    es: "La CI firma la imagen y el dispositivo solo arranca una imagen cuya firma ha comprobado; en ejecución no se descarga nada más.",
    zh: "设备镜像由 CI 签名，设备只启用通过签名校验的镜像；运行时不再拉取其他内容。",
  },
};

function threatsOf({ brief, verdict }: Material): Row[] {
  const { encryption, topology, podTraffic, delivery, gitops } = verdict.decisions;
  const isOne = brief.answers.nodesPerSite === 1 && topology.choice !== "site-server";
  const isEncrypted = podTraffic.choice.startsWith("wireguard");
  const pods = podWords[isOne ? "inside" : isEncrypted ? "encrypted" : "plain"];
  const isVerified = delivery.choice === "oci" && gitops.choice === "flux";
  return [
    [stolen, encryption.choice === "none" ? openDisk : closedDisk],
    [plugged, topology.choice === "image" ? closedNode : text(closedCluster, { pods })],
    [tampered, provenance[delivery.choice === "image" ? "image" : isVerified ? "signed" : "reviewed"]],
  ];
}

const ownCredentials: Text = {
  en: "No shared token: every device gets credentials of its own when it is provisioned, and none is baked into an image.",
  de: "Kein gemeinsames Token: Jedes Gerät bekommt bei der Einrichtung eigene Zugangsdaten, und keine stecken in einem Image.",
  es: "Sin token compartido: cada dispositivo recibe sus propias credenciales al aprovisionarlo y ninguna va en una imagen.",
  zh: "不共用 token：每台设备在部署时获得自己的凭据，凭据不写入镜像。",
};

/** Deliverables 8 and 9: threats with their measures, policies against physical access, and a snippet that defends. */
export const security: Write = (material) => {
  const { brief, verdict, files } = material;
  const { decisions } = verdict;
  const cluster = decisions.topology.choice !== "image";
  return {
    id: "security",
    title: { en: "Security", de: "Sicherheit", es: "Seguridad", zh: "安全" },
    parts: [
      {
        kind: "table",
        columns: [
          { en: "threat", de: "Bedrohung", es: "amenaza", zh: "威胁" },
          { en: "measure", de: "Maßnahme", es: "medida", zh: "措施" },
        ],
        rows: threatsOf(material),
      },
      paragraph({
        en: "Against physical access:",
        de: "Gegen physischen Zugriff:",
        es: "Contra el acceso físico:",
        zh: "针对物理接触：",
      }),
      list([
        text(encryption[decisions.encryption.choice], { reason: decisions.encryption.reason }),
        secureBoot[decisions.secureBoot.choice],
        {
          en: "USB boot and the firmware menu are locked with a password of this device; the serial console and unused ports are off.",
          de: "USB-Start und Firmware-Menü sind mit einem Passwort dieses Geräts gesperrt; serielle Konsole und unbenutzte Anschlüsse sind aus.",
          es: "El arranque por USB y el menú del firmware se bloquean con una contraseña propia del equipo; la consola serie y los puertos sin uso están apagados.",
          zh: "USB 启动和固件菜单用本机专属密码锁定；串口控制台和未用接口关闭。",
        },
        brief.answers.nodesPerSite === 1
          ? ownCredentials
          : {
              en: "No shared token: join tokens expire, agents have a token of their own, and no server token is baked into an image.",
              de: "Kein gemeinsames Token: Join-Tokens laufen ab, Agents haben ein eigenes, und kein Server-Token steckt in einem Image.",
              es: "Sin token compartido: los de unión caducan, los agentes tienen el suyo y ningún token de servidor va en una imagen.",
              zh: "不共用 token：加入 token 会过期，agent 有自己的 token，server token 不写入镜像。",
            },
        {
          en: "A lost device is a routine: revoke its repository and registry credentials, remove its unlock key, rotate what it could read.",
          de: "Ein verlorenes Gerät ist Routine: Zugänge zu Repository und Registry widerrufen, Entsperrschlüssel löschen, alles Lesbare rotieren.",
          es: "Un equipo perdido es rutina: revocar sus credenciales de repositorio y registro, borrar su clave de desbloqueo y rotar lo que podía leer.",
          zh: "设备丢失有固定流程：吊销其仓库和镜像仓库凭据，删除解锁密钥，轮换它能读到的一切。",
        },
      ]),
      paragraph(
        decisions.topology.choice === "image"
          ? { en: "On the device:", de: "Auf dem Gerät:", es: "En el dispositivo:", zh: "设备上：" }
          : {
              en: "Inside the cluster:",
              de: "Im Cluster:",
              es: "Dentro del clúster:",
              zh: "集群内部：",
            },
      ),
      list([
        secrets[decisions.secrets.choice],
        cluster && {
          en: "Pods run under the restricted Pod Security standard: no root, no capabilities, read-only root file system, requests and limits.",
          de: "Pods laufen unter dem Pod-Security-Standard „restricted“: kein root, keine Capabilities, schreibgeschütztes Root-Dateisystem, Requests und Limits.",
          es: "Los pods corren con el estándar «restricted» de Pod Security: sin root, sin capabilities, sistema raíz de solo lectura, con requests y limits.",
          zh: "Pod 遵循 restricted 级 Pod Security 标准：非 root、无 capabilities、根文件系统只读、设置 requests 与 limits。",
        },
        cluster && {
          en: "Traffic is denied by default in both directions; only DNS and what a component needs is allowed.",
          de: "Verkehr ist in beide Richtungen grundsätzlich verboten; erlaubt sind nur DNS und das, was eine Komponente braucht.",
          es: "El tráfico se deniega por defecto en ambos sentidos; solo se permiten DNS y lo que cada componente necesita.",
          zh: "双向流量默认拒绝，仅放行 DNS 和各组件所需的流量。",
        },
      ]),
      ...file(files, /^policies\/.*(network|deny)[^/]*\.yaml$/),
    ],
    sources: [...decisions.encryption.sources, ...decisions.secureBoot.sources, ...decisions.secrets.sources],
  };
};
