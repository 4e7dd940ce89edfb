import type { Decisions } from "#model/decision.ts";
import { type Text, text } from "#model/text.ts";
import { duration, every, paragraph, sentences, type Write } from "./context.ts";

type Row = [Text, Text];

const columns: Text[] = [
  { en: "when", de: "wann", es: "cuándo", zh: "何时" },
  { en: "what happens", de: "was geschieht", es: "qué ocurre", zh: "发生什么" },
];

const local: Row = [
  { en: "the link drops", de: "die Verbindung bricht ab", es: "cae el enlace", zh: "链路中断" },
  {
    en: "Everything local goes on, scheduling and restarts included: the API server is on site.",
    de: "Alles Lokale läuft weiter, auch Planung und Neustarts: Der API-Server steht vor Ort.",
    es: "Todo lo local sigue, incluidos la planificación y los reinicios: el servidor de la API está en el sitio.",
    zh: "本地一切照常，包括调度和重启：API server 就在现场。",
  },
];
const imageOnly: Row = [
  local[0],
  {
    en: "The containers of the image go on; nothing on the device waits for the outside.",
    de: "Die Container aus dem Image laufen weiter; nichts auf dem Gerät wartet auf draußen.",
    es: "Los contenedores de la imagen siguen; nada en el dispositivo espera al exterior.",
    zh: "镜像中的容器继续运行；设备上没有任何东西等待外部。",
  },
];
const reboot: Row = [
  {
    en: "a device restarts while cut off",
    de: "ein Gerät startet ohne Verbindung neu",
    es: "un equipo se reinicia sin enlace",
    zh: "断网期间设备重启",
  },
  {
    en: "It starts from its disk: images are kept locally, the pull policy is IfNotPresent, and the clock comes from the site or the board.",
    de: "Es startet von der eigenen Platte: Images liegen lokal, die Pull-Policy ist IfNotPresent, die Uhr kommt vom Standort oder vom Board.",
    es: "Arranca desde su disco: las imágenes están en local, la política de descarga es IfNotPresent y la hora viene del sitio o de la placa.",
    zh: "从本地磁盘启动：镜像已在本地，拉取策略为 IfNotPresent，时间由站点或主板提供。",
  },
];
const networkUnlock: Row = [
  reboot[0],
  {
    en: "It waits: the disk opens only over the network. Whoever cannot accept that takes boards with a TPM.",
    de: "Es wartet: Die Platte öffnet sich nur über das Netz. Wer das nicht hinnehmen kann, nimmt Boards mit TPM.",
    es: "Espera: el disco solo se abre a través de la red. Quien no pueda aceptarlo, debe elegir placas con TPM.",
    zh: "设备会等待：磁盘只能通过网络解锁。如不能接受，应选用带 TPM 的主板。",
  },
];
const longest: Text = {
  en: "up to {hours} hours (the longest you expect)",
  de: "bis {hours} Stunden (die längste erwartete Dauer)",
  es: "hasta {hours} horas (lo máximo esperado)",
  zh: "最长 {hours} 小时（预期上限）",
};
const agentWaits: Text = {
  en: "New releases wait, the agent tries again {often}.",
  de: "Neue Releases warten, der Agent versucht es {often} erneut.",
  es: "Las versiones nuevas esperan y el agente reintenta {often}.",
  zh: "新版本等待发布，代理{often}重试一次。",
};
const deviceWaits: Text = {
  en: "New images wait, the device asks again {often}.",
  de: "Neue Images warten, das Gerät fragt {often} erneut.",
  es: "Las imágenes nuevas esperan y el dispositivo vuelve a preguntar {often}.",
  zh: "新镜像等待下载，设备{often}再次询问。",
};
const measured: Record<Decisions["observability"]["choice"], Text | undefined> = {
  "store-and-forward": {
    en: "Metrics are kept on disk and sent later. Nobody is alerted.",
    de: "Metriken bleiben auf der Platte und werden nachgeliefert. Niemand wird alarmiert.",
    es: "Las métricas quedan en disco y se envían después. No se alerta a nadie.",
    zh: "指标保存在磁盘，稍后补传。不触发告警。",
  },
  "aggregated-push": {
    en: "A long outage leaves a gap in the metrics. Nobody is alerted.",
    de: "Ein langer Ausfall hinterlässt eine Lücke in den Metriken. Niemand wird alarmiert.",
    es: "Un corte largo deja un hueco en las métricas. No se alerta a nadie.",
    zh: "长时间断网会在指标中留下空缺。不触发告警。",
  },
  "local-only": undefined,
};
const silent: Row = [
  {
    en: "longer than {silence} hours",
    de: "länger als {silence} Stunden",
    es: "más de {silence} horas",
    zh: "超过 {silence} 小时",
  },
  {
    en: "The hub raises one alert for this site: silence longer than expected. A node that is merely NotReady raises none.",
    de: "Die Zentrale meldet einen Alarm für diesen Standort: Stille, länger als erwartet. Ein bloßes NotReady meldet nichts.",
    es: "La central emite una alerta para este sitio: silencio más largo de lo esperado. Un simple NotReady no emite ninguna.",
    zh: "中心侧只为该站点发一条告警：静默时间超出预期。单纯的 NotReady 不告警。",
  },
];
const back: Row = [
  { en: "the link returns", de: "die Verbindung ist zurück", es: "vuelve el enlace", zh: "链路恢复" },
  {
    en: "The agent pulls at its next try, at the latest after {retry}, and applies the newest state once; releases in between are skipped.",
    de: "Der Agent holt beim nächsten Versuch, spätestens nach {retry}, den neuesten Stand und wendet ihn einmal an; Zwischenstände werden übersprungen.",
    es: "El agente descarga en su siguiente intento, como mucho tras {retry}, y aplica una vez el estado más reciente; los intermedios se saltan.",
    zh: "代理在下一次重试时拉取（最迟 {retry}后），一次性应用最新状态，中间版本直接跳过。",
  },
];
const images: Row = [
  back[0],
  {
    en: "The device asks for a newer image at its next check, downloads it beside the running one, and starts it at the next restart; if it does not come up, the old one returns.",
    de: "Das Gerät fragt bei der nächsten Prüfung nach einem neueren Image, lädt es neben das laufende und startet es beim nächsten Neustart; kommt es nicht hoch, kehrt das alte zurück.",
    es: "El dispositivo pregunta por una imagen nueva en su siguiente comprobación, la descarga junto a la actual y la arranca en el próximo reinicio; si no levanta, vuelve la anterior.",
    zh: "设备在下一次检查时查询新镜像，下载到另一分区，下次重启时启用；若启动失败则回退到旧镜像。",
  },
];
const certificates: Row = [
  {
    en: "120 days without a restart",
    de: "120 Tage ohne Neustart",
    es: "120 días sin reiniciar",
    zh: "120 天未重启",
  },
  {
    en: "A timer restarts the Kubernetes service at least every {days} days, because certificates are renewed only at a start.",
    de: "Ein Timer startet den Kubernetes-Dienst mindestens alle {days} Tage neu, denn Zertifikate werden nur beim Start erneuert.",
    es: "Un temporizador reinicia el servicio de Kubernetes al menos cada {days} días, porque los certificados solo se renuevan al arrancar.",
    zh: "定时器至少每 {days} 天重启一次 Kubernetes 服务，因为证书只在启动时续期。",
  },
];

