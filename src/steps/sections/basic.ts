import type { Text } from "#model/text.ts";
import { availability } from "./architecture.ts";
import { list, type Material, paragraph, type Write } from "./context.ts";

const exposedAndOpen: Text = {
  en: "Access: strangers can reach the devices and their disks can be read, so credentials must be worth little.",
  de: "Der Zugriff: Fremde kommen an die Geräte heran, und die Platten sind lesbar; Zugangsdaten dürfen deshalb wenig wert sein.",
  es: "El acceso: cualquiera puede llegar a los equipos y sus discos se pueden leer; las credenciales deben valer poco.",
  zh: "接触风险：外人能碰到设备，磁盘也可读，因此凭据的价值必须很低。",
};

const challengesOf = ({ brief, verdict }: Material): (Text | false)[] => {
  const { network, memoryMiB, exposure, sites } = brief.answers;
  return [
    network !== "stable" && {
      en: "The link: every site must work, restart and recover without it.",
      de: "Die Anbindung: Jeder Standort muss ohne sie arbeiten, neu starten und sich erholen.",
      es: "El enlace: cada sitio debe funcionar, reiniciarse y recuperarse sin él.",
      zh: "网络：没有网络时，每个站点也必须能工作、重启和恢复。",
    },
    memoryMiB < 4096 && {
      en: "Memory: {memory} MiB leave little room; every component has to earn its place.",
      de: "Der Speicher: {memory} MiB lassen wenig Platz; jede Komponente muss ihn sich verdienen.",
      es: "La memoria: {memory} MiB dejan poco margen; cada componente debe ganarse su sitio.",
      zh: "内存：{memory} MiB 余量很小，每个组件都要物有所值。",
    },
    exposure === "exposed" && verdict.decisions.encryption.choice === "none" && exposedAndOpen,
    exposure === "exposed" &&
      verdict.decisions.encryption.choice !== "none" && {
        en: "Access: strangers can reach the devices, so disks are encrypted and credentials are worth little.",
        de: "Der Zugriff: Fremde kommen an die Geräte heran, also sind Platten verschlüsselt und Zugangsdaten wenig wert.",
        es: "El acceso: cualquiera puede llegar a los equipos, así que los discos van cifrados y las credenciales valen poco.",
        zh: "接触风险：外人能碰到设备，因此磁盘要加密，凭据要做到价值很低。",
      },
    sites >= 500 && {
      en: "Scale: at {sites} sites nothing may be done by hand, and nothing may ask one server all at once.",
      de: "Die Größe: Bei {sites} Standorten darf nichts von Hand geschehen und nichts gleichzeitig einen Server fragen.",
      es: "La escala: con {sites} sitios nada puede hacerse a mano ni preguntar todo a la vez a un servidor.",
      zh: "规模：{sites} 个站点，任何事都不能靠手工，也不能同时压向一台服务器。",
    },
    {
      en: "Drift: devices that are years apart in age must end up the same.",
      de: "Die Drift: Geräte, zwischen denen Jahre liegen, müssen am Ende gleich sein.",
      es: "La deriva: equipos con años de diferencia deben acabar iguales.",
      zh: "漂移：相差数年的设备最终必须保持一致。",
    },
  ];
};

/** Challenges of this fleet, and what "highly available" can mean in it. */
export const challenges: Write = (material) => ({
  id: "challenges",
  title: { en: "Challenges", de: "Herausforderungen", es: "Retos", zh: "挑战" },
  parts: [
    list(challengesOf(material), {
      memory: material.brief.answers.memoryMiB,
      sites: material.brief.answers.sites,
    }),
    // Where there is a cluster, the architecture says it.
    ...(material.verdict.decisions.topology.choice === "image" ? [paragraph(availability(material))] : []),
  ],
  sources: [],
});

/** Practices that answer them. */
export const practices: Write = ({ verdict }) => ({
  id: "practices",
  title: { en: "Best practices", de: "Best Practices", es: "Buenas prácticas", zh: "最佳实践" },
  parts: [
    list([
      {
        en: "One base and few overlays in Git; differences between sites are data, not files.",
        de: "Eine Base und wenige Overlays in Git; Unterschiede zwischen Standorten sind Daten, keine Dateien.",
        es: "Una base y pocos overlays en Git; las diferencias entre sitios son datos, no archivos.",
        zh: "Git 中一套 base 加少量 overlay；站点差异用数据表达，而不是文件。",
      },
      {
        en: "Updates are pulled from inside the site and roll out in rings that stop by themselves.",
        de: "Updates werden aus dem Standort heraus geholt und rollen in Ringen aus, die von selbst anhalten.",
        es: "Las actualizaciones se descargan desde dentro del sitio y avanzan por anillos que se detienen solos.",
        zh: "更新由站点内部拉取，按发布环推进，异常时自动停止。",
      },
      {
        en: "Images are pinned, small and kept on the device; nothing follows a moving tag such as latest.",
        de: "Images sind festgelegt, klein und liegen auf dem Gerät; nichts folgt einem wandernden Tag wie latest.",
        es: "Las imágenes están fijadas, son pequeñas y se guardan en el equipo; nada sigue una etiqueta móvil como latest.",
        zh: "镜像版本固定、体积小、保存在设备上；不使用 latest 之类的浮动 tag。",
      },
      {
        en: "Replace rather than repair: a device must be able to rebuild itself from nothing.",
        de: "Ersetzen statt reparieren: Ein Gerät muss sich aus dem Nichts wieder aufbauen können.",
        es: "Reemplazar en vez de reparar: un equipo debe poder reconstruirse desde cero.",
        zh: "以更换代替维修：设备必须能从零自行重建。",
      },
      verdict.decisions.topology.choice !== "image" && {
        en: "Restart or upgrade every device at least every 120 days, or its certificates run out.",
        de: "Jedes Gerät mindestens alle 120 Tage neu starten oder aktualisieren, sonst laufen seine Zertifikate ab.",
        es: "Reiniciar o actualizar cada equipo al menos cada 120 días, o caducarán sus certificados.",
        zh: "每台设备至少每 120 天重启或升级一次，否则证书会过期。",
      },
    ]),
  ],
  sources: verdict.decisions.gitops.sources,
});
