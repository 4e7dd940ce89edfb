import { osImages } from "#catalogue/os-images.ts";
import { sources } from "#catalogue/sources.ts";
import { always, type Family } from "./rules.ts";
import { type After, isCommonArch, type Site } from "./site.ts";

type Lock = "luks-tpm" | "luks-tpm-network" | "luks-network" | "none";
type LockSite = After<"distribution" | "os">;

const personalData: ReadonlySet<string> = new Set(["retail", "healthcare", "public"]);

/** Whether what lies on the disk has to stay closed when the machine is carried away (section 7). */
export function needsEncryption(site: Site): boolean {
  if (site.answers.exposure !== "locked") return true;
  return site.answers.regulated || personalData.has(site.answers.industry);
}

function canUnlockByNetwork(site: LockSite): boolean {
  return site.answers.network !== "air-gapped" && osImages[site.os].networkUnlock;
}

/** Section 7, points 1 to 3, 5 and 6: what keeps a stolen disk closed. */
export const encryption: Family<Lock, LockSite> = {
  hangsOn: ["exposure", "tpm", "uefi", "network", "board", "regulated", "industry"],
  rows: [
    {
      id: "E3",
      when: (site) => !needsEncryption(site),
      choice: "none",
      reason: {
        en: "The machines stand in a locked room and hold no personal or payment data.",
        de: "Die Maschinen stehen in einem verschlossenen Raum und halten keine Personen- oder Zahlungsdaten.",
        es: "Las máquinas están en una sala cerrada y no guardan datos personales ni de pago.",
        zh: "设备放在上锁的房间内，且不保存个人或支付数据。",
      },
      sources: [sources.judgement],
    },
    {
      id: "E1",
      when: (site) => site.tpm && site.answers.exposure === "exposed" && canUnlockByNetwork(site),
      choice: "luks-tpm-network",
      reason: {
        en: "The TPM alone opens the disk to whoever boots the stolen machine; a key server adds a factor that stays behind.",
        de: "Das TPM allein öffnet die Platte jedem, der die gestohlene Maschine startet; ein Schlüsselserver ist der Faktor, der zurückbleibt.",
        es: "El TPM por sí solo abre el disco a quien arranque la máquina robada; un servidor de claves añade un factor que se queda atrás.",
        zh: "仅有 TPM 时，谁启动被盗整机谁就能解锁；密钥服务器提供了不会随机器被带走的因素。",
      },
      sources: [sources.kairosEncryption, sources.flatcar],
    },
    {
      id: "E2",
      when: (site) => site.tpm,
      choice: "luks-tpm",
      reason: {
        en: "LUKS2 sealed to the TPM unlocks without a person and without a link; a recovery key is kept centrally.",
        de: "LUKS2, an das TPM gebunden, entsperrt ohne Person und ohne Leitung; ein Wiederherstellungsschlüssel liegt zentral.",
        es: "LUKS2 sellado al TPM se desbloquea sin persona y sin enlace; una clave de recuperación se guarda en la central.",
        zh: "LUKS2 密封于 TPM，无需人工和网络即可解锁；恢复密钥集中保管。",
      },
      sources: [sources.kairosEncryption],
    },
    {
      id: "E5",
      when: canUnlockByNetwork,
      choice: "luks-network",
      reason: {
        en: "Without a TPM the key comes from a server at boot: a machine carried away stays closed.",
        de: "Ohne TPM kommt der Schlüssel beim Start von einem Server: Eine entwendete Maschine bleibt verschlossen.",
        es: "Sin TPM la clave llega de un servidor al arrancar: una máquina robada permanece cerrada.",
        zh: "没有 TPM，启动时从服务器获取密钥：被带走的机器保持锁定。",
      },
      sources: [sources.kairosEncryption, sources.flatcar],
    },
    {
      id: "E6",
      when: always,
      choice: "none",
      reason: {
        en: "No TPM, and no key server this system could ask at boot: the disk stays readable, so secrets must be short-lived.",
        de: "Kein TPM und kein Schlüsselserver, den dieses System beim Start fragen könnte: Die Platte bleibt lesbar, Geheimnisse müssen kurzlebig sein.",
        es: "Sin TPM y sin servidor de claves que este sistema pueda consultar al arrancar: el disco queda legible y los secretos deben durar poco.",
        zh: "没有 TPM，该系统启动时也没有可询问的密钥服务器：磁盘仍可读，密钥必须短期有效。",
      },
      sources: [sources.kairosEncryption, sources.ubuntuCore],
    },
  ],
  whyNot: {
    "luks-tpm": {
      when: needsEncryption,
      why: (site) =>
        site.tpm
          ? {
              en: "Protects a removed disk, not a stolen machine that still boots.",
              de: "Schützt eine ausgebaute Platte, nicht eine gestohlene Maschine, die noch startet.",
              es: "Protege un disco extraído, no una máquina robada que aún arranca.",
              zh: "能保护被拆走的磁盘，但保护不了仍可启动的被盗整机。",
            }
          : {
              en: "Takes a TPM 2.0 and UEFI; these machines have no such pair.",
              de: "Verlangt TPM 2.0 und UEFI; beides zusammen haben diese Maschinen nicht.",
              es: "Exige TPM 2.0 y UEFI; estas máquinas no tienen ambos.",
              zh: "需要 TPM 2.0 和 UEFI；这些设备不具备。",
            },
      source: sources.kairosEncryption,
    },
    "luks-network": {
      when: (site) => needsEncryption(site),
      why: (site) =>
        site.answers.network === "air-gapped"
          ? {
              en: "An air-gapped machine could not reboot unattended.",
              de: "Eine Maschine ohne Netz könnte nicht unbeaufsichtigt neu starten.",
              es: "Una máquina aislada no podría reiniciarse sin atención.",
              zh: "与网络隔离的机器将无法无人值守重启。",
            }
          : {
              en: "Every reboot would wait for the link; with a TPM that is not necessary.",
              de: "Jeder Neustart würde auf die Leitung warten; mit TPM ist das nicht nötig.",
              es: "Cada reinicio esperaría al enlace; con un TPM no hace falta.",
              zh: "每次重启都要等待网络；有 TPM 时没有必要。",
            },
      source: sources.kairosEncryption,
    },
    none: {
      when: needsEncryption,
      why: {
        en: "The cluster's own key lies on the same disk: whoever takes it reads every Secret.",
        de: "Der Schlüssel des Clusters liegt auf derselben Platte: Wer sie mitnimmt, liest jedes Secret.",
        es: "La clave del clúster está en el mismo disco: quien se lo lleve lee todos los Secrets.",
        zh: "集群自身的密钥就在同一块磁盘上：拿走磁盘即可读取所有 Secret。",
      },
      source: sources.k3sSecrets,
    },
  },
};

