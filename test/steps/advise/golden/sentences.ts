import type { Language } from "#model/text.ts";

/** True sentences about the trucks by a second hand, none of them written with the patterns in view. */
export const sentences: Record<Language, string[]> = {
  en: [
    "Flux never stores a password for the registry in Git.",
    "If the disk fails, the site is set up again from its image within one visit.",
    "Nothing listens on the truck's public address.",
    "etcd was not chosen because eMMC wears out under its constant syncs.",
    "The hub does not reach into a site; it only receives what the site sends.",
    "Argo CD would cost roughly fifteen times the memory of Flux.",
    "Rotate the deploy key when a truck changes hands.",
    "Push-based delivery fails behind carrier NAT, so nothing is pushed.",
    "An OCI artifact holds the rendered manifests of one set and one ring.",
    "The K3s token is created per site and never leaves it.",
    "Keep workloads below 330 MiB per node.",
    "Alerts fire on silence, not on a missed heartbeat.",
    "After 120 days without a restart the certificates could expire, hence the timer.",
    "A Kustomization prunes objects that were removed.",
  ],
  de: [
    "Flux legt kein Passwort für die Registry in Git ab.",
    "etcd wurde nicht gewählt, weil eMMC unter dauerndem Schreiben verschleißt.",
    "Die Zentrale greift nie in einen Standort hinein; sie empfängt nur, was er sendet.",
    "Ein Push-Verfahren scheitert am NAT des Mobilfunks, deshalb wird nichts gepusht.",
    "Ein OCI-Artefakt enthält die gerenderten Manifeste eines Satzes und eines Rings.",
    "Das K3s-Token entsteht je Standort und verlässt ihn nie.",
    "Wechselt ein Lkw den Besitzer, wird sein Deploy-Key ausgetauscht.",
    "Bei einem Defekt wird das Gerät aus dem Image neu aufgesetzt.",
  ],
  es: [
    "Flux no guarda en Git ninguna contraseña del registro.",
    "No se eligió etcd porque la eMMC se desgasta con tantas escrituras.",
    "La central nunca entra en un sitio; solo recibe lo que este envía.",
    "Un modelo push fracasa tras el NAT del operador, así que no se empuja nada.",
    "Cada sitio crea su propio token de K3s, que nunca sale de él.",
    "Un artefacto OCI contiene los manifiestos ya generados de un conjunto y un anillo.",
  ],
  zh: [
    "Flux 不会把镜像仓库的密码存进 Git。",
    "没有选用 etcd，因为 eMMC 经不起持续写入。",
    "中心从不进入站点，只接收站点上报的内容。",
    "推送方式在运营商 NAT 之后行不通，因此不推送任何内容。",
    "每个站点各自生成 K3s token，且不离开该站点。",
    "OCI 制品包含某个集合、某个发布环的已渲染清单。",
  ],
};
