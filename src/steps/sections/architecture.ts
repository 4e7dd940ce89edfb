import type { Decisions } from "#model/decision.ts";
import { type Text, text } from "#model/text.ts";
import { agentsPhrase, file, list, type Material, paragraph, type Write } from "./context.ts";

const topologies = {
  single: {
    en: "Every device is a cluster of its own, and nothing central has to answer for it to work. A broken device is replaced; the new one rebuilds itself from {origin}.",
    de: "Jedes Gerät ist ein eigener Cluster und braucht zum Arbeiten nichts Zentrales. Ein defektes Gerät wird ersetzt; das neue baut sich aus {origin} selbst wieder auf.",
    es: "Cada dispositivo es un clúster propio y no necesita nada central para funcionar. Un equipo averiado se reemplaza; el nuevo se reconstruye solo a partir de {origin}.",
    zh: "每台设备自成一个集群，工作时不依赖任何中心节点。设备损坏就更换，新设备凭{origin}自行恢复。",
  },
  "server-agents": {
    en: "Each site is one cluster: one server and {agents}. If an agent fails, its pods move to another node; if the server fails, running pods go on, but nothing is rescheduled until it is back.",
    de: "Jeder Standort ist ein Cluster: ein Server und {agents}. Fällt ein Agent aus, ziehen seine Pods auf einen anderen Knoten um; fällt der Server aus, laufen die Pods weiter, neu eingeplant wird aber erst, wenn er zurück ist.",
    es: "Cada sitio es un clúster: un servidor y {agents}. Si cae un agente, sus pods pasan a otro nodo; si cae el servidor, los pods siguen en marcha, pero no se replanifica nada hasta que vuelva.",
    zh: "每个站点是一个集群：1 台 server 和 {agents}。agent 故障时，其 Pod 会迁到其他节点；server 故障时，运行中的 Pod 继续工作，但在它恢复前不会重新调度。",
  },
  ha: {
    en: "Each site is one highly available cluster: {servers} servers and {agents}. One server may fail and the control plane keeps its quorum.",
    de: "Jeder Standort ist ein hochverfügbarer Cluster: {servers} Server und {agents}. Ein Server darf ausfallen, die Control Plane behält ihr Quorum.",
    es: "Cada sitio es un clúster de alta disponibilidad: {servers} servidores y {agents}. Puede fallar un servidor y el plano de control conserva el quórum.",
    zh: "每个站点是一个高可用集群：{servers} 台 server 和 {agents}。允许一台 server 故障，控制平面仍保有法定多数。",
  },
  "site-server": {
    en: "The devices are too small for a control plane. They join as agents of one server per site with at least 2 GB of memory; that server is added hardware.",
    de: "Für eine Control Plane sind die Geräte zu klein. Sie werden Agents eines Servers je Standort mit mindestens 2 GB Arbeitsspeicher; dieser Server ist zusätzliche Hardware.",
    es: "Los dispositivos son demasiado pequeños para un plano de control. Se unen como agentes de un servidor por sitio con al menos 2 GB de memoria; ese servidor es hardware adicional.",
    zh: "设备太小，跑不了控制平面。它们作为 agent 加入每个站点的一台 server，该 server 至少需要 2 GB 内存，属于新增硬件。",
  },
  image: {
    en: "No Kubernetes runs on these devices. An image-based system with its own manifest starts the containers; updates are whole A/B images that the device pulls.",
    de: "Auf diesen Geräten läuft kein Kubernetes. Ein imagebasiertes System mit eigenem Manifest startet die Container; Updates sind vollständige A/B-Images, die das Gerät selbst holt.",
    es: "En estos dispositivos no corre Kubernetes. Un sistema basado en imágenes, con su propio manifiesto, arranca los contenedores; las actualizaciones son imágenes A/B completas que el dispositivo descarga.",
    zh: "这些设备上不运行 Kubernetes。基于镜像的系统按自己的清单启动容器；更新是设备主动拉取的完整 A/B 镜像。",
  },
} satisfies Record<Decisions["topology"]["choice"], Text>;

/** What a replaced device needs to be what the old one was. */
const origins: Record<Decisions["delivery"]["choice"], Text> = {
  git: {
    en: "its image and the repository",
    de: "seinem Image und dem Repository",
    es: "su imagen y del repositorio",
    zh: "镜像和代码仓库",
  },
  oci: {
    en: "its image and the registry",
    de: "seinem Image und der Registry",
    es: "su imagen y del registro",
    zh: "镜像和镜像仓库",
  },
  image: { en: "its image alone", de: "seinem Image allein", es: "su sola imagen", zh: "镜像" },
};