type Boot = "enforced" | "where-supported" | "unavailable";

/** Secure Boot is the firmware's and the system's, never the distribution's (H12, H14). */
export const secureBoot: Family<Boot, LockSite> = {
  hangsOn: ["uefi", "tpm", "exposure", "board", "arch"],
  rows: [
    {
      id: "H14",
      when: (site) => !site.uefi || !isCommonArch(site),
      choice: "unavailable",
      reason: {
        en: "These boards have no UEFI that verifies signatures; the boot chain stays unproven.",
        de: "Diese Boards haben kein UEFI, das Signaturen prüft; die Boot-Kette bleibt unbewiesen.",
        es: "Estas placas no tienen un UEFI que verifique firmas; la cadena de arranque queda sin probar.",
        zh: "这些板卡没有可验证签名的 UEFI；启动链无法得到证明。",
      },
      sources: [sources.ubuntuCore],
    },
    {
      id: "E1",
      when: (site) => site.answers.exposure === "exposed" && site.tpm && osImages[site.os].trustedBoot,
      choice: "enforced",
      reason: {
        en: "Strangers can reach the machines: only signed, measured images boot, and the disk key hangs on that measurement.",
        de: "Fremde kommen an die Maschinen: Nur signierte, gemessene Images starten, und der Plattenschlüssel hängt an dieser Messung.",
        es: "Extraños pueden llegar a las máquinas: solo arrancan imágenes firmadas y medidas, y la clave del disco depende de esa medición.",
        zh: "陌生人可接触设备：只有经签名和度量的镜像才能启动，磁盘密钥与该度量绑定。",
      },
      sources: [sources.kairosTrustedBoot, sources.ubuntuCore],
    },
    {
      id: "E2",
      when: always,
      choice: "where-supported",
      reason: {
        en: "Switched on wherever the firmware allows it; a machine that cannot is listed, not excluded.",
        de: "Eingeschaltet, wo die Firmware es zulässt; eine Maschine, die es nicht kann, wird geführt, nicht ausgeschlossen.",
        es: "Activado donde el firmware lo permita; la máquina que no pueda se registra, no se excluye.",
        zh: "凡固件支持即开启；不支持的机器记录在案，但不排除。",
      },
      sources: [sources.kairosTrustedBoot],
    },
  ],
  whyNot: {
    enforced: {
      when: (site) => site.uefi,
      why: {
        en: "Takes UEFI, a TPM and a system with its own signing keys; losing those keys ends every update.",
        de: "Verlangt UEFI, TPM und ein System mit eigenen Signaturschlüsseln; gehen die verloren, endet jedes Update.",
        es: "Exige UEFI, TPM y un sistema con claves de firma propias; perderlas acaba con toda actualización.",
        zh: "需要 UEFI、TPM 以及自有签名密钥的系统；密钥一旦丢失便无法再更新。",
      },
      source: sources.kairosTrustedBoot,
    },
  },
};

