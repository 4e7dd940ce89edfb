import type { Lexicon } from "../lexicon.ts";

/** Spanish: everything the reader needs to know about the language. */
export const es: Lexicon = {
  language: "es",
  telling:
    "hola, qué, por, buenas, gracias, el, la, los, las, de, del, con, y, en, un, una, por, para, cada, que, no, sin, se, es, son, hay, tenemos, queremos, nuestra, nuestras, nuestros, mejor, pero, como, más, muy, cada, desde, entre, sobre, está, están, al, lo, su, sus, usar, uso, tiendas, plantas, camiones, nodos, memoria, servidores, red, conexión, cobertura, mil, millones, también, sí, tienen, tiene, dos, tres, cien, quiero, quizá, prefiero, prefiero, equipos, sitios, sedes, buena, todo, todos, unos, unas, aproximadamente, cualquier, nada, ni, o, dispositivos, enlace, alta, módulos, contadores",
  endings: [
    ["s", ""],
    ["es", ""],
    ["a", "o"],
    ["as", "o"],
    ["os", "o"],
    ["ces", "z"],
  ],
  compounds: false,
  headLast: false,
  units: {
    cero: 0,
    un: 1,
    uno: 1,
    una: 1,
    dos: 2,
    tres: 3,
    cuatro: 4,
    cinco: 5,
    seis: 6,
    siete: 7,
    ocho: 8,
    nueve: 9,
    diez: 10,
    once: 11,
    doce: 12,
    trece: 13,
    catorce: 14,
    quince: 15,
    dieciséis: 16,
    diecisiete: 17,
    dieciocho: 18,
    diecinueve: 19,
    veinte: 20,
    veintiuno: 21,
    veintiún: 21,
    veintiuna: 21,
    veintidós: 22,
    veintitrés: 23,
    veinticuatro: 24,
    veinticinco: 25,
    veintiséis: 26,
    veintisiete: 27,
    veintiocho: 28,
    veintinueve: 29,
    treinta: 30,
    cuarenta: 40,
    cincuenta: 50,
    sesenta: 60,
    setenta: 70,
    ochenta: 80,
    noventa: 90,
    cien: 100,
    ciento: 100,
    doscientos: 200,
    doscientas: 200,
    trescientos: 300,
    trescientas: 300,
    cuatrocientos: 400,
    cuatrocientas: 400,
    quinientos: 500,
    quinientas: 500,
    seiscientos: 600,
    seiscientas: 600,
    setecientos: 700,
    setecientas: 700,
    ochocientos: 800,
    ochocientas: 800,
    novecientos: 900,
    novecientas: 900,
    medio: 0.5,
    media: 0.5,
  },
  multipliers: {
    docena: 12,
    docenas: 12,
    centenar: 100,
    mil: 1_000,
    millar: 1_000,
    millares: 1_000,
    millón: 1_000_000,
    millones: 1_000_000,
    mill: 1_000_000,
  },
  joins: "y",
  articles: "un, una, uno",
  tags: {
    "place:retail":
      "gimnasio, lavandería, casino, concesionario, librería, carnicería, pizzería, taberna, óptica, bazar, estanco, salón, mercado, mercería, frutería, tienda, supermercado, comercio, local, farmacia, panadería, gasolinera, estación de servicio, restaurante, cafetería, hotel, centro comercial, centros comerciales, hipermercado, sucursal bancaria, oficina bancaria, sucursal, almacén minorista, punto de venta, puntos de venta, bar, cine, franquicia, boutique, ferretería, perfumería, peluquería",
    "place:manufacturing":
      "planta, fábrica, línea de producción, planta de producción, nave industrial, taller, línea de montaje, cervecería, refinería, bodega, nave, factoría, planta industrial, acería",
    "place:energy":
      "presa, embalse, vertedero, cantera, central nuclear, central, planta de gas, central térmica, oleoducto, estación eléctrica, subestación, subestaciones, parque eólico, parque solar, central eléctrica, centrales eléctricas, pozo, plataforma petrolífera, plataforma petrolera, estación de bombeo, estaciones de bombeo, huerto solar, depuradora, central hidroeléctrica, centro de transformación, centros de transformación, mina, plataforma, pozo petrolero, estación de compresión, planta solar, planta eólica, potabilizadora",
    "place:logistics":
      "almacén, almacenes, centro logístico, centro de distribución, centros de distribución, depósito, puerto, terminal, cámara frigorífica, centro de reparto",
    "place:transport":
      "estación, estaciones, estación de tren, aeropuerto, túnel, peaje, paso a nivel, parada, aparcamiento, cruce, estación de metro, estacionamiento, intersección, intersecciones, parking",
    "place:telco":
      "torre, antena, estación base, estaciones base, emplazamiento, torre de telefonía, central telefónica, radiobase, celda",
    "place:healthcare":
      "hospital, hospitales, clínica, consultorio, centro de salud, laboratorio, residencia, ambulatorio, centro médico, quirófano, consulta, clínica dental",
    "place:agriculture":
      "granja, finca, invernadero, explotación, explotaciones, campo, viñedo, establo, hacienda, explotación agrícola, cortijo, estancia, piscifactoría, silo, huerta, rancho, parcela",
    "place:public":
      "piscina, teatro, iglesia, base militar, cuartel, cuarteles, parque, estación de esquí, parque de atracciones, correos, tribunal, tribunales, centro cívico, centros cívicos, aserradero, escuela, colegio, biblioteca, ayuntamiento, universidad, universidades, comisaría, museo, instituto, oficina, juzgado, edificio público, municipio, estadio, parque de bomberos, cárcel, ciudad, ciudades, aula, campus, oficina de correos",
    "place:home": "casa, hogar, hogares, vivienda, piso, domicilio",
    "place:-":
      "sitio, sede, ubicación, ubicaciones, emplazamiento, localización, localizaciones, delegación, delegaciones, edificio, centro, instalación, instalaciones, lugar, punto, site, sucursal, recinto",
    "thing:retail":
      "caja, caja registradora, cajero, cajero automático, cajeros automáticos, tpv, tpvs, máquina expendedora, máquina de vending, quiosco, kiosco, quiosko, autocaja, terminal de pago, datáfono, surtidor, báscula, máquina de café, expendedora, tótem, terminal punto de venta",
    "thing:energy":
      "turbina, aerogenerador, aerogeneradores, contador, contadores, medidor, contador inteligente, contador eléctrico, punto de carga, puntos de carga, punto de recarga, puntos de recarga, cargador, cargadores, inversor, inversores, bomba, transformador, transformadores, molino, electrolinera, estación de carga, estaciones de carga, medidor inteligente, poste de carga, generador, batería, turbina eólica",
    "thing:logistics":
      "camión, camiones, furgoneta, camión de reparto, camiones de reparto, carretilla, contenedor, contenedores, remolque, taquilla, carretilla elevadora, montacargas, vehículo de reparto, grúa, tráiler, furgón, furgones, moto de reparto",
    "thing:transport":
      "fragata, submarino, helicóptero, yate, barcaza, camión de basura, minibús, boya, trolebús, metrobús, velero, remolcador, remolcadores, ómnibus, carro, patrulla, autobús, autobuses, bus, tren, trenes, tranvía, barco, buque, ferry, ferri, coche, avión, aviones, vehículo, taxi, locomotora, embarcación, embarcaciones, navío, vagón, vagones, semáforo, auto, pesquero, crucero, lancha, bicicleta, autocar, autocares, carguero, helicóptero, excavadora, colectivo, micro, barco pesquero, moto, patinete",
    "thing:telco": "repetidor, repetidores, celda pequeña",
    "thing:manufacturing":
      "máquina, robot, robots, máquina herramienta, prensa, plc, autómata, celda de producción, brazo robótico, torno, fresadora, máquina cnc, robot de soldadura, cobot, telar",
    "thing:healthcare": "ambulancia, escáner, bomba de infusión, monitor de paciente",
    "thing:agriculture":
      "tractor, tractores, cosechadora, dron, drones, estación meteorológica, estaciones meteorológicas, controlador de riego, ordeñadora, sembradora",
    "thing:public":
      "ascensor, ascensores, escalera mecánica, armario, gabinete, tableta, torniquete, barrera, boya, papelera, urna electrónica, señal de tráfico, baliza, cámara, cámara de tráfico, pantalla, farola, sensor, sensores, parquímetro, panel informativo, cámara de vigilancia, paneles, panel, expendedor de billetes, marquesina, radar, patrullero, valla publicitaria, coche patrulla",
    "thing:home": "decodificador, decodificadores",
    node: "servidor, servidores, nodo, ordenador, ordenadores, computadora, pc, equipo industrial, pc industrial, máquina virtual, host, miniordenador, node, mini pc, servidor edge, computador, computadores, placa, minipc, mini ordenador, computadora industrial",
    device:
      "dispositivo, gateway, gateways, pasarela, equipo, caja edge, unidad, unidades, aparato, box, cajita, controlador, controladores, de ellos, de ellas, pieza, terminal remoto, dispositivo edge, puerta de enlace, concentrador, concentradores, equipo edge",
    person:
      "personal, conductor, conductores, tripulación, empleado, persona, usuario, ingeniero, cliente, desarrollador, desarrolladores, técnico, trabajador, trabajadores, pasajero, operario, compañero, alumno, paciente, estudiante, habitante",
    ignored:
      "pod, contenedor docker, servicio, aplicación, aplicaciones, app, versión, versiones, euro, dólar, por ciento, porcentaje, grado, año, segundo, vez, veces, flota, equipo de, modelo, actualización, actualizaciones, paso, disco, réplica, entorno, opción, opciones, imagen, imágenes, metro, kilómetro, país, países, mensaje, microservicio, workload, cosa, pregunta, manera, solución, sistema",
    than: "que, a",
    "nodesPerSite=1":
      "un solo nodo, nodo único, un único nodo, un solo servidor, un único servidor, nodo simple",
    core: "núcleo, core, cores",
    cluster: "clúster, cluster, clústeres, clusters",
    regions: "región, regiones",
    "cpu=4": "quad-core, cuatro núcleos",
    "cpu=2": "dual-core, doble núcleo",
    "cpu=8": "octa-core",
    everybody: "cualquiera, todos, todo el mundo",
    often:
      "a veces, muchas veces, a menudo, frecuentemente, con frecuencia, por momentos, de vez en cuando, a ratos, en ocasiones, la mitad del tiempo, muy a menudo",
    not: "cualquiera menos, todo menos, todos menos, menos, no, sin, ni, nunca, jamás, nada de, tampoco, no queremos, no quiero, no usar, evitar, salvo, excepto, no con, no es, no son, no está, no hay, no tenemos, no tienen, no tiene, en absoluto, descartar, descartamos, descartado, ningún, ninguna, fuera",
    "not-after":
      "jamás, nunca, ni loco, de ninguna manera, no, no es necesario, no hace falta, no es una opción, descartado, no se necesita, no nos sirve, no sirve, no queremos, no lo queremos, no nos gusta, queda descartado, ni hablar, no se requiere, no lo necesitamos, innecesario, no está permitido, prohibido, no gracias, no es opción, no disponible, no está disponible, no vale, no nos hace falta",
    instead:
      "en vez de, en lugar de, antes que, frente a, reemplazar, sustituir, sustituyendo a, reemplazando, migrar de, migramos desde, venimos de, dejamos, dejar",
    rather:
      "mejor, prefiero, preferimos, preferiblemente, en cambio, sino, usar, usaremos, usamos, quiero, queremos, más bien, vamos con, con",
    correction:
      "perdón, mejor dicho, quiero decir, digo, corrección, no espera, espera, en realidad, corrijo, rectifico, quise decir, error, disculpa, perdona, me equivoqué, más bien, bueno no, ahora que lo pienso, pongamos, que sean, sino",
    per: "por, cada, en cada, por cada, cada uno, cada una, en cada uno, en cada una, a cada, para cada, en cada uno de, en cada una de, dentro de cada, cada uno de, cada una de",
    with: "con, tiene, tienen, de, disponen de, cuenta con, cuentan con, llevan, lleva, equipado con",
    and: "y, e, más, además de, &, +, junto con, y además, y otro, así como",
    or: "o, u, quizá, quizás, tal vez, o bien",
    but: "pero, aunque, sin embargo, sino, mientras que, mientras, excepto que, aun así",
    range: "a, hasta",
    between: "entre, de, desde",
    vague:
      "un par de, par de, unos pocos, unas pocas, varios, varias, algunos, algunas, unos cuantos, unas cuantas, muchos, muchas, un puñado de, diversos, bastantes, pocos",
    many: "cientos de, cientos, miles de, miles, centenares de, centenares, decenas de, decenas, decenas de miles de, millares de, cientos de miles de",
    neutral:
      "menos de, más de, más que, no menos de, al menos, por lo menos, más o menos, no solo, no sólo, por qué no, no importa, no sé, no pasa nada, no hay problema, no más de, no menos de, nada especial, punto de vista, en el campo, sin problema, sin duda, por favor, por supuesto, al menos, de momento, en casa de, por lo menos, en caso de, de vez en cuando, de cara al público, a prueba, por ahora, a veces, en punto",
    link: "red, enlace, conexión, conexiones, cobertura, señal, conectividad, línea, internet, ancho de banda, cobertura móvil, conexión a internet, red móvil, satélite, enlace satelital, datos móviles, acceso a internet, banda ancha, enlace por satélite, telefonía móvil, comunicación, comunicaciones, conexión móvil, internet móvil, wifi",
    mobile: "red móvil, datos móviles, satélite, enlace satelital, celular, enlace por satélite, tarjeta sim",
    good: "estable, bueno, fiable, confiable, sólido, excelente, permanente, rápido, siempre activo, siempre disponible, continuo, constante, robusto, de calidad, sin cortes, perfecto, garantizado, siempre disponible, buen, redundante, dedicado, firme",
    bad: "malisim*, pésimo, malo, mala, mal, débil, inestable, irregular, variable, poco fiable, pobre, se cae, se corta, se pierde, intermitente, cortes, caídas, falla, fallos, va y viene, se interrumpe, desaparece, regular, a ratos, cortado, se caen, poco confiable, deficiente, fluctuante, microcortes, fallar, se va, perder, se nos cae",
    slow: "lentisim*, muy lento, lento, lenta, estrecho, limitado, escaso, reducido, caro, poco, bajo, medido, pequeño, mínimo, justo, tarifado",
    outage:
      "sin conexión, sin red, sin internet, desconectado, fuera de línea, offline, sin cobertura, sin enlace, caída, corte, aislado, interrupción, interrupciones, sin señal, incomunicado, sin conectividad, desconexión, desconexiones, autónomo, autónomamente, sin línea, apagón, sin comunicación, caídas, cortes, se quedan sin, sin contacto, desconectar, sobrevivir, aguantar, sin acceso",
    across:
      "entre sedes, entre sitios, entre tiendas, entre plantas, en todas las sedes, a través de sitios, a través de sedes, multisitio, multi sitio, entre todas las sedes, repartido, estirado, a través de la wan, entre ubicaciones, entre todas las tiendas, extendido, entre regiones, sobre la wan, entre centros, por todas las sedes, a través de las sedes, entre todas las plantas, entre localizaciones",
    central:
      "central, centralizado, único, desde la sede central, desde la central, en la central, en la sede central",
    encryption:
      "cifrado de disco, cifrado de discos, cifrar el disco, cifrar los discos, discos cifrados, encriptación de disco, disco cifrado, cifrado del disco, encriptar el disco, encriptar los discos, luks",
    "secure-boot": "arranque seguro, secure boot, arranque verificado",
    ram: "memoria, memoria ram, de memoria, de ram, memoria principal",
    disk: "disco, disco duro, almacenamiento, de disco, discos, de almacenamiento, memoria flash, unidad de estado sólido, disco sólido, flash",
    traffic: "datos, tráfico, al mes, tarifa de datos, de datos, mensuales, por mes, descarga, vídeo, video",
    minute: "minuto",
    hour: "hora, h",
    day: "día",
    week: "semana",
    month: "mes, meses",
    unknown:
      "no sé, no lo sé, no lo sabemos, no sabemos, ni idea, no estoy seguro, no estoy segura, desconocido, no tengo idea, sin decidir, por decidir, por definir, aún no lo sé, todavía no lo sé, difícil de decir, ?, depende, ya veremos, no se sabe, no está claro, no se, no lo se, quién sabe",
    whatever:
      "da igual, me da igual, cualquiera, lo que sea, como quieras, indiferente, automático, sin preferencia, decide tú, lo que recomiendes, auto, nos da igual, es indiferente, el que sea, no importa, lo que recomienden, usted decide, decida usted, elija usted, tú eliges, recomiéndame",
    yes: "sí, si, claro, por supuesto, afirmativo, correcto, desde luego, exacto, obligatorio, necesario, verdadero, vale, imprescindible, sin duda, efectivamente, cierto, así es, dale, ok",
    no: "no, nunca, ninguno, ninguna, no hace falta, nada, sin, para nada, en absoluto, negativo, tampoco, falso, jamás, no gracias, no es necesario",
    "network=intermittent":
      "cobertura irregular, cobertura móvil irregular, va y viene, a ratos, intermitente, inestable, se corta, se cae, conexión irregular, zonas sin cobertura, zonas muertas, zonas de sombra, a veces sin conexión, sin conexión a veces, cobertura desigual, mala cobertura, cortes frecuentes, poco fiable, señal irregular, no siempre conectado, conexión a ratos, cobertura parcial, se pierde la señal, pierde la señal, pierden la señal, pierden cobertura, pierde cobertura, pierden la conexión, pierde la conexión, caídas frecuentes, sin cobertura a ratos, microcortes, sólo en puerto, solo en puerto, no siempre hay conexión, no siempre hay cobertura, no siempre hay señal, sin cobertura, fuera de línea durante, desconectado durante, desconectados durante, sin conexión durante, offline durante, temporalmente sin conexión, temporalmente desconectado, mala señal, se desconecta, se desconectan, se quedan sin red, se quedan sin conexión, se quedan sin cobertura, se queda sin conexión, conexión ocasional, se conectan una vez, se conecta una vez, cobertura a trozos, esporádico, huecos de cobertura, poco confiable, sin conexión hasta, conectividad irregular, se quedan sin internet, queda sin internet, se queda sin red, quedarse sin, offline hasta, quedan offline, quedan desconectados, 4g con cortes, lte con cortes, red con cortes, enlace con cortes, conexión con cortes, con cortes de red, 4g con huecos",
    "network=low-bandwidth":
      "poco ancho de banda, ancho de banda limitado, ancho de banda reducido, bajo ancho de banda, ancho de banda bajo, ancho de banda escaso, conexión lenta, línea lenta, enlace lento, red lenta, enlace estrecho, datos limitados, de datos limitados, con datos limitados, tarifa por datos, adsl lento, internet lento, datos caros, escaso ancho de banda, ancho de banda muy bajo, conexión de baja velocidad, banda estrecha, pago por mega",
    "network=air-gapped":
      "aislado de la red, aislado, sin internet, sin conexión, sin red, sin acceso a internet, sin conexión a internet, totalmente aislado, fuera de línea, totalmente desconectado, sin salida a internet, red cerrada, red aislada, nunca conectado, desconectado de internet, sin conexión exterior, completamente aislado, completamente desconectado, sin conectividad, desconectado, sin conexión con el exterior, sin enlace exterior, no hay internet, no tienen internet, no tiene internet, por usb, memoria usb, siempre offline, totalmente offline, completamente offline, permanentemente desconectado, sin contacto con internet, no hay red, sin salida al exterior, sin acceso exterior, no conectado a internet, nunca tienen conexión, aislado de internet, cero conectividad",
    "network=stable":
      "siempre conectado, red estable, conexión permanente, siempre en línea, cableado, siempre online, conexión estable",
    "~network=stable":
      "fibra, fibra óptica, línea dedicada, red cableada, cable, línea fija, enlace dedicado",
    "exposure=exposed":
      "lugar público, lugares públicos, vía pública, vía pública, acceso público, cualquiera puede, al alcance de cualquiera, robo, robos, roban, robado, los roban, vandalismo, sin vigilancia, en la calle, a la intemperie, desatendido, expuesto, abierto al público, al aire libre, manipulación, desprotegido, extraño, desconocido, ladrón, ladrones, accesible a cualquiera, accesible al público, espacio público, carretera, al alcance del público, todo el mundo puede, se los roban, sin protección, en plena calle, cualquier persona, cualquier transeúnte, transeúntes, forzar, manipular, zona pública, zonas públicas, accesible para cualquiera, robar, hurto, sustraer, público en general, los conductores tienen acceso, conductores pueden abrir, los clientes tienen acceso, junto a la carretera, a la vista de todos",
    "exposure=staff":
      "solo personal, sólo personal, solo empleados, sólo empleados, solo el personal, sólo el personal, personal autorizado, tras el mostrador, detrás del mostrador, en la oficina, zona de personal, solo los empleados, trastienda, sólo los empleados, únicamente el personal, únicamente personal, acceso del personal, área de personal, solo la tripulación, solo técnicos, sala de empleados, solo nuestros técnicos, solo trabajadores, bajo el mostrador, solo nuestro personal",
    "exposure=locked":
      "cerrado con llave, bajo llave, sala cerrada, sala de servidores, cuarto cerrado, armario cerrado, rack cerrado, centro de datos, acceso controlado, armario con llave, con llave, control de acceso, sala técnica, sala segura, recinto cerrado, rack con llave, cuarto de servidores, candado, vigilado, cpd, bajo candado, armario blindado, acceso restringido, sala restringida, caja fuerte, cerradura, puerta blindada, vallado, gabinete cerrado, gabinete con llave",
    "highAvailability=true":
      "alta disponibilidad, altamente disponible, redundancia, redundante, tolerante a fallos, tolerancia a fallos, sin punto único de fallo, no puede caerse, no se puede perder el plano de control, no podemos perder el plano de control, debe sobrevivir, sobrevivir a la caída de un nodo, no puede parar, failover, sin tiempo de inactividad, no puede fallar, no se puede caer, soportar la caída de un nodo, caída de un nodo, tolerar la pérdida de un nodo, no puede haber caídas, fallo de un nodo, conmutación por error, nunca debe caer",
    "regulated=true":
      "regulado, normativa, regulación, cumplimiento normativo, auditoría, auditorías, infraestructura crítica, infraestructuras críticas, producto sanitario, auditado, sector regulado, cumplimiento, certificación obligatoria, regulador, entorno validado, entorno regulado",
    "wasm=any": "módulo wasm, módulo webassembly, wasm, webassembly",
    "accelerator=gpu": "tarjeta gráfica, gráfica, gpu, nvidia, aceleradora gráfica, tarjeta de vídeo",
    "accelerator=npu": "acelerador de ia, acelerador neuronal, unidad neuronal",
    "accelerator=none": "sin acelerador, sin aceleradores",
    "bmc=true":
      "gestión fuera de banda, controlador de gestión remota, administración remota por hardware, gestión remota por hardware",
    "tpm=true": "chip tpm, módulo tpm, chip de seguridad",
    "storage=ssd": "disco sólido, disco de estado sólido, unidad de estado sólido, disco ssd",
    "storage=sd": "tarjeta sd, tarjeta de memoria, tarjeta microsd, microsd",
    "storage=emmc": "memoria emmc, flash soldada",
    "industry=retail":
      "minorista, comercio minorista, cadena de tiendas, cadena de supermercados, hostelería, retail, cadena de farmacias, distribución minorista, cadena hotelera, cadena de restaurantes",
    "industry=manufacturing":
      "manufactura, fabricación, industria, fabricante, industrial, automoción, industria 4.0",
    "industry=energy":
      "energía, eléctrica, petrolera, compañía eléctrica, distribuidora eléctrica, servicios públicos, minería, renovables, energética",
    "industry=logistics":
      "logística, transportista, paquetería, mensajería, reparto, empresa de reparto, operador logístico",
    "industry=transport":
      "transporte público, ferrocarril, ferrocarriles, naviera, aerolínea, metro, transporte, operador ferroviario",
    "industry=telco": "telecomunicaciones, operadora, operador móvil, telefonía, teleco",
    "industry=healthcare": "sanidad, salud, sanitario, hospitalario, sector salud",
    "industry=agriculture": "agricultura, agrícola, ganadería, agro, agricultor",
    "industry=public":
      "sector público, administración pública, gobierno, ejército, policía, ciudad inteligente, defensa",
    "industry=home":
      "en casa, mi casa, doméstico, domótica, por afición, laboratorio casero, para jugar, homelab, para trastear",
    "wishes=etcd-across-sites":
      "etcd entre sedes, etcd entre sitios, un solo clúster para todo, un único clúster, un clúster único, un solo clúster, etcd multisitio, clúster extendido, clúster estirado, un gran clúster",
    "wishes=argocd-hub":
      "argo central, argo cd central, argocd central, argo cd centralizado, un solo argo cd, un único argo cd, argo cd único, argocd centralizado, argo centralizado, un argo cd central, un argo cd para todo, un argo cd para todos",
    "wishes=latest-tags":
      "etiqueta latest, etiquetas latest, latest, siempre la última imagen, últimas imágenes, la última imagen, tag latest, imágenes latest",
    "wishes=inbound-api":
      "entrante, conexiones entrantes, puertos abiertos, puertos entrantes, webhook, acceso desde fuera, api desde fuera, kubectl desde fuera, exponer la api, api pública, abrir puertos, tráfico entrante, redirección de puertos, puerto entrante, ip pública, kubectl desde la central, kubectl desde la oficina",
    "wishes=push":
      "push, por push, despliegue push, desplegar por ssh, empujar, con push, modelo push, empujar los cambios, empujar manifiestos, ansible push, desplegar con ansible, push desde ci, kubectl apply desde ci, empujar desde ci",
    "wishes=service-mesh": "malla de servicios, service mesh",
    "wishes=external-database":
      "base de datos externa, postgres externo, base de datos gestionada, mysql externo, postgresql externo, bd externa",
    "wishes=ha-on-sqlite":
      "alta disponibilidad con sqlite, ha con sqlite, alta disponibilidad sobre sqlite, ha sobre sqlite",
    "wishes=secure-boot-by-k3s":
      "arranque seguro con k3s, arranque seguro de k3s, secure boot con k3s, secure boot de k3s, arranque seguro por k3s, arranque seguro mediante k3s, secure boot mediante k3s",
    "wishes=disk-encryption-by-k3s":
      "cifrado de disco con k3s, k3s cifre el disco, k3s cifra el disco, cifrado de disco de k3s, cifrado de disco mediante k3s, k3s cifre los discos, que k3s cifre",
    "edition=basic":
      "rápido, plan rápido, versión rápida, básico, plan básico, edición básica, versión corta, algo rápido, versión básica, plan corto, rápidamente, resumen rápido, esquema rápido",
    "edition=pro":
      "edición pro, versión pro, plan detallado, versión completa, plan completo, plan pro, en detalle",
    "region:EU": "europa, ue, unión europea",
    "region:US": "ee uu, eeuu, ee.uu, estados unidos, norteamérica, américa del norte",
    "region:APAC": "asia, asia pacífico, asia-pacífico",
    "region:LATAM": "latinoamérica, américa latina, sudamérica, américa del sur, centroamérica, latam",
    "region:country":
      "alemania, francia, españa, italia, polonia, china, japón, india, brasil, méxico, canadá, australia, áfrica, oriente medio, argentina, chile, colombia, perú, portugal, reino unido, suiza, uruguay, ecuador",
  },
};