const allServers: Text = {
  en: "Each site is one highly available cluster: its {servers} nodes are all servers and run workloads too. One of them may fail and the control plane keeps its quorum.",
  de: "Jeder Standort ist ein hochverfügbarer Cluster: Alle {servers} Knoten sind Server und tragen auch Workloads. Einer davon darf ausfallen, die Control Plane behält ihr Quorum.",
  es: "Cada sitio es un clúster de alta disponibilidad: sus {servers} nodos son todos servidores y también ejecutan cargas. Puede fallar uno y el plano de control conserva el quórum.",
  zh: "每个站点是一个高可用集群：{servers} 个节点全部是 server，同时运行工作负载。允许其中一台故障，控制平面仍保有法定多数。",
};

const datastores: Record<Decisions["datastore"]["choice"], Text | undefined> = {
  sqlite: {
    en: "State lives in SQLite on the one server. SQLite has no replication, so there is exactly one server a site, and a copy of its database and token is taken every night.",
    de: "Der Zustand liegt in SQLite auf dem einen Server. SQLite repliziert nicht; deshalb gibt es je Standort genau einen Server, und jede Nacht werden Datenbank und Token gesichert.",
    es: "El estado está en SQLite, en el único servidor. SQLite no replica, así que hay exactamente un servidor por sitio y cada noche se copian su base de datos y su token.",
    zh: "状态保存在唯一一台 server 的 SQLite 中。SQLite 不支持复制，因此每个站点只有一台 server，并且每晚备份数据库和 token。",
  },
  etcd: {
    en: "Named exception: embedded etcd. It is used here only because the site has three servers with SSDs and at least 4 GB each, and the control plane must survive the loss of one.",
    de: "Benannte Ausnahme: eingebettetes etcd. Es kommt hier nur zum Einsatz, weil der Standort drei Server mit SSD und mindestens 4 GB hat und die Control Plane den Ausfall eines Servers überstehen muss.",
    es: "Excepción con nombre propio: etcd integrado. Se usa aquí solo porque el sitio tiene tres servidores con SSD y al menos 4 GB, y el plano de control debe sobrevivir a la pérdida de uno.",
    zh: "明确的特例：内嵌 etcd。仅因为该站点有三台配备 SSD 且内存不低于 4 GB 的服务器，并且控制平面必须能承受一台故障，才在此使用。",
  },
  dqlite: {
    en: "MicroK8s keeps its state in Dqlite; from three nodes on it replicates by itself. Its vendor's newer Kubernetes has dropped Dqlite, which is a risk for the years to come.",
    de: "MicroK8s hält seinen Zustand in Dqlite; ab drei Knoten repliziert es von selbst. Das neuere Kubernetes desselben Herstellers hat Dqlite entfernt, das ist ein Risiko für die kommenden Jahre.",
    es: "MicroK8s guarda su estado en Dqlite; a partir de tres nodos se replica solo. El Kubernetes más reciente del mismo fabricante ha retirado Dqlite, lo que supone un riesgo para los próximos años.",
    zh: "MicroK8s 的状态存于 Dqlite；三个节点起自动复制。同一厂商较新的 Kubernetes 已移除 Dqlite，这是未来几年的风险。",
  },
  external: {
    en: "State lives in the SQL database that the site already runs with high availability; the cluster is as available as that database is.",
    de: "Der Zustand liegt in der SQL-Datenbank, die am Standort schon hochverfügbar betrieben wird; der Cluster ist so verfügbar wie diese Datenbank.",
    es: "El estado está en la base de datos SQL que el sitio ya opera con alta disponibilidad; el clúster está tan disponible como ella.",
    zh: "状态存于站点现有的高可用 SQL 数据库；集群的可用性取决于该数据库。",
  },
  none: undefined,
};

const highAvailability = {
  one: {
    en: "With one node a site, “highly available” means fast replacement: a spare on the shelf, an image that needs no hands, and state that can be lost or restored.",
    de: "Bei einem Knoten je Standort heißt „hochverfügbar“: schneller Ersatz. Ein Reservegerät im Regal, ein Image, das ohne Handgriffe startet, und ein Zustand, der verloren gehen darf oder sich wiederherstellen lässt.",
    es: "Con un nodo por sitio, «alta disponibilidad» significa reemplazo rápido: un repuesto en el estante, una imagen que arranca sin intervención y un estado que puede perderse o restaurarse.",
    zh: "每个站点只有一个节点时，“高可用”意味着快速更换：备件在架、镜像免人工启动、状态可以丢失或能够恢复。",
  },
  two: {
    en: "Two nodes give no control-plane high availability: a quorum of two needs both. A third node, which may be small but needs an SSD, would.",
    de: "Zwei Knoten ergeben keine hochverfügbare Control Plane: Ein Quorum aus zweien braucht beide. Ein dritter Knoten, klein, aber mit SSD, würde genügen.",
    es: "Dos nodos no dan alta disponibilidad al plano de control: un quórum de dos necesita a ambos. Bastaría un tercer nodo, que puede ser pequeño, pero con SSD.",
    zh: "两个节点无法实现控制平面高可用：两票的法定多数需要两个节点都在线。再加一个节点即可，规格可以小，但须配 SSD。",
  },
  many: {
    en: "The control plane of this design is one server. Workloads survive the loss of an agent; the server itself is replaced and restored.",
    de: "Die Control Plane dieses Entwurfs ist ein einzelner Server. Workloads überstehen den Ausfall eines Agents; der Server selbst wird ersetzt und wiederhergestellt.",
    es: "El plano de control de este diseño es un solo servidor. Las cargas sobreviven a la pérdida de un agente; el servidor se reemplaza y se restaura.",
    zh: "本设计的控制平面只有一台 server。agent 故障不影响工作负载；server 故障则更换并恢复。",
  },
} satisfies Record<string, Text>;