type Traffic = "vxlan" | "wireguard-native" | "kube-router" | "calico" | "none";

/** Section 7, point 7: traffic between the nodes of a site. */
export const podTraffic: Family<Traffic, After<"distribution" | "topology">> = {
  hangsOn: ["distro", "nodesPerSite", "exposure"],
  rows: [
    {
      id: "N0",
      when: (site) => site.distribution === "none",
      choice: "none",
      reason: {
        en: "No cluster network on these nodes.",
        de: "Auf diesen Knoten gibt es kein Clusternetz.",
        es: "En estos nodos no hay red de clúster.",
        zh: "这些节点上没有集群网络。",
      },
      sources: [sources.judgement],
    },
    {
      id: "N1",
      when: (site) => site.distribution === "k0s",
      choice: "kube-router",
      reason: {
        en: "The network k0s ships and tests: 16 MiB requested, network policies included.",
        de: "Das Netz, das k0s mitbringt und testet: 16 MiB angefordert, NetworkPolicies eingeschlossen.",
        es: "La red que k0s incluye y prueba: 16 MiB solicitados, con políticas de red.",
        zh: "k0s 自带并测试的网络：申请 16 MiB，支持网络策略。",
      },
      sources: [sources.k0sNetwork],
    },
    {
      id: "N1",
      when: (site) => site.distribution === "microk8s",
      choice: "calico",
      reason: {
        en: "The network MicroK8s ships with its high-availability add-on.",
        de: "Das Netz, das MicroK8s mit seinem Hochverfügbarkeits-Add-on mitbringt.",
        es: "La red que MicroK8s incluye con su complemento de alta disponibilidad.",
        zh: "MicroK8s 随高可用插件自带的网络。",
      },
      sources: [sources.microk8s],
    },
    {
      id: "E7",
      when: (site) =>
        (site.nodes > 1 || site.topology === "site-server") && site.answers.exposure !== "locked",
      choice: "wireguard-native",
      reason: {
        en: "The nodes share a LAN others can reach: WireGuard between them costs a kernel module, not a mesh.",
        de: "Die Knoten teilen sich ein LAN, an das andere kommen: WireGuard dazwischen kostet ein Kernelmodul, kein Mesh.",
        es: "Los nodos comparten una LAN accesible a otros: WireGuard entre ellos cuesta un módulo del kernel, no una malla.",
        zh: "节点所在局域网他人可接触：节点间用 WireGuard 只需一个内核模块，不需要服务网格。",
      },
      sources: [sources.k3sNetwork],
    },
    {
      id: "N2",
      when: always,
      choice: "vxlan",
      reason: {
        en: "No pod traffic leaves a trusted wire here; Flannel inside the K3s process costs no pod.",
        de: "Hier verlässt kein Pod-Verkehr eine vertrauenswürdige Leitung; Flannel im K3s-Prozess kostet keinen Pod.",
        es: "Aquí ningún tráfico de pods sale de un cable de confianza; Flannel dentro de K3s no cuesta ningún pod.",
        zh: "此处 Pod 流量不离开可信线路；Flannel 运行在 K3s 进程内，不占用 Pod。",
      },
      sources: [sources.k3sNetwork],
    },
  ],
  whyNot: {
    vxlan: {
      when: (site) => site.distribution === "k3s",
      why: {
        en: "Sends pod traffic in clear over the site's LAN.",
        de: "Schickt Pod-Verkehr unverschlüsselt über das LAN des Standorts.",
        es: "Envía el tráfico de pods en claro por la LAN del sitio.",
        zh: "Pod 流量在站点局域网内明文传输。",
      },
      source: sources.k3sNetwork,
    },
    "wireguard-native": {
      when: (site) => site.distribution === "k3s",
      why: {
        en: "Encrypts between nodes; with one node, or nodes in a locked room, there is nothing to encrypt.",
        de: "Verschlüsselt zwischen Knoten; bei einem Knoten oder im verschlossenen Raum gibt es nichts zu verschlüsseln.",
        es: "Cifra entre nodos; con un nodo, o en una sala cerrada, no hay nada que cifrar.",
        zh: "用于节点间加密；单节点或上锁机房内没有需要加密的流量。",
      },
      source: sources.k3sNetwork,
    },
  },
};

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