const unseen: Row = [
  silent[0],
  {
    en: "The update server shows when the device last asked; nothing more is known of it until it asks again.",
    de: "Der Update-Server zeigt, wann das Gerät zuletzt gefragt hat; mehr weiß man erst, wenn es wieder fragt.",
    es: "El servidor de actualizaciones muestra cuándo preguntó el dispositivo por última vez; nada más se sabe hasta que vuelva a preguntar.",
    zh: "更新服务器显示设备上次询问的时间；在它再次询问之前，不掌握更多信息。",
  },
];
const wholeArtifact: Text = {
  en: "With a cold cache it fetches the artifact whole.",
  de: "Mit kaltem Cache lädt er das Artefakt vollständig.",
  es: "Con la caché fría descarga el artefacto entero.",
  zh: "缓存为冷时会完整下载制品。",
};
const restart: Text = {
  en: "a device restarts",
  de: "ein Gerät startet neu",
  es: "un equipo se reinicia",
  zh: "设备重启",
};
const always: Row = [
  { en: "every day", de: "jeden Tag", es: "cada día", zh: "平时" },
  {
    en: "Everything runs on site, scheduling and restarts included; nothing asks for the outside.",
    de: "Alles läuft vor Ort, auch Planung und Neustarts; nichts fragt nach draußen.",
    es: "Todo funciona en el sitio, incluidos la planificación y los reinicios; nada pregunta al exterior.",
    zh: "一切都在现场运行，包括调度和重启；不向外部发起任何请求。",
  },
];
const carried: Row = [
  { en: "a release arrives", de: "ein Release kommt an", es: "llega una versión", zh: "新版本送达" },
  {
    en: "It comes on a medium and is loaded into the site's own registry; the agent finds it there within {interval}. What runs goes on meanwhile.",
    de: "Es kommt auf einem Datenträger und wird in die Registry des Standorts geladen; der Agent findet es dort binnen {interval}. Was läuft, läuft so lange weiter.",
    es: "Viene en un soporte y se carga en el registro del propio sitio; el agente la encuentra allí en {interval}. Lo que está en marcha sigue mientras tanto.",
    zh: "随介质送达，导入站点自己的镜像仓库；代理在 {interval}内发现它。期间现有内容照常运行。",
  },
];
const carriedImage: Row = [
  carried[0],
  {
    en: "A new device image comes on a medium, is written beside the running one and started at the next restart; if it does not come up, the old one returns.",
    de: "Ein neues Geräte-Image kommt auf einem Datenträger, wird neben das laufende geschrieben und beim nächsten Neustart gestartet; kommt es nicht hoch, kehrt das alte zurück.",
    es: "Una nueva imagen llega en un soporte, se escribe junto a la actual y arranca en el próximo reinicio; si no levanta, vuelve la anterior.",
    zh: "新的设备镜像随介质送达，写入另一分区，下次重启时启用；若启动失败则回退到旧镜像。",
  },
];