/** What "highly available" can mean with the nodes of a site. */
export function availability({ brief, verdict }: Material): Text {
  const { choice, params } = verdict.decisions.topology;
  if (choice === "ha") {
    const words = params.agents === 0 ? allServers : topologies.ha;
    return text(words, { servers: params.servers, agents: agentsPhrase(params.agents) });
  }
  if (brief.answers.nodesPerSite === 1) return highAvailability.one;
  return brief.answers.nodesPerSite === 2 ? highAvailability.two : highAvailability.many;
}

/** Deliverables 1 and 4: who runs what, and what may fail. */
export const architecture: Write = (material) => {
  const { topology, datastore, delivery } = material.verdict.decisions;
  const store = datastores[datastore.choice];
  const words =
    topology.choice === "ha" && topology.params.agents === 0 ? allServers : topologies[topology.choice];
  const parts = [
    paragraph(words, {
      servers: topology.params.servers,
      agents: agentsPhrase(topology.params.agents),
      origin: origins[delivery.choice],
    }),
  ];
  if (store) parts.push(paragraph(store));
  if (topology.choice !== "ha" && topology.choice !== "image") parts.push(paragraph(availability(material)));
  return {
    id: "architecture",
    title: { en: "Architecture", de: "Architektur", es: "Arquitectura", zh: "架构" },
    parts,
    sources: [...topology.sources, ...datastore.sources],
  };
};

const ownEncryption: Text = {
  en: "the disk has its own encryption",
  de: "die hat ihre eigene Verschlüsselung",
  es: "el disco tiene su propio cifrado",
  zh: "磁盘另有加密",
};
const openDisk: Text = {
  en: "the key lies on it, and the disk itself is not encrypted here",
  de: "der Schlüssel liegt darauf, und die Platte selbst ist hier nicht verschlüsselt",
  es: "la clave está en él, y el disco en sí no se cifra aquí",
  zh: "密钥就在盘上，而此处磁盘本身未加密",
};

/** Deliverable 3: the node's own configuration. */
export const configuration: Write = ({ verdict, files }) => {
  const shown = file(files, /^nodes\/[^/]+\/(?!agent\/).*(k3s\/config\.yaml|k0s\.yaml|microk8s\.yaml)$/);
  if (shown.length === 0) return undefined;
  const { encryption } = verdict.decisions;
  return {
    id: "configuration",
    title: {
      en: "Node configuration",
      de: "Knotenkonfiguration",
      es: "Configuración del nodo",
      zh: "节点配置",
    },
    parts: [
      list(
        [
          {
            en: "Every packaged component that this fleet does not use is switched off, which is where most of the saved memory comes from.",
            de: "Jede mitgelieferte Komponente, die diese Flotte nicht braucht, ist abgeschaltet; daher stammt der größte Teil des gesparten Speichers.",
            es: "Todo componente incluido que esta flota no usa está desactivado; de ahí sale la mayor parte de la memoria ahorrada.",
            zh: "凡是用不到的内置组件一律关闭，节省的内存大部分来自这里。",
          },
          {
            en: "Memory for the system and for Kubernetes is reserved, so that a greedy pod is evicted before the node stalls.",
            de: "Für System und Kubernetes ist Speicher reserviert; ein gieriger Pod wird verdrängt, bevor der Knoten stehen bleibt.",
            es: "Se reserva memoria para el sistema y para Kubernetes, de modo que un pod voraz se desaloja antes de que el nodo se bloquee.",
            zh: "为系统和 Kubernetes 预留内存，占用过多的 Pod 会在节点卡死之前被驱逐。",
          },
          encryption.params.secretsEncryption && {
            en: "Secrets are encrypted in the datastore. That protects backups, not a stolen disk: {disk}.",
            de: "Secrets liegen verschlüsselt im Datastore. Das schützt Sicherungen, nicht eine gestohlene Platte: {disk}.",
            es: "Los secretos se cifran en el almacén de datos. Eso protege las copias, no un disco robado: {disk}.",
            zh: "Secret 在数据存储中加密。这保护的是备份，而不是被偷走的磁盘；{disk}。",
          },
        ],
        { disk: encryption.choice === "none" ? openDisk : ownEncryption },
      ),
      ...shown,
    ],
    sources: verdict.decisions.distribution.sources,
  };
};
