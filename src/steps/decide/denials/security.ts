import { sources } from "#catalogue/sources.ts";
import { needsEncryption } from "../encryption.ts";
import type { Denial } from "./denial.ts";

/** H12 to H14: what firmware and operating system do, and no distribution. */
export const security: readonly Denial[] = [
  {
    id: "H12",
    when: (site) => site.wishes.has("secure-boot-by-k3s"),
    wish: {
      en: "Secure Boot as a feature of the distribution",
      de: "Secure Boot als Funktion der Distribution",
      es: "Secure Boot como función de la distribución",
      zh: "由发行版提供 Secure Boot",
    },
    why: {
      en: "K3s, k0s and MicroK8s have no such option: firmware, boot loader and kernel verify signatures before they start.",
      de: "K3s, k0s und MicroK8s haben keine solche Option: Firmware, Bootloader und Kernel prüfen Signaturen, bevor sie starten.",
      es: "K3s, k0s y MicroK8s no tienen esa opción: firmware, cargador y kernel verifican firmas antes de que arranquen.",
      zh: "K3s、k0s 和 MicroK8s 没有此选项：签名由固件、引导程序和内核在其启动之前验证。",
    },
    instead: {
      en: "Done by system and firmware where they can: see Secure Boot among the decisions.",
      de: "Erledigen System und Firmware, wo sie es können: siehe Secure Boot bei den Entscheidungen.",
      es: "Lo hacen el sistema y el firmware donde pueden: véase Secure Boot entre las decisiones.",
      zh: "由系统和固件在支持的范围内实现：见决策中的 Secure Boot。",
    },
    source: sources.k3sFlags,
  },
  {
    id: "H12",
    when: (site) => site.wishes.has("disk-encryption-by-k3s"),
    wish: {
      en: "Disk encryption as a feature of the distribution",
      de: "Plattenverschlüsselung als Funktion der Distribution",
      es: "Cifrado de disco como función de la distribución",
      zh: "由发行版提供磁盘加密",
    },
    why: {
      en: "secrets-encryption protects backups, not disks: its key lies on the same disk. No distribution seals anything to a TPM.",
      de: "secrets-encryption schützt Sicherungen, nicht Platten: Der Schlüssel liegt auf derselben Platte. Keine Distribution bindet etwas an ein TPM.",
      es: "secrets-encryption protege copias, no discos: su clave está en el mismo disco. Ninguna distribución sella nada a un TPM.",
      zh: "secrets-encryption 保护的是备份而非磁盘：密钥就在同一块盘上。没有发行版会把密钥密封到 TPM。",
    },
    instead: {
      en: "LUKS in the operating system: see disk encryption among the decisions.",
      de: "LUKS im Betriebssystem: siehe Plattenverschlüsselung bei den Entscheidungen.",
      es: "LUKS en el sistema operativo: véase el cifrado de disco entre las decisiones.",
      zh: "在操作系统层使用 LUKS：见决策中的磁盘加密。",
    },
    source: sources.k3sSecrets,
  },
  {
    id: "H13",
    when: (site) =>
      needsEncryption(site) && site.wasSaid("tpm") && !site.tpm && !(site.answers.tpm && site.pi),
    wish: {
      en: "A disk that unlocks by itself without a TPM",
      de: "Eine Platte, die sich ohne TPM selbst entsperrt",
      es: "Un disco que se desbloquea solo sin TPM",
      zh: "没有 TPM 也能自动解锁的磁盘",
    },
    why: {
      en: "The key has to lie somewhere a thief does not get: in a TPM 2.0 behind UEFI, or on a server.",
      de: "Der Schlüssel muss dort liegen, wo ein Dieb nicht hinkommt: in einem TPM 2.0 hinter UEFI oder auf einem Server.",
      es: "La clave debe estar donde un ladrón no llegue: en un TPM 2.0 tras UEFI, o en un servidor.",
      zh: "密钥必须放在窃贼拿不到的地方：UEFI 配合 TPM 2.0，或一台服务器上。",
    },
    instead: (_, { encryption }) =>
      encryption.choice === "none"
        ? {
            en: "A readable disk with short-lived secrets; the residual risk is listed.",
            de: "Eine lesbare Platte mit kurzlebigen Geheimnissen; das Restrisiko ist benannt.",
            es: "Un disco legible con secretos de vida corta; el riesgo residual queda indicado.",
            zh: "磁盘可读，但密钥短期有效；残余风险已列出。",
          }
        : {
            en: "LUKS unlocked over the network at boot (Tang or Kairos KMS).",
            de: "LUKS, beim Start über das Netz entsperrt (Tang oder Kairos KMS).",
            es: "LUKS desbloqueado por red al arrancar (Tang o Kairos KMS).",
            zh: "启动时经网络解锁的 LUKS（Tang 或 Kairos KMS）。",
          },
    source: sources.kairosEncryption,
  },
  {
    id: "H14",
    when: (site) =>
      (site.wishes.has("secure-boot-by-k3s") && !site.uefi) ||
      (site.pi && (site.answers.uefi || site.answers.tpm)),
    wish: {
      en: "Secure Boot on boards of the Raspberry Pi class",
      de: "Secure Boot auf Boards der Raspberry-Pi-Klasse",
      es: "Secure Boot en placas de la clase Raspberry Pi",
      zh: "在 Raspberry Pi 级板卡上使用 Secure Boot",
    },
    why: {
      en: "It takes UEFI and a TPM 2.0; these boards have neither on board, and add-on TPMs are not supported for it.",
      de: "Nötig sind UEFI und ein TPM 2.0; beides fehlt auf diesen Boards, und aufgesteckte TPMs werden dafür nicht unterstützt.",
      es: "Requiere UEFI y un TPM 2.0; estas placas no tienen ninguno y los TPM añadidos no se admiten para ello.",
      zh: "它需要 UEFI 和 TPM 2.0；这些板卡两者皆无，外接 TPM 也不受支持。",
    },
    instead: (_, { encryption }) =>
      encryption.choice === "none"
        ? {
            en: "State the residual risk, or hardware with UEFI and TPM 2.0.",
            de: "Das Restrisiko benennen, oder Hardware mit UEFI und TPM 2.0.",
            es: "Declarar el riesgo residual, o hardware con UEFI y TPM 2.0.",
            zh: "明示残余风险，或换用带 UEFI 和 TPM 2.0 的硬件。",
          }
        : {
            en: "The disk is closed by LUKS with network unlock; for a proven boot chain, hardware with UEFI and TPM 2.0.",
            de: "Die Platte schließt LUKS mit Netz-Entsperrung; für eine bewiesene Boot-Kette Hardware mit UEFI und TPM 2.0.",
            es: "El disco se cierra con LUKS y desbloqueo por red; para una cadena de arranque probada, hardware con UEFI y TPM 2.0.",
            zh: "磁盘用 LUKS 加网络解锁保护；需要可证明的启动链时，换用带 UEFI 和 TPM 2.0 的硬件。",
          },
    source: sources.ubuntuCore,
  },
];
