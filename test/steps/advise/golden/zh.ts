import type { Advice } from "#model/advice.ts";
import type { fleets } from "../fleets.ts";
import { budget, lockdown, reader } from "./snippets.ts";

/** Answers as a good model would write them in Chinese, by fleet. */
export const zh: Record<keyof typeof fleets, Advice> = {
  trucks: {
    reasoning: "2 GB、arm64、可被接触：保留原决策。",
    overrides: [],
    summary:
      "5,000 辆卡车各自运行一个单节点 K3s 集群，使用 SQLite，车辆失去信号时车上的业务照常工作。Flux 在车内每 10 分钟检查一次新的 OCI 制品，对外不开放任何入站端口。2 GB 内存比较紧张：留给业务的只有 330 MiB。本方案是一份蓝图，使用前须由人工审核，并加固证书和密钥。",
    componentWhy: [
      {
        topic: "distribution",
        why: "K3s 在 arm64 上文档支持 2 GB 起，并自带离线安装包。k0s 也可行，但自带组件较少。MicroK8s 厂商建议 4 GB，因此排除。",
      },
      {
        topic: "datastore",
        why: "单台 server 用 SQLite 足够，写入量小。etcd 需要三台带 SSD 的服务器，卡车上并不具备。K3s 早已不再提供 Dqlite。",
      },
      {
        topic: "gitops",
        why: "source-controller 和 kustomize-controller 合计只申请 128 MiB。Argo CD 对 2 GB 节点来说过重，其 operator 默认值要申请 1,920 MiB。",
      },
      {
        topic: "os",
        why: "Kairos 是不可变系统，整体替换镜像。新镜像启动失败时会回到旧镜像。",
      },
    ],
    risks: [
      {
        risk: "没有网络时，设备重启后磁盘无法解锁。",
        measure: "下一代硬件选用带 TPM 的主板。",
        factIds: ["E5", "network-unlock"],
      },
      {
        risk: "Kairos 通常在 4 GB 内存上运行，2 GB 设备升级镜像时内存可能不足。",
        measure: "先在首个发布环的 5 辆车上用真实设备验证升级。",
        factIds: ["kairos-below-4gb"],
      },
    ],
    sections: [
      {
        id: "offline",
        text: "在路上断网是常态。API server 就在车上，Pod 的调度和重启不受影响。Flux 每 120 秒重试一次，链路恢复后只应用最新状态。静默超过 72 小时，中心侧才发出一条告警。",
        factIds: ["X10", "X2"],
      },
      {
        id: "security",
        text: "应假定设备会被人拆开。磁盘用 LUKS 加密并通过网络解锁，仓库中的机密用 SOPS 加密。每辆车使用自己的只读凭据，可单独吊销，不影响其他车辆。\n\n- 给机箱贴封条，并在固件中停用不用的 USB 接口。\n- 设备失踪当天就吊销其凭据。\n- 送修之前先擦除设备。",
        factIds: ["E5", "G5"],
      },
      {
        id: "rollout",
        text: "新版本先到 5 辆车，再到 50 辆、500 辆、2,500 辆，最后覆盖全部车辆。每个发布环须保持健康 72 小时，下一环才会开始。",
        factIds: ["X4"],
      },
    ],
    snippets: [
      { title: "默认拒绝", purpose: "在业务命名空间内阻断所有未被其他策略放行的流量。", yaml: lockdown },
    ],
  },
  stores: {
    reasoning: "选择了高可用，三台带 SSD 的服务器。",
    overrides: [],
    summary:
      "500 家门店分布在两个区域，每家门店是一个由三台服务器组成的 K3s 集群，使用内嵌 etcd；这是本方案中唯一使用 etcd 的特例。三台服务器坏掉一台时，另外两台仍构成多数，门店照常运行。Flux 在门店内每 15 分钟向 Git 查询一次。部署之前须由人工审核。",
    componentWhy: [
      {
        topic: "topology",
        why: "要求高可用，而三台带 SSD 的服务器正是 etcd 所需。若用 SQLite 则只能有一台 server，无法切换。",
      },
      {
        topic: "registry",
        why: "同一门店的服务器通过 Spegel 共享镜像层，每一层只经过上行链路一次。",
      },
      {
        topic: "podTraffic",
        why: "服务器之间的流量会离开主机，店员也能接触到交换机，因此用 WireGuard 加密。",
      },
      {
        topic: "secrets",
        why: "Flux 可以自行解密 SOPS，省去一个控制器。Sealed Secrets 也可行，但要多维护一个组件。",
      },
    ],
    risks: [
      {
        risk: "三台服务器中坏掉两台时，门店的控制平面会停止，直到恢复快照。",
        measure: "把 etcd 快照保存到机器之外并演练恢复；server token 也要纳入备份。",
        factIds: ["S3", "B2", "etcd-exception"],
      },
      {
        risk: "500 家门店读取同一个仓库。",
        measure: "900 秒的间隔使负载低于每秒一次请求；超过 1,000 个站点后宜改用 OCI 制品。",
        factIds: ["X1"],
      },
    ],
    sections: [
      {
        id: "architecture",
        text: "每家门店都是一座孤岛，拥有自己的控制平面。kube-vip 在店内维持一个虚拟地址，某台服务器宕机时节点仍能找到 API。每台服务器的 8 GB 内存扣除系统、K3s 和代理之后，还有 5,489 MiB 留给业务。",
        factIds: ["S3", "D7"],
      },
      {
        id: "gitops",
        text: "CI 负责渲染、签名并把制品推送到镜像仓库，从不直接接触门店。Flux 从内部拉取，并清理 Git 中已删除的对象。每个集合对应一个 `Kustomization`。",
        factIds: ["G5", "X1"],
      },
      {
        id: "operations",
        text: "链路中断期间指标保存在磁盘上，恢复后补传，每家门店约 100 条时间序列。静默超过 24 小时才告警，NotReady 不告警。定时器至少每 120 天重启一次 K3s 服务，避免证书悄悄过期。",
        factIds: ["X10", "U3"],
      },
    ],
    snippets: [{ title: "Pod 只读权限", purpose: "支持人员只能查看业务命名空间中的 Pod。", yaml: reader }],
  },
  plants: {
    reasoning: "链路稳定，需要 Spin。",
    overrides: [],
    summary:
      "40 座工厂各有一个 K3s 节点，以 SQLite 为数据存储，Flux 每 5 分钟从 Git 拉取。WebAssembly 通过设备镜像中的 Spin shim 运行，是整个设计中最不成熟的部分。单节点谈不上高可用，取而代之的是演练过的快速更换。",
    componentWhy: [
      {
        topic: "wasm",
        why: "指定了 Spin，shim 放进镜像后 K3s 会自动识别。Pod 通过 RuntimeClass `wasmtime-spin-v2` 选用它。",
      },
      {
        topic: "upgrades",
        why: "Kairos operator 把系统和 Kubernetes 作为一个镜像整体更换。它能应对启动失败，但管不了有问题的业务。",
      },
      {
        topic: "encryption",
        why: "机器放在上锁的机房里，也不含个人数据，所以磁盘不加密。Secret 在数据存储中仍然加密。",
      },
    ],
    risks: [
      {
        risk: "Spin 模块和 shim 变化很快，升级其中一个可能破坏另一个。",
        measure: "固定两者的版本，并在首个发布环中一起升级。",
        factIds: ["W1", "wasm-shim"],
      },
      {
        risk: "磁盘损坏意味着该工厂的集群一并丢失。",
        measure: "定期复制 SQLite 文件，并在现场备一台装有同一镜像的备机。",
        factIds: ["B5", "no-ha"],
      },
    ],
    sections: [
      {
        id: "configuration",
        text: "节点配置关掉工厂用不到的组件，并打开 `secrets-encryption`。完整的 K3s server 实测约 1.2 GB，精简后的按 800 MiB 规划。8 GB 内存中因此有 5,425 MiB 留给业务。",
        factIds: ["D7", "memory:amd64:2"],
      },
      {
        id: "provisioning",
        text: "机器用同一个镜像启动，自行安装并上报，现场无需任何输入。镜像直接取自仓库，因为 40 座工厂还用不着镜像站。",
        factIds: ["P4", "R5"],
      },
      {
        id: "review",
        text: "使用之前，由人工检查证书、密钥和权限。以上内容均未在现场硬件上试运行过。",
        factIds: [],
      },
    ],
    snippets: [{ title: "默认内存限制", purpose: "为没有声明内存的容器设置较小的默认值。", yaml: budget }],
  },
};
