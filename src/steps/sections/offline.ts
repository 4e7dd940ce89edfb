import type { Text } from "#model/text.ts";
import { text } from "#model/text.ts";
import { paragraph, type Write } from "./context.ts";

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
const hours: Row = [
  {
    en: "up to {hours} hours (the longest you expect)",
    de: "bis {hours} Stunden (die längste erwartete Dauer)",
    es: "hasta {hours} horas (lo máximo esperado)",
    zh: "最长 {hours} 小时（预期上限）",
  },
  {
    en: "New releases wait, the agent retries every {retry} s. Metrics are kept on disk and sent later. Nobody is alerted.",
    de: "Neue Releases warten, der Agent versucht es alle {retry} s erneut. Metriken bleiben auf der Platte und werden nachgeliefert. Niemand wird alarmiert.",
    es: "Las versiones nuevas esperan y el agente reintenta cada {retry} s. Las métricas quedan en disco y se envían después. No se alerta a nadie.",
    zh: "新版本等待发布，代理每 {retry} 秒重试一次。指标保存在磁盘，稍后补传。不触发告警。",
  },
];
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
    en: "The agent pulls at its next try, at the latest after {retry} s, and applies the newest state once; releases in between are skipped. With a cold cache it fetches the artifact whole.",
    de: "Der Agent holt beim nächsten Versuch, spätestens nach {retry} s, den neuesten Stand und wendet ihn einmal an; Zwischenstände werden übersprungen. Mit kaltem Cache lädt er das Artefakt vollständig.",
    es: "El agente descarga en su siguiente intento, como mucho a los {retry} s, y aplica una vez el estado más reciente; los intermedios se saltan. Con la caché fría descarga el artefacto entero.",
    zh: "代理在下一次重试时拉取（最迟 {retry} 秒后），一次性应用最新状态，中间版本直接跳过。缓存为冷时会完整下载制品。",
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

/** Deliverable 4: an outage hour by hour, and the minute the link returns. */
export const offline: Write = ({ brief, verdict }) => {
  const { topology, gitops, delivery, observability, upgrades, encryption } = verdict.decisions;
  const noCluster = topology.choice === "image";
  const rows: Row[] = [
    noCluster ? imageOnly : local,
    encryption.choice === "luks-network" || encryption.choice === "luks-tpm-network" ? networkUnlock : reboot,
    hours,
    silent,
    gitops.choice === "none" ? images : back,
  ];
  if (!noCluster) rows.push(certificates);
  const values = {
    hours: brief.answers.outageHours,
    retry: delivery.params.retrySeconds,
    silence: observability.params.silenceHours,
    days: upgrades.params.restartWithinDays,
  };
  return {
    id: "offline",
    title: {
      en: "While the link is down",
      de: "Wenn die Verbindung fehlt",
      es: "Cuando no hay enlace",
      zh: "断网期间",
    },
    parts: [
      paragraph({
        en: "A site that is cut off is a normal site. What happens, in order:",
        de: "Ein abgeschnittener Standort ist ein normaler Standort. Was nacheinander geschieht:",
        es: "Un sitio incomunicado es un sitio normal. Lo que ocurre, por orden:",
        zh: "站点断网属于常态。依次发生：",
      }),
      { kind: "table", columns, rows: rows.map((row) => row.map((cell) => text(cell, values))) },
    ],
    sources: delivery.sources,
  };
};
