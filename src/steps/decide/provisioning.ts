import { osImages } from "#catalogue/os-images.ts";
import { sources } from "#catalogue/sources.ts";
import { text } from "#model/text.ts";
import { always, type Family } from "./rules.ts";
import { type After, isCommonArch } from "./site.ts";

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
