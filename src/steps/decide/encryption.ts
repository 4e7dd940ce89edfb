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