/** The rows of a fleet that has a link, however bad. */
function linked(decisions: Decisions): Row[] {
  const { topology, gitops, delivery, observability, encryption } = decisions;
  const isBaked = gitops.choice === "none";
  const byNetwork = encryption.choice === "luks-network" || encryption.choice === "luks-tpm-network";
  const isSeen = observability.choice !== "local-only";
  return [
    topology.choice === "image" ? imageOnly : local,
    byNetwork ? networkUnlock : reboot,
    [longest, sentences([isBaked ? deviceWaits : agentWaits, measured[observability.choice]])],
    isSeen ? silent : unseen,
    isBaked ? images : [back[0], sentences([back[1], delivery.choice === "oci" && wholeArtifact])],
  ];
}

/** Deliverable 4: an outage hour by hour, and the minute the link returns; without a link, how a site is kept up. */
export const offline: Write = ({ brief, verdict }) => {
  const { decisions } = verdict;
  const { topology, gitops, delivery, observability, upgrades } = decisions;
  const isCut = brief.answers.network === "air-gapped";
  const rows = isCut
    ? [
        topology.choice === "image" ? [always[0], imageOnly[1]] : always,
        [restart, reboot[1]],
        gitops.choice === "none" ? carriedImage : carried,
      ]
    : linked(decisions);
  if (topology.choice !== "image") rows.push(certificates);
  const values = {
    hours: brief.answers.outageHours,
    retry: duration(delivery.params.retrySeconds),
    interval: duration(delivery.params.intervalSeconds),
    often: every(delivery.params.retrySeconds),
    silence: observability.params.silenceHours,
    days: upgrades.params.restartWithinDays,
  };
  return {
    id: "offline",
    title: isCut
      ? { en: "Without a link", de: "Ohne Verbindung", es: "Sin enlace", zh: "无网络运行" }
      : {
          en: "While the link is down",
          de: "Wenn die Verbindung fehlt",
          es: "Cuando no hay enlace",
          zh: "断网期间",
        },
    parts: [
      paragraph(isCut ? alone : cutOff),
      { kind: "table", columns, rows: rows.map((row) => row.map((cell) => text(cell, values))) },
    ],
    sources: delivery.sources,
  };
};

const alone: Text = {
  en: "The site has no link, and its plan needs none.",
  de: "Der Standort hat keine Verbindung, und der Plan braucht keine.",
  es: "El sitio no tiene enlace y el plan no lo necesita.",
  zh: "站点没有外部链路，方案也不需要。",
};
const cutOff: Text = {
  en: "A site that is cut off is a normal site. What happens, in order:",
  de: "Ein abgeschnittener Standort ist ein normaler Standort. Was nacheinander geschieht:",
  es: "Un sitio incomunicado es un sitio normal. Lo que ocurre, por orden:",
  zh: "站点断网属于常态。依次发生：",
};
