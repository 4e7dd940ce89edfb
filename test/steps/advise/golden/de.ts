import type { Advice } from "#model/advice.ts";
import type { fleets } from "../fleets.ts";
import { budget, lockdown, reader } from "./snippets.ts";

/** Answers as a good model would write them in German, by fleet. */
export const de: Record<keyof typeof fleets, Advice> = {
  trucks: {
    reasoning: "2 GB, arm64, frei zugänglich: bei den Entscheidungen bleiben.",
    overrides: [],
    summary:
      "Jeder der 5.000 Lkw bekommt einen eigenen K3s-Cluster mit einem Knoten und SQLite. Fällt das Netz aus, läuft an Bord alles weiter. Flux fragt alle 10 Minuten von innen nach einem neuen OCI-Artefakt; von außen ist kein Port erreichbar. Mit 2 GB wird es eng: Für eigene Anwendungen bleiben 330 MiB. Der Plan ist ein Entwurf und muss vor dem Einsatz von einem Menschen geprüft werden, Zertifikate und Schlüssel inbegriffen.",
    componentWhy: [
      {
        topic: "distribution",
        why: "K3s ist ab 2 GB für arm64 dokumentiert und bringt die Air-Gap-Dateien mit. k0s ginge ebenfalls, liefert aber weniger mit. MicroK8s scheidet aus, weil der Hersteller 4 GB empfiehlt.",
      },
      {
        topic: "datastore",
        why: "Für einen einzelnen Server reicht SQLite, und es schreibt wenig. etcd bräuchte drei Server und SSDs, beides fehlt im Lkw. Dqlite gibt es in K3s seit Langem nicht mehr.",
      },
      {
        topic: "gitops",
        why: "source-controller und kustomize-controller fordern zusammen 128 MiB an. Argo CD ist für 2 GB zu schwer.",
      },
      {
        topic: "os",
        why: "Kairos ist ein unveränderliches System und wird als Ganzes ausgetauscht. Startet das neue Image nicht, kommt das alte zurück.",
      },
    ],
    risks: [
      {
        risk: "Ohne Netz lässt sich die Platte nach einem Neustart nicht entsperren.",
        measure: "Bei der nächsten Hardware-Generation Boards mit TPM einplanen.",
        factIds: ["E5", "network-unlock"],
      },
      {
        risk: "Kairos wird üblicherweise mit 4 GB betrieben; bei 2 GB kann ein Image-Update an die Grenze kommen.",
        measure: "Updates zuerst an echten Geräten im Ring mit 5 Fahrzeugen erproben.",
        factIds: ["kairos-below-4gb"],
      },
    ],
    sections: [
      {
        id: "offline",
        text: "Funkloch heißt nicht Störung. Der API-Server steht im Fahrzeug, Pods werden also weiter geplant und neu gestartet. Flux versucht es alle 120 Sekunden erneut und übernimmt nach der Rückkehr nur den neuesten Stand. Erst nach 72 Stunden Stille meldet die Zentrale einen Alarm.",
        factIds: ["X10", "X2"],
      },
      {
        id: "security",
        text: "Man muss davon ausgehen, dass jemand das Gehäuse öffnet. Die Platte ist mit LUKS verschlüsselt, der Schlüssel kommt über das Netz. Geheimnisse liegen mit SOPS verschlüsselt im Repository. Jeder Standort hat eigene, nur lesende Zugangsdaten, die sich einzeln sperren lassen.\n\n- Gehäuse versiegeln und unbenutzte USB-Anschlüsse in der Firmware abschalten.\n- Zugangsdaten eines vermissten Geräts noch am selben Tag sperren.\n- Geräte vor einer Reparatur löschen.",
        factIds: ["E5", "G5"],
      },
      {
        id: "rollout",
        text: "Ein Release erreicht zuerst 5 Fahrzeuge, dann 50, 500 und 2.500 und am Ende alle. Jeder Ring muss 72 Stunden gesund bleiben, bevor der nächste beginnt.",
        factIds: ["X4"],
      },
    ],
    snippets: [
      {
        title: "Alles zu, was nicht erlaubt ist",
        purpose: "Sperrt im Namespace der Anwendung jeden Verkehr, den keine andere Policy erlaubt.",
        yaml: lockdown,
      },
    ],
  },
  stores: {
    reasoning: "HA wurde gewählt, drei Server mit SSD.",
    overrides: [],
    summary:
      "500 Filialen in zwei Regionen bekommen je einen K3s-Cluster aus drei Servern mit eingebettetem etcd; das ist die eine, ausdrücklich benannte Ausnahme vom Verzicht auf etcd. Fällt einer der drei Server aus, läuft die Filiale weiter, denn zwei bilden noch eine Mehrheit. Flux fragt aus der Filiale heraus alle 15 Minuten bei Git nach. Vor dem Einsatz muss ein Mensch den Entwurf prüfen.",
    componentWhy: [
      {
        topic: "topology",
        why: "Hochverfügbarkeit war gewünscht, und drei Server mit SSD sind das, was etcd verlangt. Mit SQLite gäbe es nur einen Server und keine Übernahme.",
      },
      {
        topic: "registry",
        why: "Die Server einer Filiale teilen sich Image-Layer über Spegel; jeder Layer kommt nur einmal über die schmale Leitung.",
      },
      {
        topic: "podTraffic",
        why: "Der Verkehr zwischen den Servern verlässt die Maschine, deshalb verschlüsselt ihn WireGuard.",
      },
      {
        topic: "secrets",
        why: "Flux entschlüsselt SOPS selbst und kommt ohne weiteren Controller aus. Sealed Secrets wäre machbar, ist aber ein Baustein mehr.",
      },
    ],
    risks: [
      {
        risk: "Fallen zwei der drei Server aus, steht die Steuerungsebene der Filiale, bis ein Snapshot zurückgespielt ist.",
        measure:
          "etcd-Snapshots außerhalb der Maschine aufbewahren und das Zurückspielen üben; das Server-Token gehört zur Sicherung.",
        factIds: ["S3", "B2", "etcd-exception"],
      },
      {
        risk: "Alle 500 Filialen lesen dasselbe Repository.",
        measure:
          "Mit 900 Sekunden Abstand bleibt die Last unter einer Anfrage je Sekunde; ab 1.000 Standorten sind OCI-Artefakte die bessere Wahl.",
        factIds: ["X1"],
      },
    ],
    sections: [
      {
        id: "architecture",
        text: "Jede Filiale ist eine Insel mit eigener Steuerungsebene. kube-vip hält in der Filiale eine virtuelle Adresse, über die die Knoten die API auch bei einem Ausfall finden. Von 8 GB je Server bleiben nach System, K3s und Agenten 5.489 MiB für Anwendungen.",
        factIds: ["S3", "D7"],
      },
      {
        id: "gitops",
        text: "Die CI rendert, signiert und legt das Ergebnis ab; mit einer Filiale spricht sie nie. Flux holt von innen und räumt weg, was aus Git entfernt wurde. Je Satz gibt es eine `Kustomization`.",
        factIds: ["G5", "X1"],
      },
      {
        id: "operations",
        text: "Metriken warten bei einer Unterbrechung auf der Platte und werden nachgeliefert, rund 100 Zeitreihen je Filiale. Alarmiert wird bei mehr als 24 Stunden Stille, nicht bei NotReady. Ein Timer startet den K3s-Dienst spätestens alle 120 Tage neu, damit kein Zertifikat unbemerkt abläuft.",
        factIds: ["X10", "U3"],
      },
    ],
    snippets: [
      {
        title: "Nur lesender Zugriff auf Pods",
        purpose: "Der Support sieht die Pods der Anwendung, mehr nicht.",
        yaml: reader,
      },
    ],
  },
  plants: {
    reasoning: "Stabile Anbindung, Spin gewünscht.",
    overrides: [],
    summary:
      "40 Werke mit je einem K3s-Knoten, SQLite als Datenspeicher und Flux, das alle 5 Minuten aus Git holt. WebAssembly läuft über den Spin-Shim im Geräte-Image und ist der am wenigsten ausgereifte Teil. Ein Knoten ist keine Hochverfügbarkeit; an ihre Stelle tritt ein schneller, geübter Austausch.",
    componentWhy: [
      {
        topic: "wasm",
        why: "Spin war gewünscht, und K3s erkennt den Shim, sobald er im Image liegt. Pods wählen ihn über die RuntimeClass `wasmtime-spin-v2`.",
      },
      {
        topic: "upgrades",
        why: "Der Kairos-Operator tauscht System und Kubernetes als ein Image aus. Das fängt einen misslungenen Start ab, aber keine fehlerhafte Anwendung.",
      },
      {
        topic: "encryption",
        why: "Die Maschinen stehen in verschlossenen Räumen und tragen keine personenbezogenen Daten. Secrets sind im Datenspeicher trotzdem verschlüsselt.",
      },
    ],
    risks: [
      {
        risk: "Spin-Module und Shim entwickeln sich schnell; ein Update des einen kann das andere brechen.",
        measure: "Beides festschreiben und gemeinsam im ersten Ring aktualisieren.",
        factIds: ["W1", "wasm-shim"],
      },
      {
        risk: "Stirbt die Platte, ist der Cluster des Werks weg.",
        measure:
          "Die SQLite-Datei regelmäßig kopieren und eine Ersatzmaschine mit demselben Image vorhalten.",
        factIds: ["B5", "no-ha"],
      },
    ],
    sections: [
      {
        id: "configuration",
        text: "Die Knotenkonfiguration schaltet ab, was ein Werk nicht braucht, und `secrets-encryption` ein. Ein voller K3s-Server wurde mit rund 1,2 GB gemessen; der verschlankte ist mit 800 MiB eingeplant. Von den 8 GB bleiben damit 5.425 MiB für Anwendungen.",
        factIds: ["D7", "memory:amd64:2"],
      },
      {
        id: "provisioning",
        text: "Eine Maschine startet das Image, installiert sich selbst und meldet sich; vor Ort tippt niemand etwas ein. Images kommen direkt aus der Registry, denn bei 40 Werken lohnt sich kein Mirror.",
        factIds: ["P4", "R5"],
      },
      {
        id: "review",
        text: "Vor dem Einsatz geht ein Mensch Zertifikate, Schlüssel und Rechte durch. Auf Ihrer Hardware wurde nichts davon ausprobiert.",
        factIds: [],
      },
    ],
    snippets: [
      {
        title: "Kleine Speichergrenzen als Vorgabe",
        purpose: "Container ohne eigene Angabe bekommen wenig Speicher zugeteilt.",
        yaml: budget,
      },
    ],
  },
};
