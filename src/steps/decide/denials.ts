import type { Decisions, DeniedWish } from "#model/decision.ts";
import { fill, type Language, type Text } from "#model/text.ts";
import type { Denial, Words } from "./denials/denial.ts";
import { hardware } from "./denials/hardware.ts";
import { named } from "./denials/named.ts";
import { platform } from "./denials/platform.ts";
import { security } from "./denials/security.ts";
import type { Site } from "./site.ts";

const denials: readonly Denial[] = [...hardware, ...platform, ...security, ...named];

/** Names as people write them; ids that are names already stand for themselves. */
const names: Readonly<Record<string, string>> = {
  k3s: "K3s",
  microk8s: "MicroK8s",
  sqlite: "SQLite",
  dqlite: "Dqlite",
  external: "SQL",
  kairos: "Kairos",
  "sl-micro": "SL Micro",
  flatcar: "Flatcar",
  "ubuntu-core": "Ubuntu Core",
  ubuntu: "Ubuntu",
  debian: "Debian",
  flux: "Flux",
  argocd: "Argo CD",
  sops: "SOPS",
  "sealed-secrets": "Sealed Secrets",
  metal3: "Metal3",
  tinkerbell: "Tinkerbell",
  elemental: "Elemental",
  "kairos-auto-install": "Kairos auto-install",
};
const storageNames = { ssd: "SSD", emmc: "eMMC", sd: "SD" } as const;
const noCluster: Text = {
  en: "containers without a cluster",
  de: "Container ohne Cluster",
  es: "contenedores sin clúster",
  zh: "不带集群的容器",
};
const noDatastore: Text = {
  en: "none (no cluster)",
  de: "keiner (kein Cluster)",
  es: "ninguno (sin clúster)",
  zh: "无（没有集群）",
};
const deviceImage: Text = {
  en: "device images",
  de: "Geräte-Images",
  es: "imágenes de dispositivo",
  zh: "设备镜像",
};
const besideImage: Text = {
  en: "one per site, beside the image",
  de: "eines je Standort, neben dem Image",
  es: "uno por sitio, junto a la imagen",
  zh: "每站点一个，放在镜像旁",
};
const bakedImage: Text = {
  en: "an image with everything in it",
  de: "ein Image mit allem darin",
  es: "una imagen con todo dentro",
  zh: "内含一切的镜像",
};

function nameOf(choice: string): string {
  return names[choice] ?? choice;
}

function namesIn(
  language: Language,
  { distribution, os, datastore, gitops, secrets, provisioning }: Decisions,
) {
  return {
    distribution: distribution.choice === "none" ? noCluster[language] : nameOf(distribution.choice),
    os: nameOf(os.choice),
    datastore: datastore.choice === "none" ? noDatastore[language] : nameOf(datastore.choice),
    gitops: gitops.choice === "none" ? deviceImage[language] : nameOf(gitops.choice),
    secrets: secrets.choice === "image" ? besideImage[language] : nameOf(secrets.choice),
    provisioning:
      provisioning.choice === "image-offline" ? bakedImage[language] : nameOf(provisioning.choice),
  };
}

/** Everything asked for that these decisions do not hold, with the reason and what does work. */
export function deniedOf(site: Site, decisions: Decisions): DeniedWish[] {
  const values = {
    mib: site.memoryMiB,
    nodes: site.nodes,
    sites: site.sites,
    storage: storageNames[site.answers.storage],
    distro: nameOf(site.answers.distro),
  };
  const say = (words: Words): Text => {
    const template = typeof words === "function" ? words(site, decisions) : words;
    const one = (language: Language) =>
      fill(template[language], { ...values, ...namesIn(language, decisions) }, language);
    return { en: one("en"), de: one("de"), es: one("es"), zh: one("zh") };
  };
  return denials
    .filter(({ when }) => when(site, decisions))
    .map(({ id, wish, why, instead, source }) => ({
      id,
      wish: say(wish),
      why: say(why),
      instead: say(instead),
      source,
    }));
}
