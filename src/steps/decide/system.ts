import { osImages } from "#catalogue/os-images.ts";
import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import { type After, isCommonArch } from "./site.ts";

type Os = "kairos" | "sl-micro" | "flatcar" | "ubuntu-core" | "ubuntu" | "debian";
type OsSite = After<"distribution">;

/** Flatcar was asked for, runs this distribution, and no measured boot chain is needed. */
export function canRunFlatcar(site: OsSite): boolean {
  if (site.distribution !== "k3s" || !isCommonArch(site) || site.memoryMiB < 2048) return false;
  return site.answers.exposure !== "exposed";
}

/** A Rancher hub stands behind the site: SUSE's stack then brings its own image and registration. */
function hasRancher(site: OsSite): boolean {
  return site.wishes.has("rancher-fleet") || site.wishes.has("rke2");
}

/** Section 5: what the nodes boot. */
export const os: Family<Os, OsSite> = {
  hangsOn: ["distro", "arch", "board", "memoryMiB", "exposure", "tpm", "uefi", "wishes"],
  rows: [
    {
      id: "O1",
      when: (site) => site.distribution === "none" && site.memoryMiB >= 512,
      choice: "ubuntu-core",
      reason: {
        en: "Documented for 512 MB on amd64, arm64, armhf and riscv64; transactional snaps with rollback carry the containers.",
        de: "Dokumentiert für 512 MB auf amd64, arm64, armhf und riscv64; transaktionale Snaps mit Rollback tragen die Container.",
        es: "Documentado para 512 MB en amd64, arm64, armhf y riscv64; snaps transaccionales con reversión llevan los contenedores.",
        zh: "文档支持 512 MB，覆盖 amd64、arm64、armhf 和 riscv64；以可回滚的事务式 snap 承载容器。",
      },
      sources: [sources.ubuntuCore],
    },
    {
      id: "O1",
      when: (site) => site.distribution === "none",
      choice: "debian",
      reason: {
        en: "Below the 512 MB of Ubuntu Core a minimal Debian image with two slots is what is left; building it is yours.",
        de: "Unter den 512 MB von Ubuntu Core bleibt ein minimales Debian-Image mit zwei Slots; der Bau liegt beim Team.",
        es: "Por debajo de los 512 MB de Ubuntu Core queda una imagen mínima de Debian con dos ranuras; construirla corre por cuenta del equipo.",
        zh: "低于 Ubuntu Core 的 512 MB 下限，只剩带双槽位的最小 Debian 镜像；需由团队自行构建。",
      },
      sources: [sources.debian, sources.judgement],
    },
    {
      id: "O2",
      when: (site) =>
        site.distribution === "microk8s" &&
        (site.wishes.has("ubuntu-core") ||
          (site.answers.exposure === "exposed" && site.tpm && site.answers.accelerator !== "gpu")),
      choice: "ubuntu-core",
      reason: {
        en: "The strict MicroK8s snap on a read-only system; with UEFI and TPM 2.0 the disk is encrypted out of the box.",
        de: "Der strikte MicroK8s-Snap auf einem schreibgeschützten System; mit UEFI und TPM 2.0 ist die Platte ab Werk verschlüsselt.",
        es: "El snap estricto de MicroK8s sobre un sistema de solo lectura; con UEFI y TPM 2.0 el disco se cifra de serie.",
        zh: "在只读系统上运行严格模式的 MicroK8s snap；具备 UEFI 和 TPM 2.0 时磁盘开箱即加密。",
      },
      sources: [sources.ubuntuCore, sources.microk8s],
    },
    {
      id: "O2",
      when: (site) => site.distribution === "microk8s",
      choice: "ubuntu",
      reason: {
        en: "MicroK8s is a snap, and Ubuntu is where its vendor tests the classic one.",
        de: "MicroK8s ist ein Snap, und Ubuntu ist das System, auf dem der Hersteller den klassischen testet.",
        es: "MicroK8s es un snap, y Ubuntu es donde su proveedor prueba el clásico.",
        zh: "MicroK8s 是 snap，厂商在 Ubuntu 上测试其 classic 版本。",
      },
      sources: [sources.microk8sStart],
    },
    {
      id: "O3",
      when: (site) => !isCommonArch(site),
      choice: "debian",
      reason: {
        en: "32-bit ARM leaves Debian: none of the image-based systems with K3s or k0s is built for it, so there is no trusted boot.",
        de: "Für 32-Bit-ARM bleibt Debian: Keines der Image-basierten Systeme mit K3s oder k0s gibt es dafür, also keinen Trusted Boot.",
        es: "En ARM de 32 bits queda Debian: ningún sistema basado en imágenes con K3s o k0s se compila para ella, así que no hay arranque de confianza.",
        zh: "32 位 ARM 只能用 Debian：支持 K3s 或 k0s 的镜像化系统都不提供该架构，因此没有可信启动。",
      },
      sources: [sources.debian, sources.kairosQuickstart],
    },
    {
      id: "O3",
      when: (site) => site.answers.board === "raspberry-pi-5",
      choice: "debian",
      reason: {
        en: "Kairos supports the Raspberry Pi 3 and 4, not the 5; Debian runs on it, without trusted boot.",
        de: "Kairos unterstützt Raspberry Pi 3 und 4, nicht den 5; Debian läuft darauf, ohne Trusted Boot.",
        es: "Kairos admite Raspberry Pi 3 y 4, no la 5; Debian funciona en ella, sin arranque de confianza.",
        zh: "Kairos 支持 Raspberry Pi 3 和 4，不支持 5；Debian 可以运行，但没有可信启动。",
      },
      sources: [sources.kairosRaspberry],
    },
    {
      id: "O4",
      when: (site) => site.memoryMiB < 2048,
      choice: "debian",
      reason: (site) =>
        text(
          {
            en: "{mib} MiB is below the 2 GB Kairos names as its bare minimum; a minimal Debian leaves the memory to the cluster.",
            de: "{mib} MiB liegen unter den 2 GB, die Kairos als absolutes Minimum nennt; ein minimales Debian lässt den Speicher dem Cluster.",
            es: "{mib} MiB están por debajo de los 2 GB que Kairos da como mínimo absoluto; un Debian mínimo deja la memoria al clúster.",
            zh: "{mib} MiB 低于 Kairos 给出的 2 GB 最低要求；最小化 Debian 可把内存留给集群。",
          },
          { mib: site.memoryMiB },
        ),
      sources: [sources.kairosQuickstart, sources.debian],
    },
    {
      id: "O5",
      when: (site) => site.wishes.has("flatcar") && canRunFlatcar(site),
      choice: "flatcar",
      reason: {
        en: "You named it: A/B updates from your own server, K3s put in place by Ignition.",
        de: "Ausdrücklich gewünscht: A/B-Updates vom eigenen Server, K3s wird per Ignition eingerichtet.",
        es: "Usted lo indicó: actualizaciones A/B desde su propio servidor, K3s instalado con Ignition.",
        zh: "这是明确指定的选择：由自有服务器提供 A/B 更新，K3s 由 Ignition 部署。",
      },
      sources: [sources.flatcar],
    },
    {
      id: "O6",
      when: (site) => hasRancher(site) && site.distribution === "k3s" && site.memoryMiB >= 4096,
      choice: "sl-micro",
      reason: {
        en: "With Rancher behind the fleet, SL Micro is the image SUSE tests and supports for K3s.",
        de: "Mit Rancher hinter der Flotte ist SL Micro das Image, das SUSE für K3s testet und unterstützt.",
        es: "Con Rancher detrás de la flota, SL Micro es la imagen que SUSE prueba y soporta para K3s.",
        zh: "设备群由 Rancher 管理时，SL Micro 是 SUSE 为 K3s 测试并支持的镜像。",
      },
      sources: [sources.suseEdge],
    },
    {
      id: "O7",
      when: (site) => site.answers.board === "jetson",
      choice: "ubuntu",
      reason: {
        en: "The accelerator's drivers come as JetPack, which is built on Ubuntu.",
        de: "Die Treiber des Beschleunigers kommen als JetPack, und das baut auf Ubuntu auf.",
        es: "Los controladores del acelerador llegan con JetPack, que se basa en Ubuntu.",
        zh: "加速器驱动随 JetPack 提供，而 JetPack 基于 Ubuntu。",
      },
      sources: [sources.judgement],
    },
    {
      id: "O8",
      when: always,
      choice: "kairos",
      reason: {
        en: "Immutable A/B images with K3s or k0s inside, boot assessment with fallback, LUKS with TPM or a key server.",
        de: "Unveränderliche A/B-Images mit K3s oder k0s darin, Boot-Prüfung mit Rückfall, LUKS mit TPM oder Schlüsselserver.",
        es: "Imágenes A/B inmutables con K3s o k0s dentro, evaluación del arranque con retorno, LUKS con TPM o servidor de claves.",
        zh: "内置 K3s 或 k0s 的不可变 A/B 镜像，启动检测失败可回退，LUKS 支持 TPM 或密钥服务器。",
      },
      sources: [sources.kairosQuickstart, sources.kairosEncryption],
    },
  ],
  whyNot: {
    kairos: {
      why: {
        en: "Runs K3s or k0s on amd64 and arm64 from 2 GB (4 GB in practice), Raspberry Pi 3 and 4, not 5; this fleet is outside that, or asked for another.",
        de: "Führt K3s oder k0s auf amd64 und arm64 ab 2 GB aus (praktisch 4 GB), Raspberry Pi 3 und 4, nicht 5; diese Flotte liegt außerhalb oder wünscht ein anderes.",
        es: "Ejecuta K3s o k0s en amd64 y arm64 desde 2 GB (4 GB en la práctica), Raspberry Pi 3 y 4, no 5; esta flota queda fuera o pidió otro.",
        zh: "在 amd64 和 arm64 上运行 K3s 或 k0s，2 GB 起（实际需 4 GB），支持 Raspberry Pi 3 和 4，不支持 5；本设备群不符合或另有指定。",
      },
      source: sources.kairosQuickstart,
    },
    "ubuntu-core": {
      why: {
        en: "Runs snaps only: Kubernetes on it means strict MicroK8s.",
        de: "Führt nur Snaps aus: Kubernetes heißt dort striktes MicroK8s.",
        es: "Solo ejecuta snaps: allí Kubernetes significa MicroK8s estricto.",
        zh: "只能运行 snap：在其上用 Kubernetes 即严格模式的 MicroK8s。",
      },
      source: sources.ubuntuCore,
    },
    debian: {
      when: (site) => site.distribution !== "microk8s",
      why: (site) =>
        text(
          {
            en: "Package updates without atomic rollback: {sites} sites would drift apart.",
            de: "Paket-Updates ohne atomaren Rollback: {sites} Standorte würden auseinanderlaufen.",
            es: "Actualiza por paquetes sin reversión atómica: {sites} sitios acabarían divergiendo.",
            zh: "按软件包更新，没有原子回滚：{sites} 个站点会逐渐出现差异。",
          },
          { sites: site.sites },
        ),
      source: sources.judgement,
    },
    flatcar: {
      when: isCommonArch,
      why: {
        en: "A/B updates too, but its boot measurements make TPM binding brittle, and K3s has to be brought along.",
        de: "Ebenfalls A/B-Updates, aber die Boot-Messungen machen die TPM-Bindung brüchig, und K3s muss mitgebracht werden.",
        es: "También actualiza A/B, pero sus mediciones de arranque hacen frágil el vínculo con el TPM y hay que añadir K3s.",
        zh: "同样支持 A/B 更新，但其启动度量使 TPM 绑定很脆弱，且需自行带入 K3s。",
      },
      source: sources.flatcar,
    },
    "sl-micro": {
      when: (site) => isCommonArch(site) && site.distribution === "k3s",
      why: {
        en: "Worth it with a SUSE contract; it is not the open default.",
        de: "Lohnt sich mit SUSE-Vertrag; als offener Standard taugt es nicht.",
        es: "Vale la pena con un contrato de SUSE; no es la opción abierta por defecto.",
        zh: "签有 SUSE 合同时值得选用；不是开放的默认选项。",
      },
      source: sources.suseEdge,
    },
  },
};

