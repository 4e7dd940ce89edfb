import type { Lexicon } from "../lexicon.ts";

/** German: everything the reader needs to know about the language. */
export const de: Lexicon = {
  language: "de",
  telling:
    "hallo, was, wenn, warum, wie, moin, guten, danke, der, die, das, und, mit, wir, haben, ist, sind, pro, je, ein, eine, in, auf, für, nicht, kein, keine, von, zu, bei, im, am, den, dem, des, bitte, lieber, statt, ohne, jede, jeder, jedes, unsere, unser, über, aber, nur, soll, sollen, wollen, etwa, rund, ungefähr, auch, alle, meist, jeweils, an, als, oder, sowie, wird, werden, kann, können, es, sie, ich, nein, ja, viele, gut, überall, Filialen, Standorte, Werke, Server, Stück, Geräte, Netz, zwei, drei, hundert, tausend, Speicher, Arbeitsspeicher, doch, sondern, weiß, weiss, einem, einer, unseren, hochverfügbar, Verbindung, Leitung",
  endings: [
    ["e", ""],
    ["en", ""],
    ["er", ""],
    ["es", ""],
    ["em", ""],
    ["n", ""],
    ["s", ""],
    ["ern", ""],
    ["ens", ""],
    ["se", ""],
    ["sen", ""],
    ["nen", ""],
  ],
  compounds: true,
  headLast: true,
  units: {
    null: 0,
    ein: 1,
    eins: 1,
    eine: 1,
    einen: 1,
    einer: 1,
    einem: 1,
    eines: 1,
    zwei: 2,
    zwo: 2,
    drei: 3,
    vier: 4,
    fünf: 5,
    fuenf: 5,
    sechs: 6,
    sieben: 7,
    acht: 8,
    neun: 9,
    zehn: 10,
    elf: 11,
    zwölf: 12,
    zwoelf: 12,
    dreizehn: 13,
    vierzehn: 14,
    fünfzehn: 15,
    fuenfzehn: 15,
    sechzehn: 16,
    siebzehn: 17,
    achtzehn: 18,
    neunzehn: 19,
    zwanzig: 20,
    dreißig: 30,
    vierzig: 40,
    fünfzig: 50,
    fuenfzig: 50,
    sechzig: 60,
    siebzig: 70,
    achtzig: 80,
    neunzig: 90,
    halbe: 0.5,
    anderthalb: 1.5,
    eineinhalb: 1.5,
    zweieinhalb: 2.5,
  },
  multipliers: {
    dutzend: 12,
    hundert: 100,
    tausend: 1_000,
    tsd: 1_000,
    million: 1_000_000,
    millionen: 1_000_000,
    mio: 1_000_000,
    mill: 1_000_000,
  },
  joins: "und",
  articles: "ein, eine, einen, einer, einem, eines",
  tags: {
    "place:retail":
      "friseursalon, spielhalle, waschanlage, bücherei, buchladen, buchläden, fitnessstudio, fitnessstudios, kantine, autohändler, pizzeria, kneipe, gasthaus, gasthäuser, getränkemarkt, getränkemärkte, filiale, laden, läden, geschäft, supermarkt, supermärkte, markt, märkte, shop, bäckerei, apotheke, tankstelle, restaurant, café, hotel, drogerie, verkaufsstelle, einkaufszentrum, einkaufszentren, baumarkt, baumärkte, discounter, autohaus, autohäuser, gaststätte, kino, bankfiliale, zweigstelle, niederlassung, store, metzgerei, outlet, kaufhaus, kaufhäuser, boutique, imbiss, buchhandlung, optiker",
    "place:manufacturing":
      "werk, fabrik, produktionsstätte, produktionslinie, fertigungslinie, werkhalle, produktionshalle, betrieb, brauerei, linie, werkstatt, werkstätte, montagelinie, halle, raffinerie, molkerei, gießerei, sägewerk, stahlwerk, produktionsstandort",
    "place:energy":
      "talsperre, staudamm, staudämme, deponie, steinbruch, steinbrüche, windanlage, blockheizkraftwerk, gasstation, speicherkraftwerk, übergabestation, umspannwerk, kraftwerk, windpark, solarpark, ortsnetzstation, trafostation, schaltanlage, bohrinsel, bohrplattform, pumpstation, pumpwerk, biogasanlage, solaranlage, photovoltaikanlage, bohrloch, bohrlöcher, wasserkraftwerk, wasserwerk, klärwerk, kläranlage, heizwerk, netzstation, heizkraftwerk, mine, bergwerk, plattform, verdichterstation",
    "place:logistics":
      "lager, lagerhaus, lagerhäuser, depot, logistikzentrum, logistikzentren, verteilzentrum, verteilzentren, hochregallager, hafen, häfen, umschlagplatz, warenlager, speicherhaus, paketzentrum, paketzentren, kühlhaus, kühlhäuser",
    "place:transport":
      "bahnhof, bahnhöfe, flughafen, flughäfen, haltestelle, stellwerk, tunnel, mautstelle, bahnübergang, bahnübergänge, parkhaus, parkhäuser, kreuzung, station, mautbrücke, rastplatz, rastplätze",
    "place:telco":
      "funkmast, mobilfunkmast, mobilfunkstation, basisstation, sendemast, mobilfunkstandort, vermittlungsstelle, funkturm, funktürme, funkstandort, antennenstandort",
    "place:healthcare":
      "krankenhaus, krankenhäuser, klinik, arztpraxis, arztpraxen, praxis, praxen, labor, pflegeheim, rettungswache, operationssaal, zahnarztpraxis, zahnarztpraxen, klinikum, sanatorium",
    "place:agriculture":
      "bauernhof, bauernhöfe, hof, höfe, gewächshaus, gewächshäuser, stall, ställe, feld, feldern, landwirtschaftsbetrieb, weingut, weingüter, silo, plantage, milchviehbetrieb",
    "place:public":
      "schwimmbad, schwimmbäder, freizeitpark, skigebiet, theater, kirche, gericht, wahllokal, wahllokale, camp, stützpunkt, postamt, postämter, postfiliale, feuerwehr, freibad, schule, rathaus, rathäuser, bibliothek, behörde, amt, ämter, polizeiwache, feuerwache, gemeinde, stadt, städte, museum, museen, stadion, universität, hochschule, kaserne, büro, gefängnis, kindergarten, kindergärten, bürgeramt",
    "place:home": "haushalt, wohnung, privathaushalt, wohnhaus, wohnhäuser, haus, häuser",
    "place:-":
      "standort, außenstelle, stelle, edge-standort, betriebsstätte, gebäude, site, lokation, niederlassung, ort, einrichtung, außenstandort, anlage, objekt, liegenschaft, sitz",
    "thing:retail":
      "kasse, kassensystem, registrierkasse, selbstbedienungskasse, geldautomat, bankautomat, verkaufsautomat, getränkeautomat, snackautomat, warenautomat, kiosk, kioske, automat, kassenterminal, preisschild, waage, kaffeeautomat, kaffeemaschine, bestellterminal, zapfsäule",
    "thing:energy":
      "windrad, windräder, windkraftanlage, windturbine, turbine, stromzähler, zähler, smart meter, gaszähler, wasserzähler, ladesäule, ladepunkt, ladestation, wallbox, wallboxen, wechselrichter, pumpe, transformator, transformatoren, generator, batteriespeicher, wärmepumpe, stromspeicher",
    "thing:logistics":
      "lkw, lkws, lastwagen, laster, lieferwagen, gabelstapler, stapler, container, anhänger, sattelzug, sattelzüge, paketstation, packstation, paketautomat, fahrerlose transportsysteme, transporter, truck, zustellfahrzeug, sattelauflieger, auflieger, schließfach, schließfächer, kran, kräne",
    "thing:transport":
      "fregatte, u-boot, hubschrauber, yacht, müllwagen, schneepflug, müllfahrzeug, kleinbus, kleinbusse, boje, lastkahn, lastkähne, e-bike, s-bahn-zug, nutzfahrzeug, dienstwagen, bus, busse, bussen, linienbus, linienbusse, reisebus, reisebusse, zug, züge, zügen, schiff, fähre, straßenbahn, tram, auto, pkw, pkws, taxi, flugzeug, lok, loks, lokomotive, fahrzeug, boot, frachter, u-bahn, s-bahn, waggon, ampel, triebwagen, triebzug, triebzüge, kutter, fischkutter, bagger, baumaschine, roller, fahrrad, fahrräder, kreuzfahrtschiff",
    "thing:telco": "kleinzelle, funkzelle, repeater",
    "thing:manufacturing":
      "maschine, roboter, robotern, schweißroboter, cnc-maschine, fräsmaschine, drehmaschine, sps, presse, fertigungszelle, spritzgussmaschine, werkzeugmaschine, produktionsanlage, cobot, prüfstand, prüfstände, industrieroboter",
    "thing:healthcare": "krankenwagen, rettungswagen, rtw, mrt, ct-gerät, infusionspumpe",
    "thing:agriculture":
      "traktor, traktoren, mähdrescher, drohne, melkroboter, wetterstation, erntemaschine, schlepper, bewässerungsanlage",
    "thing:public":
      "aufzug, aufzüge, rolltreppe, schaltkasten, schaltkästen, schrank, schränke, tablet, tablets, drehkreuz, schranke, wahlmaschine, fahrstuhl, fahrstühle, mülleimer, verkehrsschild, kamera, kameras, überwachungskamera, verkehrskamera, bildschirm, anzeigetafel, display, straßenlaterne, laterne, parkautomat, fahrkartenautomat, sensor, sensoren, infotafel, werbetafel, streifenwagen, parkscheinautomat, stele, löschfahrzeug, blitzer, monitor, monitore, infodisplay",
    "thing:home": "set-top-box, smart-home-zentrale",
    node: "server, knoten, rechner, node, computer, pc, pcs, industrie-pc, industrierechner, maschinenrechner, edge-server, kubernetes-knoten, worker, host, hosts, board, boards, ipc, ipcs, vm, vms, minirechner, mini-pc, einplatinenrechner, minipc, industriepc",
    device:
      "gerät, geräte, gateway, gateways, box, boxen, stück, einheit, edge-gerät, iot-gateway, iot-gateways, edge-box, endgerät, appliance, steuergerät, davon, controller, feldgerät, kästchen, steuerung, terminal, terminals",
    person:
      "personal, fahrer, belegschaft, mannschaft, angestellte, mitarbeitende, mitarbeiter, mitarbeiterinnen, personen, leute, entwickler, kunden, nutzer, benutzer, anwender, techniker, beschäftigte, fahrgäste, admins, kollegen, ingenieure, schüler, patienten, studenten, einwohner",
    ignored:
      "pod, pods, dienst, dienste, anwendung, anwendungen, app, apps, container-images, namespace, version, euro, prozent, grad, jahr, jahre, jahren, sekunde, sekunden, mal, flotte, team, mandanten, modell, modelle, update, updates, release, ports, festplatten, wagen je zug, replikas, umgebung, umgebungen, schritt, option, meter, kilometer, quadratmeter, land, länder, ländern, nachrichten, workloads, microservices, möglichkeit, frage, problem, cent, images",
    than: "als",
    "nodesPerSite=1":
      "single node, einzelknoten, einzelserver, ein einzelner server, ein einzelner rechner, ein einziger server",
    core: "kern, kerne, kernen, cores, prozessorkerne, cpu-kerne, core",
    cluster: "cluster, clustern",
    regions: "region, regionen",
    "cpu=4": "quad-core, vierkern, vierkerner",
    "cpu=2": "dual-core, zweikern, doppelkern",
    "cpu=8": "octa-core, achtkern",
    everybody: "jeder, alle, jedermann, alle leute",
    often:
      "oft, manchmal, häufig, zeitweise, gelegentlich, öfter, öfters, immer wieder, stundenlang, stellenweise, ab und zu, hin und wieder, meistens",
    not: "kein, keine, keinen, keinem, keiner, keinerlei, nicht, nie, niemals, ohne, bloß nicht, auf keinen fall, weder, noch, nichts, außer, weg von, verzichten auf, bitte nicht, kommt nicht infrage, nicht mehr, nicht mit, nicht über, nicht auf",
    "not-after":
      "niemals, nie, auf keinen fall, bloß nicht, nicht, kommt nicht in frage, kommt nicht infrage, scheidet aus, ist raus, brauchen wir nicht, wollen wir nicht, nicht nötig, nicht erforderlich, nicht notwendig, nicht gewünscht, fällt aus, fällt weg, geht nicht, entfällt, nein danke, unnötig, überflüssig, nicht vorhanden, nicht erwünscht, verboten, ausgeschlossen, ist tabu, ist keine option, keine option, lieber nicht, eher nicht, bitte nicht, fehlt, fehlen, nicht erlaubt",
    instead:
      "statt, anstatt, anstelle von, anstelle, an stelle von, gegenüber, früher, bisher, bislang, vorher, weg von, abgelöst",
    rather:
      "lieber, besser, bevorzugt, stattdessen, sondern, bevorzugen, vorzugsweise, dafür, nehmen wir, wir nehmen, wollen, setzen auf, bitte",
    correction:
      "nein, quatsch, moment, korrektur, genauer gesagt, ich meine, ich meinte, besser gesagt, entschuldigung, sorry, vielmehr, halt, sondern, stimmt nicht, äh, ach nein, pardon, tippfehler, also doch, richtig ist, doch eher, verbesserung, doch lieber, falsch",
    per: "pro, je, jeweils, jede, jeder, jedes, jedem, jeden, in jeder, in jedem, an jedem, an jeder, in je, auf jedem, auf jeder, per, an jedem der, in jeder der, in jedem der, für jede, für jeden, jeweils mit, in jedes",
    with: "mit, hat, haben, verfügt über, bestehend aus, laufen, stehen, beherbergen, enthält, enthalten",
    and: "und, sowie, plus, &, +, dazu, außerdem, und noch, zusätzlich",
    or: "oder, beziehungsweise, vielleicht, eventuell, wahlweise",
    but: "aber, jedoch, allerdings, doch, während, wobei, obwohl, sondern",
    range: "bis, bis zu",
    between: "zwischen, von",
    vague:
      "ein paar, paar, einige, mehrere, etliche, viele, diverse, manche, eine handvoll, eine hand voll, einige wenige, zig",
    many: "hunderte, hunderten, tausende, tausenden, dutzende, dutzenden, zehntausende, zehntausenden, hunderttausende, aberhunderte, hunderte von, tausende von",
    neutral:
      "mehr als, weniger als, größer als, nicht nur, warum nicht, macht nichts, keine ahnung, weiß nicht, weiß ich nicht, nicht sicher, keine präferenz, kein problem, nicht mehr als, nicht weniger als, auf lager, am lager, stand heute, vor ort, am markt, auf dem markt, im betrieb, in betrieb, arbeitsspeicher, hauptspeicher, in der lage, im feld, lagert, in ordnung, außer betrieb",
    link: "*internet, *verbindung, *anbindung, *leitung, *empfang, netz, netzwerk, verbindung, leitung, anbindung, netzanbindung, internetanbindung, empfang, mobilfunk, netzabdeckung, abdeckung, signal, uplink, internet, internetverbindung, internetleitung, konnektivität, datenverbindung, netzverbindung, satellit, satellitenverbindung, anschluss, funkverbindung, wan-anbindung, bandbreite, mobilfunkabdeckung, mobilfunkempfang, mobilfunkverbindung, standleitung, funk, funkstrecke",
    mobile: "mobilfunk, satellit, satellitenverbindung, sim-karte, sim-karten, über satellit",
    good: "stabil, zuverlässig, gut, solide, verlässlich, schnell, ausgezeichnet, einwandfrei, dauerhaft, permanent, immer da, immer verfügbar, ständig verfügbar, störungsfrei, beständig, sehr gut, ordentlich, stark, top, redundant, durchgängig, tadellos",
    bad: "bricht, reißt, ruckelt, wackelig, abgebrochen, schlecht, schwach, unzuverlässig, instabil, wackelt, mies, wechselhaft, lückenhaft, löchrig, löcherig, mal da mal weg, bricht ab, bricht weg, fällt aus, reißt ab, weg, abbrüche, schwankt, schwankend, unbeständig, unterbrochen, unterbrechung*, aussetzer, mäßig, stottert, wegbricht, ausfällt, abreißt, abbricht, hakt, unterbrechen, bescheiden, kommt und geht, ausfälle",
    slow: "langsam, schmal, dünn, gering, knapp, teuer, begrenzt, schmalbandig, gedrosselt, niedrig, wenig, eng, limitiert, kaum",
    outage:
      "offline, ausfall, ausfälle, getrennt, ohne verbindung, ohne netz, ohne internet, ohne empfang, ohne anbindung, kein netz, keine verbindung, kein internet, kein empfang, abgeschnitten, nicht erreichbar, unerreichbar, netzausfall, verbindungsausfall, netzausfälle, autark, autonom, abgehängt, vom netz getrennt, unterbrechung, ohne kontakt, funkstille, überbrücken, durchhalten, ohne uplink, ohne signal, ohne mobilfunk, ohne leitung, ausfällt, verbindungslos, weg, unterbrochen, fällt bis zu, fallen bis zu, fällt für, fallen für, fällt mal, bricht bis zu",
    across:
      "über standorte, über alle standorte, standortübergreifend, über mehrere standorte, über alle filialen, über filialen, über alle werke, filialübergreifend, zwischen standorten, über das wan, übers wan, gestreckt, über werke hinweg, über standorte hinweg, werksübergreifend, über die standorte, zwischen den standorten, über alle standorte hinweg",
    central:
      "zentral, zentrales, zentralisiert, aus der zentrale, in der zentrale, in der firmenzentrale, von der zentrale aus, im rechenzentrum",
    encryption:
      "festplattenverschlüsselung, plattenverschlüsselung, datenträgerverschlüsselung, verschlüsselte festplatten, verschlüsselte platten, festplatten verschlüsseln, platte verschlüsseln, platten verschlüsseln, luks",
    "secure-boot": "secure boot, sicherer start, sicheres booten, secureboot",
    ram: "arbeitsspeicher, speicher, hauptspeicher, memory, ram-speicher",
    disk: "festplatte, festplatten, platte, plattenplatz, massenspeicher, flash-speicher, festspeicher, flashspeicher, speicherplatz, storage, platten, datenspeicher, datenträger",
    traffic:
      "datenvolumen, volumen, daten, datentarif, traffic, download, im monat, pro monat, videodaten, logs",
    minute: "minute, minuten, min",
    hour: "stunde, stunden, std, h",
    day: "tag, tage, tagen, tags",
    week: "woche, wochen",
    month: "monat, monate, monaten",
    unknown:
      "weiß nicht, weiss nicht, weiß ich nicht, keine ahnung, unbekannt, unklar, nicht sicher, unsicher, noch offen, noch nicht entschieden, kann ich nicht sagen, schwer zu sagen, weiß ich noch nicht, noch unklar, steht noch nicht fest, ?, unentschieden, kommt darauf an, je nachdem, wissen wir nicht, wissen wir noch nicht",
    whatever:
      "egal, ist egal, mir egal, ganz egal, beliebig, keine präferenz, automatisch, entscheide du, entscheiden sie, ihr entscheidet, auto, keine vorliebe, was auch immer, wurst, spielt keine rolle, such was aus, nach empfehlung, empfehlung",
    yes: "ja, jep, jawohl, klar, sicher, natürlich, genau, stimmt, selbstverständlich, unbedingt, richtig, auf jeden fall, gern, gerne, vorhanden, brauchen wir, muss sein, jo",
    no: "nein, nö, nee, ne, nicht nötig, brauchen wir nicht, keine, nicht, nicht vorhanden, kein, ohne, niemals, eher nicht, lieber nicht",
    "network=intermittent":
      "funkloch*, funklöcher, mal da mal weg, kommt und geht, immer wieder weg, wackelig, wacklig, wackelige, lückenhaft, unzuverlässiges netz, instabil, unzuverlässig, sporadisch, zeitweise offline, teilweise offline, manchmal offline, oft offline, ab und zu offline, gelegentlich offline, zeitweilig offline, vorübergehend offline, verbindungsabbrüche, verbindungsabbruch, netzausfälle, schwankendes netz, schwankender empfang, instabile verbindung, nicht immer online, nur zeitweise, nur im hafen, nur im depot, bricht ständig ab, bricht oft ab, bricht weg, mal netz mal keins, mal mit mal ohne netz, löchrige abdeckung, löchrig, schlechter empfang, schlechtes netz, meist offline, meistens offline, unterbrechungen, aussetzer, reißt ab, reißt immer wieder ab, offline für, tagelang offline, stundenlang offline, wochenlang offline, nicht durchgehend online, unstet, nicht stabil, nicht zuverlässig, flaky, wechselhaft, funkabbrüche, bricht gern ab, fällt gern aus, fällt öfter aus, fällt oft aus, fällt ab und zu aus, fällt manchmal aus, fällt gelegentlich aus, fällt hin und wieder aus, fällt immer wieder aus, fällt öfter mal aus, fällt häufig aus, fällt regelmäßig aus, bricht ab und zu ab, bricht manchmal ab, bricht öfter ab, immer mal weg, immer wieder aus, empfangslücken, abbrüche, tagelang ausfällt, stundenlang ausfällt, oft ausfällt, öfter ausfällt, manchmal ausfällt, immer wieder ausfällt, ab und zu ausfällt, fällt tagelang aus, fällt stundenlang aus, netz mit lücken, lte mit lücken, 4g mit lücken, empfang mit lücken, verbindung mit lücken, mal so mal so, ohne empfang, kein durchgehendes netz, bis zu offline",
    "network=low-bandwidth":
      "schmalbandig, schmale leitung, langsame leitung, geringe bandbreite, wenig bandbreite, niedrige bandbreite, dünne leitung, begrenztes datenvolumen, teures datenvolumen, langsame verbindung, knappe bandbreite, kleine leitung, volumentarif, langsames dsl, schmalband, langsames internet, bandbreite ist knapp, datenvolumen begrenzt, datenvolumen ist teuer, getaktet",
    "network=air-gapped":
      "ohne netzanbindung, ohne netz, ohne internet, kein internet, keine internetverbindung, ohne internetverbindung, ohne internetzugang, kein netz, keine netzanbindung, komplett offline, völlig offline, dauerhaft offline, vollständig offline, immer offline, ganz offline, abgeschottet, vom internet getrennt, vom netz getrennt, isoliert, isoliertes netz, isolierte netze, luftspalt, autarkes netz, nie online, kein internetzugang, keine verbindung nach außen, ohne verbindung nach außen, abgekoppelt, usb-stick, ohne anbindung, keine anbindung, geschlossenes netz, inselnetz, ohne außenanbindung, ohne konnektivität, per usb, air-gapped, kein zugang zum internet, vom internet abgeschnitten, keinerlei netz, nicht am internet, keine außenverbindung, nicht mit dem internet verbunden",
    "network=stable":
      "immer online, stets online, ständig online, stabiles netz, stabile leitung, dauerhaft online, durchgehend online, kabelgebunden, verkabelt, festes netz, rund um die uhr online",
    "~network=stable":
      "glasfaser, standleitung, glasfaseranschluss, festnetz, kabelanschluss, lwl, lan-kabel, glasfaseranbindung, glasfaserleitung, feste leitung",
    "exposure=exposed":
      "öffentlich zugänglich, jeder kann, jeder kommt ran, jeder kommt dran, öffentlich, öffentlicher raum, im öffentlichen raum, auf der straße, straßenrand, am straßenrand, geklaut, gestohlen, diebstahl, diebe, vandalismus, unbeaufsichtigt, unbewacht, frei zugänglich, für jeden zugänglich, für jedermann zugänglich, im freien, im außenbereich, draußen, fremde, passanten, manipulation, manipulationen, ungeschützt, fahrer kommen ran, fahrer kommen dran, fahrer kommen an, fahrer können ran, kunden kommen dran, kunden kommen an, werden gestohlen, jedermann, allgemein zugänglich, öffentliche plätze, an öffentlichen orten, aufbrechen, aufgebrochen, exponiert, fremdzugriff, ungesichert, zugänglich für jeden, für alle zugänglich, offen zugänglich, klauen, an der straße, offen herum, entwendet, kunden kommen ran, kann jeder",
    "exposure=staff":
      "nur personal, nur mitarbeiter, nur für personal, nur für mitarbeiter, nur eigenes personal, hinter der theke, hinterm tresen, im büro, nur fachpersonal, personalbereich, nur angestellte, backoffice, hinter der kasse, nur beschäftigte, mitarbeiterbereich, personalraum, nur befugte, nur techniker, nur unsere leute, nur die mannschaft, nur crew, im hinterzimmer, nur unser personal, zugang nur für personal, nur die belegschaft, unter der theke, nur belegschaft",
    "exposure=locked":
      "abgeschlossen, abgeschlossener serverschrank, verschlossen, verschlossener raum, abgesperrt, serverraum, serverräume, serverschrank, rechenzentrum, abschließbar, verschließbar, gesicherter raum, zutrittskontrolle, abgeschlossener raum, abgeschlossener schrank, im schaltschrank verschlossen, zugangskontrolliert, hinter schloss und riegel, eingezäunt, unter verschluss, bewacht, zugesperrt, gesicherter schrank, zutrittsgesichert, technikraum, versperrt, alarmgesichert, zutritt nur mit karte, zugangskontrolle",
    "highAvailability=true":
      "hochverfügbar, hochverfügbarkeit, ausfallsicher, ausfallsicherheit, redundant, redundanz, hochverfügbare, kein single point of failure, darf nicht ausfallen, ausfallsichere, fehlertolerant, muss einen ausfall überleben, knotenausfall verkraften, ausfall eines knotens, ausfall eines servers, darf nie ausfallen, darf niemals ausfallen, ohne ausfallzeit, ausfalltolerant, failover, ein knoten darf ausfallen, ein server darf ausfallen, ausfall verkraften, serverausfall, knotenausfall, steuerebene darf nicht ausfallen",
    "regulated=true":
      "reguliert, regulierte branche, reguliertes umfeld, regulatorisch, compliance, kritische infrastruktur, auditpflichtig, prüfpflichtig, zertifizierungspflichtig, medizinprodukt, auflagen, aufsichtsbehörde, revisionssicher, geprüft, zulassungspflichtig, streng reguliert, gesetzliche auflagen, kritis-betreiber, audit, audits, bsi-konform, kritis",
    "wasm=any": "wasm-module, wasm module, webassembly-module, wasm-workloads, wasm-anwendung",
    "accelerator=gpu": "grafikkarte, grafikprozessor, gpu-beschleuniger, nvidia, nvidia-karte, grafikchip",
    "accelerator=npu": "ki-beschleuniger, ki-chip, neuronaler beschleuniger",
    "bmc=true":
      "fernwartungscontroller, fernwartungsboard, fernverwaltungsmodul, managementcontroller, out-of-band-management",
    "tpm=true": "tpm-chip, sicherheitschip",
    "storage=ssd": "ssd-platte, ssd-speicher",
    "storage=sd": "sd-karte, speicherkarte, sdkarte, microsd-karte",
    "storage=emmc": "emmc-speicher, fest verlöteter flash",
    "industry=retail":
      "einzelhandel, handel, handelskette, supermarktkette, einzelhändler, gastronomie, lebensmittelhandel, bäckereikette, händler, drogeriekette, gastro, hotelkette, modekette",
    "industry=manufacturing":
      "fertigung, produktion, industrie, hersteller, maschinenbau, automobilzulieferer, autobauer, maschinenbauer, fertigungsindustrie",
    "industry=energy":
      "energie, energieversorger, stadtwerke, netzbetreiber, stromnetz, versorger, energiewirtschaft, stromversorger, bergbau",
    "industry=logistics":
      "logistik, spedition, logistiker, paketdienst, fuhrpark, lieferdienst, transportunternehmen",
    "industry=transport":
      "verkehrsbetriebe, bahn, nahverkehr, öpnv, reederei, verkehrsunternehmen, fluggesellschaft, busunternehmen, schifffahrt, bahnbetreiber",
    "industry=telco": "telekommunikation, mobilfunkbetreiber, mobilfunkanbieter, telko, netzanbieter",
    "industry=healthcare": "gesundheitswesen, medizintechnik, klinikverbund, klinikkette, medizin",
    "industry=agriculture": "landwirtschaft, agrar, agrarbetrieb, smart farming, landwirt, bauer",
    "industry=public":
      "öffentlicher sektor, öffentliche hand, verwaltung, kommune, kommunen, stadtverwaltung, bundeswehr, polizei, öffentlicher dienst, militär, smart city",
    "industry=home":
      "zuhause, zu hause, daheim, homelab, heimlabor, hobby, zum spielen, zum basteln, smart home, heimnetz",
    "wishes=etcd-across-sites":
      "etcd über standorte, etcd über alle standorte, standortübergreifendes etcd, ein cluster über alle standorte, ein großer cluster, ein einziger cluster, gestreckter cluster, stretch-cluster, ein großes cluster, ein einziges cluster, standortübergreifender cluster, einen cluster über alle",
    "wishes=argocd-hub":
      "zentrales argo, zentrales argo cd, zentrales argocd, ein argo cd für alle, ein argo cd für alles, argo cd zentral, argocd zentral, argo cd in der zentrale, argo-cd-hub, ein zentrales argo cd, zentraler argo cd, argo zentral",
    "wishes=latest-tags":
      "latest-tag, latest-tags, immer das neueste image, immer die neuesten images, latest images, tag latest, neueste images, immer das aktuellste image, latest",
    "wishes=inbound-api":
      "eingehend, eingehende verbindungen, eingehende ports, offene ports, webhook, webhooks, portfreigabe, portweiterleitung, api von außen, zugriff von außen, kubectl von außen, api nach außen, von außen erreichbar, öffentliche ip, portfreigaben, öffentliche api, kubectl aus der zentrale",
    "wishes=push":
      "push, per push, push-deployment, push-deployments, per ssh ausrollen, ansible-push, push aus der ci, aus der ci pushen, push-verfahren, pushen, push-prinzip, per ssh verteilen, per ansible ausrollen, per ssh deployen, kubectl apply aus der pipeline",
    "wishes=service-mesh": "service-mesh, dienstegeflecht",
    "wishes=external-database":
      "externe datenbank, externe postgres, externe postgresql, externe mysql, postgres als datenspeicher, externe db, externer datenspeicher",
    "wishes=ha-on-sqlite":
      "hochverfügbar mit sqlite, ha mit sqlite, hochverfügbarkeit mit sqlite, hochverfügbares sqlite, ha auf sqlite, hochverfügbar auf sqlite",
    "wishes=secure-boot-by-k3s":
      "secure boot durch k3s, secure boot mit k3s, secure boot von k3s, secure boot über k3s, k3s secure boot, k3s mit secure boot",
    "wishes=disk-encryption-by-k3s":
      "festplattenverschlüsselung durch k3s, festplattenverschlüsselung mit k3s, k3s soll die platten verschlüsseln, k3s verschlüsselt, plattenverschlüsselung durch k3s, k3s soll die platte verschlüsseln, k3s soll die festplatte verschlüsseln, verschlüsselung durch k3s",
    "edition=basic":
      "schnell, kurz, kurze empfehlung, schnelle version, schneller plan, basic, basis, schnellversion, kurzversion, kurzfassung, basic-edition, basis-version, schnelle variante, kurzer plan, auf die schnelle, schnellplan, schnellen plan, schnelle planung, grober plan",
    "edition=pro":
      "pro-edition, pro-version, ausführlich, ausführlicher plan, detaillierter plan, pro-plan, ausführliche version, voller plan",
    "region:EU": "europa, eu",
    "region:US": "usa, nordamerika, amerika, vereinigte staaten",
    "region:APAC": "asien, asien-pazifik, südostasien",
    "region:LATAM": "lateinamerika, südamerika",
    "region:country":
      "deutschland, frankreich, spanien, italien, polen, china, japan, indien, brasilien, mexiko, kanada, australien, afrika, naher osten, österreich, schweiz, niederlande, großbritannien, england, schweden, norwegen, tschechien, dänemark, skandinavien, belgien",
  },
};
