import type { Advice } from "#model/advice.ts";
import type { fleets } from "../fleets.ts";
import { budget, lockdown, reader } from "./snippets.ts";

/** Answers as a good model would write them in Spanish, by fleet. */
export const es: Record<keyof typeof fleets, Advice> = {
  trucks: {
    reasoning: "2 GB, arm64, expuesto: mantener las decisiones.",
    overrides: [],
    summary:
      "Cada uno de los 5000 camiones lleva su propio clúster K3s de un nodo con SQLite, de modo que un camión sin cobertura no pierde nada de lo que necesita. Flux consulta cada 10 minutos, desde dentro, si hay un artefacto OCI nuevo; no hay ningún puerto abierto hacia fuera. Con 2 GB el margen es estrecho: quedan 330 MiB para las aplicaciones. El plan es un borrador que una persona debe revisar antes de usarlo, incluidos certificados y claves.",
    componentWhy: [
      {
        topic: "distribution",
        why: "K3s está documentado desde 2 GB en arm64 y trae los archivos para instalar sin red. k0s también cabría, pero incluye menos piezas. MicroK8s queda descartado porque su proveedor recomienda 4 GB.",
      },
      {
        topic: "datastore",
        why: "Para un solo servidor basta SQLite, que escribe poco. etcd exigiría tres servidores con SSD, y un camión no tiene ni una cosa ni la otra. Dqlite ya no forma parte de K3s.",
      },
      {
        topic: "gitops",
        why: "source-controller y kustomize-controller solicitan 128 MiB entre los dos. Argo CD resulta demasiado pesado para este nodo: los valores de su operador piden 1920 MiB.",
      },
      {
        topic: "os",
        why: "Kairos es un sistema inmutable que se sustituye entero. Si la imagen nueva no arranca, vuelve la anterior.",
      },
    ],
    risks: [
      {
        risk: "Sin red, el disco no se puede desbloquear después de un reinicio.",
        measure: "Prever placas con TPM para la próxima generación de equipos.",
        factIds: ["E5", "network-unlock"],
      },
      {
        risk: "Kairos suele ejecutarse con 4 GB; con 2 GB una actualización de imagen puede quedarse sin memoria.",
        measure: "Probar las actualizaciones en equipos reales del primer anillo, que tiene 5 camiones.",
        factIds: ["kairos-below-4gb"],
      },
    ],
    sections: [
      {
        id: "offline",
        text: "En carretera, quedarse sin enlace es lo normal. El servidor de la API va en el camión, así que los pods se planifican y se reinician como siempre. Flux reintenta cada 120 segundos y, al volver el enlace, aplica solo el estado más reciente. La central avisa una única vez, cuando el silencio supera las 72 horas.",
        factIds: ["X10", "X2"],
      },
      {
        id: "security",
        text: "Hay que contar con que alguien abrirá el equipo. El disco está cifrado con LUKS y se desbloquea a través de la red; los secretos viajan cifrados con SOPS en el repositorio. Cada camión tiene su propia credencial de solo lectura, que puede revocarse sin tocar las demás.\n\n- Precintar la carcasa y anular en el firmware los puertos USB que no se usen.\n- Revocar el mismo día la credencial de un equipo desaparecido.\n- Borrar el equipo antes de enviarlo a reparar.",
        factIds: ["E5", "G5"],
      },
      {
        id: "rollout",
        text: "Una versión llega primero a 5 camiones, después a 50, a 500 y a 2500, y por último a todos. Cada anillo debe mantenerse sano durante 72 horas antes de que empiece el siguiente.",
        factIds: ["X4"],
      },
    ],
    snippets: [
      {
        title: "Denegar por defecto",
        purpose:
          "Corta en el espacio de nombres de la aplicación todo el tráfico que ninguna otra política permita.",
        yaml: lockdown,
      },
    ],
  },
  stores: {
    reasoning: "Se pidió alta disponibilidad; tres servidores con SSD.",
    overrides: [],
    summary:
      "500 tiendas en dos regiones, cada una con un clúster K3s de tres servidores y etcd integrado: es la única excepción en la que este plan usa etcd. Si falla uno de los tres servidores, la tienda sigue, porque los otros dos conservan la mayoría. Flux pregunta a Git cada 15 minutos desde dentro de la tienda. Una persona debe revisar el diseño antes de desplegarlo.",
    componentWhy: [
      {
        topic: "topology",
        why: "Se pidió alta disponibilidad, y tres servidores con SSD es lo que etcd necesita. Con SQLite habría un único servidor y ninguna conmutación.",
      },
      {
        topic: "registry",
        why: "Los servidores de una tienda comparten capas de imagen mediante Spegel, así que cada capa cruza el enlace una sola vez.",
      },
      {
        topic: "podTraffic",
        why: "El tráfico entre servidores sale de la máquina y el personal puede llegar al conmutador; por eso se cifra con WireGuard.",
      },
      {
        topic: "secrets",
        why: "Flux descifra SOPS por sí mismo y ahorra un controlador. Sealed Secrets también serviría, a cambio de una pieza más que mantener.",
      },
    ],
    risks: [
      {
        risk: "Si caen dos de los tres servidores, el plano de control de la tienda se detiene hasta restaurar una instantánea.",
        measure:
          "Guardar las instantáneas de etcd fuera de la máquina y ensayar la restauración; el token del servidor forma parte de la copia.",
        factIds: ["S3", "B2", "etcd-exception"],
      },
      {
        risk: "Las 500 tiendas leen el mismo repositorio.",
        measure:
          "Un intervalo de 900 segundos mantiene la carga por debajo de una petición por segundo; a partir de 1000 sitios convienen los artefactos OCI.",
        factIds: ["X1"],
      },
    ],
    sections: [
      {
        id: "architecture",
        text: "Cada tienda es una isla con su propio plano de control. kube-vip mantiene una dirección virtual dentro de la tienda, por la que los nodos encuentran la API aunque caiga un servidor. De los 8 GB de cada servidor quedan 5489 MiB para aplicaciones.",
        factIds: ["S3", "D7"],
      },
      {
        id: "gitops",
        text: "La CI genera los manifiestos, los firma y los deja en el repositorio; nunca habla con una tienda. Flux los descarga desde dentro y retira lo que se eliminó en Git. Hay una `Kustomization` por conjunto.",
        factIds: ["G5", "X1"],
      },
      {
        id: "operations",
        text: "Mientras no hay enlace, las métricas esperan en disco y se envían después, unas 100 series por tienda. Se alerta por un silencio de más de 24 horas, no por NotReady. Un temporizador reinicia el servicio K3s al menos cada 120 días para que ningún certificado caduque sin aviso.",
        factIds: ["X10", "U3"],
      },
    ],
    snippets: [
      {
        title: "Lectura de pods",
        purpose: "Permite a soporte ver los pods de la aplicación y nada más.",
        yaml: reader,
      },
    ],
  },
  plants: {
    reasoning: "Enlace estable, se pidió Spin.",
    overrides: [],
    summary:
      "40 plantas con un nodo K3s cada una, SQLite como almacén de datos y Flux, que descarga de Git cada 5 minutos. WebAssembly funciona con el shim de Spin incluido en la imagen del equipo y es la parte menos madura del diseño. Un nodo no da alta disponibilidad; lo que hay en su lugar es una sustitución rápida y ensayada.",
    componentWhy: [
      {
        topic: "wasm",
        why: "Se pidió Spin, y K3s detecta el shim cuando está en la imagen. Los pods lo eligen con la RuntimeClass `wasmtime-spin-v2`.",
      },
      {
        topic: "upgrades",
        why: "El operador de Kairos cambia sistema y Kubernetes como una sola imagen. Eso cubre un arranque fallido, no una aplicación defectuosa.",
      },
      {
        topic: "encryption",
        why: "Las máquinas están en salas cerradas y no guardan datos personales. Los Secrets se cifran de todos modos en el almacén de datos.",
      },
    ],
    risks: [
      {
        risk: "Los módulos de Spin y el shim cambian deprisa, y actualizar uno puede romper el otro.",
        measure: "Fijar las versiones de ambos y actualizarlos juntos en el primer anillo.",
        factIds: ["W1", "wasm-shim"],
      },
      {
        risk: "Si muere el disco, se pierde el clúster de la planta.",
        measure:
          "Copiar con regularidad el archivo de SQLite y tener en la planta un equipo de repuesto con la misma imagen.",
        factIds: ["B5", "no-ha"],
      },
    ],
    sections: [
      {
        id: "configuration",
        text: "La configuración del nodo apaga lo que una planta no necesita y activa `secrets-encryption`. Un servidor K3s completo se midió en torno a 1,2 GB; el recortado se planifica con 800 MiB. De los 8 GB quedan así 5425 MiB para las aplicaciones.",
        factIds: ["D7", "memory:amd64:2"],
      },
      {
        id: "provisioning",
        text: "La máquina arranca la imagen, se instala sola y avisa; en la planta nadie teclea nada. Las imágenes vienen directamente del registro, porque con 40 plantas un espejo no compensa.",
        factIds: ["P4", "R5"],
      },
      {
        id: "review",
        text: "Antes de usarlo, una persona repasa certificados, claves y permisos. Nada de esto se ha probado en sus equipos.",
        factIds: [],
      },
    ],
    snippets: [
      {
        title: "Límites de memoria por defecto",
        purpose: "Asigna poca memoria a los contenedores que no declaran la suya.",
        yaml: budget,
      },
    ],
  },
};
