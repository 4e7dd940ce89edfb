import { sources } from "#catalogue/sources.ts";
import { needsEncryption } from "../encryption.ts";
import type { RiskRow } from "./risk.ts";

/** What a stolen or opened machine gives away. */
export const security: readonly RiskRow[] = [
  {
    id: "no-secure-boot",
    when: (site, { secureBoot }) => secureBoot.choice === "unavailable" && site.answers.exposure !== "locked",
    risk: {
      en: "These boards have no UEFI Secure Boot: a stolen machine's boot chain is not proven.",
      de: "Diese Boards haben kein UEFI Secure Boot: Die Boot-Kette einer gestohlenen Maschine ist nicht bewiesen.",
      es: "Estas placas no tienen UEFI Secure Boot: la cadena de arranque de una máquina robada no está probada.",
      zh: "这些板卡没有 UEFI Secure Boot：被盗设备的启动链无法证明。",
    },
    measure: {
      en: "Keep secrets short-lived, revoke a lost site's credentials at once, prefer hardware with UEFI and TPM 2.0 at the next purchase.",
      de: "Geheimnisse kurzlebig halten, Zugangsdaten eines verlorenen Standorts sofort sperren, beim nächsten Kauf UEFI und TPM 2.0 vorsehen.",
      es: "Secretos de vida corta, revocar de inmediato las credenciales de un sitio perdido, y en la próxima compra hardware con UEFI y TPM 2.0.",
      zh: "缩短密钥有效期，立即吊销失联站点的凭据，下次采购选用带 UEFI 和 TPM 2.0 的硬件。",
    },
    source: sources.ubuntuCore,
  },
  {
    id: "network-unlock",
    when: (_, { encryption }) =>
      encryption.choice === "luks-network" || encryption.choice === "luks-tpm-network",
    risk: {
      en: "The disk opens only when the key server answers: a reboot during an outage waits for the link.",
      de: "Die Platte öffnet sich nur, wenn der Schlüsselserver antwortet: Ein Neustart während eines Ausfalls wartet auf die Leitung.",
      es: "El disco solo se abre si responde el servidor de claves: un reinicio durante un corte espera al enlace.",
      zh: "只有密钥服务器应答磁盘才会解锁：断网期间重启需等待链路恢复。",
    },
    measure: {
      en: "A battery or a second key server within the site; a recovery key kept centrally; no planned reboots while the link is down.",
      de: "Eine Batterie oder ein zweiter Schlüsselserver am Standort; ein zentraler Wiederherstellungsschlüssel; keine geplanten Neustarts ohne Leitung.",
      es: "Una batería o un segundo servidor de claves en el sitio; una clave de recuperación central; sin reinicios planificados sin enlace.",
      zh: "站点内配备电池或第二台密钥服务器；集中保管恢复密钥；断网时不做计划重启。",
    },
    source: sources.kairosEncryption,
  },
  {
    id: "plain-disk",
    when: (site, { encryption }) => encryption.choice === "none" && needsEncryption(site),
    risk: {
      en: "The disk is readable to whoever takes the machine: no TPM, and no key server it could ask.",
      de: "Die Platte ist für jeden lesbar, der die Maschine mitnimmt: kein TPM und kein Schlüsselserver, den sie fragen könnte.",
      es: "El disco es legible para quien se lleve la máquina: sin TPM y sin servidor de claves al que preguntar.",
      zh: "谁拿走设备谁就能读取磁盘：没有 TPM，也没有可询问的密钥服务器。",
    },
    measure: {
      en: "Short-lived credentials per site, nothing personal at rest, tamper-evident housing; hardware with TPM 2.0 next time.",
      de: "Kurzlebige Zugangsdaten je Standort, keine personenbezogenen Daten auf der Platte, versiegeltes Gehäuse; beim nächsten Mal TPM 2.0.",
      es: "Credenciales de vida corta por sitio, nada personal en reposo, carcasa con precinto; la próxima vez, TPM 2.0.",
      zh: "每站点使用短期凭据，不落盘个人数据，使用防拆外壳；下次选用带 TPM 2.0 的硬件。",
    },
    source: sources.kairosEncryption,
  },
  {
    id: "tpm-theft",
    when: (site, { encryption }) => encryption.choice === "luks-tpm" && site.answers.exposure === "exposed",
    risk: {
      en: "The TPM opens the disk of a stolen machine that is booted intact; without a link no second factor is possible.",
      de: "Das TPM öffnet die Platte einer gestohlenen, unversehrt gestarteten Maschine; ohne Leitung gibt es keinen zweiten Faktor.",
      es: "El TPM abre el disco de una máquina robada que arranca intacta; sin enlace no hay segundo factor.",
      zh: "被盗整机原样启动时 TPM 会解锁磁盘；没有链路就无法增加第二因素。",
    },
    measure: {
      en: "Lock the boot chain and the console, anchor the housing, rotate what the machine knew.",
      de: "Boot-Kette und Konsole sperren, das Gehäuse verankern, alles erneuern, was die Maschine wusste.",
      es: "Bloquear arranque y consola, anclar la carcasa, rotar todo lo que la máquina conocía.",
      zh: "锁定启动链和控制台，固定机箱，轮换设备掌握过的所有凭据。",
    },
    source: sources.kairosEncryption,
  },
  {
    id: "secrets-at-rest",
    when: (_, { distribution, encryption }) =>
      distribution.choice !== "none" && !encryption.params.secretsEncryption,
    risk: {
      en: "Secrets lie unencrypted in the cluster's datastore: only K3s has a switch for it.",
      de: "Secrets liegen unverschlüsselt im Datenspeicher des Clusters: Nur K3s hat dafür einen Schalter.",
      es: "Los Secrets quedan sin cifrar en el almacén del clúster: solo K3s tiene un interruptor para ello.",
      zh: "Secret 在集群数据存储中未加密：只有 K3s 提供该开关。",
    },
    measure: {
      en: "An EncryptionConfiguration with a key per site, made on the device; encrypted backups.",
      de: "Eine EncryptionConfiguration mit einem Schlüssel je Standort, auf dem Gerät erzeugt; verschlüsselte Sicherungen.",
      es: "Una EncryptionConfiguration con una clave por sitio, creada en el dispositivo; copias cifradas.",
      zh: "在设备上生成每站点一个密钥的 EncryptionConfiguration；备份加密。",
    },
    source: sources.k0sInstall,
  },
];