type Way =
  | "metal3"
  | "tinkerbell"
  | "elemental"
  | "kairos-auto-install"
  | "fdo"
  | "image-offline"
  | "cloud-init";
type WaySite = After<"distribution" | "os">;

/** A management plane reaches the machines before they have an operating system. */
function isReachable(site: WaySite): boolean {
  if (site.answers.network === "air-gapped" || site.memoryMiB < 2048) return false;
  return isCommonArch(site) && site.distribution !== "none";
}

/** Metal3 needs a BMC to talk to (H20). */
export function canUseMetal3(site: WaySite): boolean {
  return isReachable(site) && site.answers.bmc;
}

/** Tinkerbell needs a machine on site that answers DHCP, or a BMC that mounts its ISO (H20). */
export function canUseTinkerbell(site: WaySite): boolean {
  return isReachable(site) && (site.answers.bmc || site.nodes >= 2);
}

/** Section 6: from the box to the cluster without hands. */
export const provisioning: Family<Way, WaySite> = {
  hangsOn: ["bmc", "network", "tpm", "memoryMiB", "nodesPerSite", "distro", "wishes"],
  rows: [
    {
      id: "P6",
      when: (site) => site.answers.network === "air-gapped",
      choice: "image-offline",
      reason: {
        en: "Nothing can be fetched at first boot: system, distribution and container images are baked into one image per site.",
        de: "Beim ersten Start ist nichts abrufbar: System, Distribution und Container-Images stecken in einem Image je Standort.",
        es: "En el primer arranque no se puede descargar nada: sistema, distribución e imágenes de contenedor van en una imagen por sitio.",
        zh: "首次启动时无法下载任何内容：系统、发行版和容器镜像都预置在每站点一个的镜像中。",
      },
      sources: [sources.suseEdge, sources.kairosInstall, sources.k3sAirGap],
    },
    {
      id: "P1",
      when: (site) => site.wishes.has("metal3") && canUseMetal3(site),
      choice: "metal3",
      reason: {
        en: "You named it, and each machine has a BMC: virtual media over the routed network, no DHCP at the site.",
        de: "Ausdrücklich gewünscht, und jede Maschine hat einen BMC: virtuelle Medien über das geroutete Netz, kein DHCP am Standort.",
        es: "Usted lo indicó y cada máquina tiene BMC: medios virtuales por la red enrutada, sin DHCP en el sitio.",
        zh: "这是明确指定的选择，且每台机器都有 BMC：通过路由网络挂载虚拟介质，站点无需 DHCP。",
      },
      sources: [sources.metal3],
    },
    {
      id: "P2",
      when: (site) => site.wishes.has("tinkerbell") && canUseTinkerbell(site),
      choice: "tinkerbell",
      reason: {
        en: "You named it: a machine on site or a BMC boots the others from the network or an ISO.",
        de: "Ausdrücklich gewünscht: Eine Maschine am Standort oder ein BMC startet die anderen über Netz oder ISO.",
        es: "Usted lo indicó: una máquina del sitio o un BMC arranca las demás por red o ISO.",
        zh: "这是明确指定的选择：由站点内一台机器或 BMC 通过网络或 ISO 引导其他机器。",
      },
      sources: [sources.tinkerbell],
    },
    {
      id: "P1",
      when: (site) => canUseMetal3(site) && site.answers.network !== "intermittent",
      choice: "metal3",
      reason: {
        en: "Each machine has a BMC the hub can reach: power, virtual media and inventory without anyone on site.",
        de: "Jede Maschine hat einen BMC, den die Zentrale erreicht: Strom, virtuelle Medien und Inventar ohne jemanden vor Ort.",
        es: "Cada máquina tiene un BMC accesible desde la central: energía, medios virtuales e inventario sin nadie en el sitio.",
        zh: "每台机器都有中心可达的 BMC：电源、虚拟介质和资产清点都无需现场人员。",
      },
      sources: [sources.metal3],
    },
    {
      id: "P3",
      when: (site) => site.os === "sl-micro" && site.tpm,
      choice: "elemental",
      reason: {
        en: "Registers with Rancher on the strength of the TPM, the only secure way Elemental documents.",
        de: "Meldet sich mit dem TPM als Ausweis bei Rancher an, dem einzigen sicheren Weg, den Elemental dokumentiert.",
        es: "Se registra en Rancher con el TPM como prueba, la única vía segura que documenta Elemental.",
        zh: "凭 TPM 证明向 Rancher 注册，这是 Elemental 文档中唯一安全的方式。",
      },
      sources: [sources.elemental, sources.suseEdge],
    },
    {
      id: "P4",
      when: (site) => site.os === "kairos",
      choice: "kairos-auto-install",
      reason: {
        en: "The image installs itself from its cloud-config; no BMC, no provisioning network, a secret per site.",
        de: "Das Image installiert sich aus seiner cloud-config selbst; kein BMC, kein Provisionierungsnetz, ein Geheimnis je Standort.",
        es: "La imagen se instala sola desde su cloud-config; sin BMC, sin red de aprovisionamiento, un secreto por sitio.",
        zh: "镜像按其 cloud-config 自行安装；无需 BMC 和专用装机网络，每站点一个密钥。",
      },
      sources: [sources.kairosInstall],
    },
    {
      id: "P6",
      when: (site) =>
        site.distribution === "none" ||
        site.memoryMiB < 2048 ||
        site.os === "ubuntu-core" ||
        site.os === "sl-micro",
      choice: "image-offline",
      reason: {
        en: "The image carries everything a first boot needs; the site adds its own secret and nothing else.",
        de: "Das Image bringt alles für den ersten Start mit; der Standort fügt nur sein eigenes Geheimnis hinzu.",
        es: "La imagen lleva todo lo que necesita el primer arranque; el sitio solo añade su propio secreto.",
        zh: "镜像自带首次启动所需的一切；站点只需加入自己的密钥。",
      },
      sources: [sources.suseEdge, sources.ubuntuCore],
    },
    {
      id: "P4",
      when: always,
      choice: "cloud-init",
      reason: (site) =>
        text(
          {
            en: "{os} reads its first-boot configuration from the medium; a secret per site, no shared token.",
            de: "{os} liest seine Erststart-Konfiguration vom Medium; ein Geheimnis je Standort, kein gemeinsames Token.",
            es: "{os} lee su configuración de primer arranque del medio; un secreto por sitio, sin token compartido.",
            zh: "{os} 从介质读取首次启动配置；每站点一个密钥，不共用 token。",
          },
          { os: osImages[site.os].name },
        ),
      sources: [sources.judgement],
    },
  ],
  whyNot: {
    metal3: {
      why: (site) =>
        site.answers.bmc
          ? {
              en: "Needs a link that reaches each BMC from the hub whenever a machine is installed.",
              de: "Braucht eine Leitung, über die die Zentrale bei jeder Installation den BMC erreicht.",
              es: "Necesita un enlace que llegue a cada BMC desde la central cada vez que se instala una máquina.",
              zh: "每次装机时都需要中心能够连到各个 BMC 的链路。",
            }
          : {
              en: "Needs a BMC with Redfish or IPMI in every machine; these have none.",
              de: "Braucht in jeder Maschine einen BMC mit Redfish oder IPMI; diese haben keinen.",
              es: "Necesita un BMC con Redfish o IPMI en cada máquina; estas no lo tienen.",
              zh: "每台机器都需要支持 Redfish 或 IPMI 的 BMC；这些设备没有。",
            },
      source: sources.metal3,
    },
    tinkerbell: {
      when: isCommonArch,
      why: {
        en: "Needs a provisioning server or DHCP path at each site, one more thing to keep alive.",
        de: "Braucht an jedem Standort einen Provisionierungsserver oder DHCP-Weg, ein weiteres Teil im Betrieb.",
        es: "Necesita un servidor de aprovisionamiento o una vía DHCP en cada sitio, otra pieza que mantener.",
        zh: "每个站点都需要装机服务器或 DHCP 通路，多一个要维护的部件。",
      },
      source: sources.tinkerbell,
    },
    elemental: {
      when: (site) => site.distribution === "k3s" && isCommonArch(site),
      why: {
        en: "Registers machines with a Rancher hub and needs a TPM to do it safely.",
        de: "Meldet Maschinen bei einer Rancher-Zentrale an und braucht dafür sicherheitshalber ein TPM.",
        es: "Registra máquinas en un Rancher central y necesita un TPM para hacerlo con seguridad.",
        zh: "需要 Rancher 中心来注册机器，且要有 TPM 才安全。",
      },
      source: sources.elemental,
    },
    fdo: {
      when: (site) => site.answers.network !== "air-gapped",
      why: {
        en: "Right where the supply chain is not trusted or the owner is fixed late; it adds manufacturing and rendezvous servers.",
        de: "Richtig bei nicht vertrauenswürdiger Lieferkette oder spät feststehendem Eigentümer; bringt Fertigungs- und Rendezvous-Server mit.",
        es: "Adecuado si no se confía en la cadena de suministro o el dueño se fija tarde; añade servidores de fabricación y rendezvous.",
        zh: "适用于供应链不可信或归属后定的情形；但要增加制造端和 rendezvous 服务器。",
      },
      source: sources.fdo,
    },
  },
};
