import type { Phrases } from "./lexicon.ts";

/** Names that are the same in every language: products, hardware, units. */
export const terms: Record<string, Phrases> = {
  "distro=k3s": "k3s",
  "distro=k0s": "k0s",
  "distro=microk8s": "microk8s, micro k8s, microk8",
  "gitops=flux": "flux, fluxcd, flux cd, flux2, flux v2",
  "gitops=argocd": "argo, argocd, argo cd",
  "templating=kustomize": "kustomize, kustomization, kustomizations",
  "templating=helm": "helm, helm chart, helm charts, helmfile, helm-chart",
  "arch=arm64":
    "arm64, aarch64, arm 64, armv8, arm v8, arm64 v8, cortex a35, cortex a53, cortex a55, cortex a57, cortex a72, cortex a73, cortex a76, cortex a78, cortex a78ae, cortex a510, rk3399, rk3566, rk3568, rk3588, rk3588s, rockchip, i.mx8, imx8, i.mx 8, imx 8, imx8m, i.mx8m, i.mx9, imx93, i.mx 93, snapdragon, ampere, altra, graviton, neoverse, orange pi, rock 5, rock 5b, rock pi, khadas, odroid n2, odroid c4, odroid m1, arm 64 bit, 64 bit arm, bcm2711, bcm2712, am62, am62x, am64x, layerscape, zynq ultrascale, kria, pine64, rockpro64, mediatek genio, compulab",
  "arch=arm": "arm, arm cpu, arm soc, cortex a",
  "arch=armv7":
    "armv7, armv7l, armhf, arm v7, arm 32, arm32, 32 bit arm, arm 32 bit, cortex a5, cortex a7, cortex a8, cortex a9, cortex a15, cortex a17, beaglebone, beaglebone black, imx6, i.mx6, i.mx 6, i.mx7, stm32mp1, am335x, zynq 7000",
  "arch=amd64":
    "amd64, x86, x86 64, x64, x8664, intel, amd, xeon, celeron, pentium, atom, core i3, core i5, core i7, core i9, i3, i5, i7, i9, ryzen, epyc, n100, n97, n95, j4125, j6412, n5105, j1900, elkhart lake, alder lake, apollo lake, x86 server, optiplex, poweredge, proliant, thinkcentre, beelink, protectli, ipc",
  "arch=riscv64": "riscv, risc v, riscv64, rv64, visionfive, visionfive 2, starfive, milk-v",
  "board=raspberry-pi-3":
    "raspberry pi 3, raspberry 3, raspi 3, raspi3, rpi 3, rpi3, pi 3, pi3, cm3, raspberry pi 3b, raspberrypi 3, pi 3b, raspberry pi 3 b, raspberry pi 3 model b, raspberry pi3, compute module 3, rpi 3b, raspberry pi zero 2, pi zero 2, zero 2 w, raspberry pi zero 2 w",
  "board=raspberry-pi-4":
    "raspberry pi 4, raspberry 4, raspi 4, raspi4, rpi 4, rpi4, pi 4, pi4, cm4, raspberry pi 4b, raspberrypi 4, pi 4b, raspberry pi 4 b, raspberry pi 4 model b, raspberry pi4, compute module 4, rpi 4b, pi 400",
  "board=raspberry-pi-5":
    "raspberry pi 5, raspberry 5, raspi 5, raspi5, rpi 5, rpi5, pi 5, pi5, cm5, raspberry pi 5b, raspberrypi 5, raspberry pi5, compute module 5, raspberry pi 5 model b",
  "board=pi":
    "raspberry pi, raspberry pis, raspberry, raspberries, raspberrys, raspi, raspis, rpi, rpis, raspberrypi, raspberrypis, pi, pis, pi boards",
  "board=jetson":
    "jetson, jetsons, jetson nano, jetson nanos, jetson orin, orin, jetson xavier, xavier nx, jetson agx, jetson orin nano, jetson orin nx, jetson agx orin, jetson xavier nx, jetson tx2, nvidia jetson, nvidia jetson orin, nvidia jetson nano, orin nano, orin nx, agx orin",
  "board=nuc": "nuc, nucs, asus nuc, asus nucs, intel nuc, intel nucs",
  "storage=ssd": "ssd, ssds, nvme, sata ssd, nvme ssd, m.2, m2 ssd",
  "storage=emmc": "emmc, emmcs, e mmc",
  "storage=sd":
    "sd, sd card, sd cards, sdcard, microsd, micro sd, microsd card, microsd cards, sdhc, sd-karte, sd karte, tf card",
  "accelerator=gpu": "gpu, gpus, cuda, rtx, nvidia gpu, nvidia l4, nvidia t4, tensorrt",
  "accelerator=npu":
    "npu, npus, tpu, tpus, coral, coral tpu, hailo, hailo 8, hailo8, movidius, myriad, ascend",
  "wasm=any": "wasm, webassembly, web assembly, wasi, wasm module, wasm modules",
  "wasm=spin": "spin, spinkube, fermyon, spin wasm, fermyon spin, spin-operator",
  "wasm=wasmedge": "wasmedge",
  "wasm=wasmtime": "wasmtime",
  "wasm=other": "wasmer, wasmcloud",
  "tpm=true": "tpm, tpm2, tpm 2, tpm 2.0, tpm chip, tpms, ftpm",
  "uefi=true": "uefi",
  "bmc=true": "bmc, ipmi, idrac, ilo, redfish, bmcs, ilo 5",
  "highAvailability=true": "ha, high availability, ha cluster, ha control plane",
  "regulated=true":
    "hipaa, pci dss, pci, gxp, gmp, nerc cip, nerc, kritis, nis2, nis 2, iec 62443, fda, 21 cfr part 11, iso 27001, fips, fips 140, cjis, hitrust, sox, bsi grundschutz, ens, fedramp, mdr, iec 61508",
  "wishes=dqlite": "dqlite",
  "wishes=sqlite": "sqlite, sqlite3, kine",
  "wishes=etcd": "etcd, embedded etcd",
  "wishes=external-database":
    "external database, external db, external postgres, external mysql, external datastore",
  "wishes=service-mesh": "istio, linkerd, service mesh, servicemesh, cilium mesh, consul connect, kuma",
  "wishes=longhorn": "longhorn",
  "wishes=talos": "talos, talos linux, talos os",
  "wishes=rke2": "rke2, rke 2, rke",
  "wishes=k0smotron": "k0smotron",
  "wishes=ubuntu-core": "ubuntu core",
  "wishes=bottlerocket": "bottlerocket",
  "wishes=flatcar": "flatcar, flatcar linux",
  "wishes=metal3": "metal3, metal 3, ironic",
  "wishes=tinkerbell": "tinkerbell",
  "wishes=rancher-fleet": "rancher fleet, fleet rancher, rancher continuous delivery, suse fleet",
  "wishes=sealed-secrets": "sealed secrets, sealedsecrets, sealed secret, kubeseal",
  "wishes=external-secrets": "external secrets, external secrets operator, eso",
  "wishes=vault": "vault, hashicorp vault, openbao",
  "wishes=prometheus": "prometheus, kube prometheus, kube prometheus stack, prometheus stack",
  "wishes=kubeadm": "kubeadm",
  "wishes=argocd-hub": "argo hub, argocd hub, argo cd hub",
  "wishes=latest-tags": ":latest, latest tag, latest tags, :latest tag, :latest tags",
  "wishes=inbound-api": "webhook, webhooks, port forwarding, nodeport",
  "network=air-gapped": "air gapped, airgapped, air gap, airgap, offline",
  "network=intermittent": "intermittent",
  "network=low-bandwidth":
    "low bandwidth, lorawan, nb-iot, nb iot, lte-m, lte m, gprs, edge/gprs, 2g network, lpwan, narrowband",
  "~network=stable": "ftth, gpon, ethernet, mpls, sd-wan, sdwan, dark fiber",
  mobile:
    "lte, umts, hspa, 4g lte, lte 4g, 5g nr, 4g/lte, 4g/5g, lte/5g, lte/4g, wwan, vsat, starlink, wlan, wifi, wi-fi, dsl, vdsl, adsl",
  link: "lte, umts, hspa, 4g lte, 4g/lte, 4g/5g, lte/5g, lte/4g, wwan, vsat, starlink, wlan, wifi, wi-fi, dsl, vdsl, adsl, vpn, wan, internet, ethernet, ftth, mpls",
  "unit:memory:1": "mb, mib, mega, megas, megabyte, megabytes, mbyte",
  "unit:memory:1024": "gb, gib, gig, gigs, giga, gigas, gigabyte, gigabytes, gbyte, gibibyte, gibibytes",
  "unit:disk": "tb, tib, terabyte, terabytes",
  "unit:bandwidth:1": "kbit/s, kbps, kbit, kbits, kb/s, kbits/s, kbit/sec, kilobit, kilobits, kbps/s",
  "unit:bandwidth:1000": "mbit/s, mbps, mbit, mbits, mb/s, mbits/s, megabit, megabits, mbit/sec",
  "unit:bandwidth:1000000": "gbit/s, gbps, gbit, gbits, gb/s, gigabit, gigabits",
  "unit:ignored":
    "ghz, mhz, khz, kw, kwh, kv, mw, volt, watt, watts, mm, cm, km, kg, %, °, €, $, usd, eur, euro, euros, ms, bit, bits, fps, v, mah, dbm",
  core: "vcpu, vcpus, cpu, cpus",
  ram: "ram, ddr4, ddr3, ddr5, lpddr4",
  disk: "ssd, emmc, nvme, sd, hdd, flash, sd card, microsd, disk",
  "edition=basic": "edition basic, basic edition",
  "edition=pro": "edition pro, pro edition",
  "region:EU": "eu",
  "region:EMEA": "emea",
  "region:APAC": "apac",
  "region:LATAM": "latam",
  "region:US": "usa",
  "region:UK": "uk",
  "region:DACH": "dach, benelux, anz",
  "region:cloud":
    "eu-west-1, us-east-1, eu-central-1, us-west-2, eu west, eu central, us east, us west, ap southeast, eu north, eu south",
  with: "w/",
  per: "/",
};
