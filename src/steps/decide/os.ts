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
