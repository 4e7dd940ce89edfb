import type { Lexicon } from "../lexicon.ts";

/** English: everything the reader needs to know about the language. */
export const en: Lexicon = {
  language: "en",
  telling:
    "hello, hi, thanks, plan, quick, why, if, the, and, of, with, our, we, are, is, each, per, have, at, in, to, for, not, they, want, would, like, please, every, on, but, over, from, it, all, that, has, them, no, any, by, running, about, us, can, need, want, should, without, only, sites, stores, trucks, which, their, there, will, this, some, an, use, behind, across, instead, site, what, where, how, good, twenty, thousand, hundred, one, two, three, offline, network, servers, nodes, memory",
  endings: [
    ["s", ""],
    ["es", ""],
    ["ies", "y"],
  ],
  compounds: false,
  headLast: true,
  units: {
    zero: 0,
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fourty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    half: 0.5,
  },
  multipliers: {
    dozen: 12,
    score: 20,
    hundred: 100,
    grand: 1_000,
    thousand: 1_000,
    million: 1_000_000,
    millions: 1_000_000,
    mil: 1_000_000,
  },
  joins: "and",
  articles: "a, an",
  tags: {
    "place:retail":
      "salon, laundromat, car wash, newsagent, casino, bookstore, car dealership, dealership, showroom, pizzeria, bar, pub, diner, food truck, optician, butcher, store, shop, supermarket, retail store, retail outlet, outlet, hypermarket, grocery store, convenience store, bakery, boutique, pharmacy, drugstore, mall, shopping mall, restaurant, coffee shop, cafe, franchise, fast food restaurant, petrol station, gas station, fuel station, filling station, hotel, cinema, bank branch, branch, branch office, market",
    "place:manufacturing":
      "plant, factory, production line, assembly line, production site, mill, workshop, manufacturing site, foundry, brewery, refinery, shop floor, production plant, bottling plant",
    "place:energy":
      "dam, pipeline station, gas plant, switchyard, landfill, geothermal plant, nuclear plant, quarry, drilling site, dc substation, substation, wind farm, windfarm, solar farm, power plant, power station, hydro plant, well, oil well, wellhead, wellpad, well pad, oil rig, rig, offshore platform, drilling rig, solar park, wind park, transformer station, biogas plant, pumping station, pump station, compressor station, mine",
    "place:logistics":
      "warehouse, depot, distribution center, distribution centre, fulfilment center, fulfillment center, fulfillment centre, parcel hub, port, container terminal, dc, cold store, sorting center, sorting centre",
    "place:transport":
      "station, train station, railway station, metro station, airport, level crossing, bus stop, toll gate, toll plaza, tunnel, intersection, junction, parking garage, car park, signal box",
    "place:telco":
      "5g base station, 4g base station, 5g site, 5g cell site, cell site, cell tower, tower, base station, radio site, pop, central office, exchange, antenna site, mast",
    "place:healthcare":
      "hospital, clinic, surgery, medical practice, lab, laboratory, care home, nursing home, ambulance station, operating room, dental practice, health center",
    "place:agriculture":
      "farm, greenhouse, barn, field, vineyard, silo, orchard, dairy farm, fish farm, ranch, poultry house",
    "place:public":
      "gym, theme park, ski resort, swimming pool, theater, theatre, church, community center, courthouse, military base, base, camp, post office, nature reserve, national park, polling station, school, campus, university, library, town hall, police station, fire station, city, museum, stadium, embassy, office, municipality, prison, courthouse, water treatment plant, sewage plant",
    "place:home": "home, house, household, apartment, flat",
    "place:-":
      "site, location, edge site, edge location, facility, building, premises, place, outpost, customer site, remote site, edge cluster, branch site, hub, terminal, platform",
    "thing:retail":
      "till, point of sale, pos terminal, pos, cash register, checkout, vending machine, kiosk, atm, cash machine, digital sign, signage player, signage screen, self checkout, checkout terminal, coffee machine, price checker, scale",
    "thing:energy":
      "turbine, wind turbine, meter, smart meter, electricity meter, gas meter, water meter, charging point, charger, charging station, ev charger, charge point, charging pole, inverter, solar inverter, battery, transformer, pump, pumpjack, generator",
    "thing:logistics":
      "truck, lorry, delivery truck, van, delivery van, forklift, container, trailer, agv, parcel locker, locker, delivery vehicle, pallet shuttle, crane, reefer",
    "thing:transport":
      "frigate, submarine, barge, yacht, helicopter, tugboat, trolleybus, minibus, carriage set, buoy, school bus, snow plow, garbage truck, e bike, rail car, railcar, trainset, bus, train, tram, ship, vessel, boat, ferry, ferries, car, taxi, aircraft, plane, airplane, locomotive, vehicle, cruise ship, coach, wagon, bike, scooter, traffic light, subway train, fishing boat, cargo ship, tanker, tug, excavator, tractor trailer",
    "thing:telco": "small cell, repeater, femtocell",
    "thing:manufacturing":
      "machine, robot, cnc machine, plc, press, welding robot, robot arm, production cell, cobot, injection moulding machine",
    "thing:healthcare": "ambulance, scanner, mri scanner, infusion pump, bedside monitor",
    "thing:agriculture":
      "tractor, harvester, combine, drone, milking robot, weather station, irrigation controller, sprayer",
    "thing:public":
      "elevator, lift, escalator, traffic signal, street cabinet, cabinet, parking sensor, air quality sensor, beacon, tablet, voting machine, turnstile, barrier, road sign, rubbish bin, camera, traffic camera, screen, display, billboard, lamp post, street light, streetlight, police car, fire engine, information screen, parking meter, ticket machine, info screen, sensor, surveillance camera, speed camera",
    "thing:home": "set top box, smart home hub, home hub",
    node: "server, node, machine node, computer, host, cluster node, pc, industrial pc, mini pc, edge server, k8s node, kubernetes node, blade, worker, worker node, control plane node, board, vm, compute node, workstation",
    device:
      "device, gateway, box, unit, edge device, edge box, iot gateway, appliance, of them, of those, of these, iot device, endpoint, edge gateway, controller, piece, pcs, sbc, single board computer, edge node, edge computer, field device",
    person:
      "staff, personnel, crew, driver, team of, employee, people, engineer, person, user, customer, developer, admin, colleague, team member, operator, passenger, technician, visitor, patient, student, sre",
    ignored:
      "pod, container image, service, application, app, microservice, workload, namespace, model, fleet, version, euro, dollar, percent, degree, meter away, sensor reading, tag, second, sec, year, update, deploy, deployment, release, port, disk, shelf, rack unit, carriage, replica, time, times, team, client, tenant, environment, step, ring, way, option, reason, thing, question, bit, mile, kilometer, cluster api, sku, day old, country, countries, continent, message, request, transaction, event, video stream, stream, image",
    "nodesPerSite=1": "single node, single server, single machine, one box each, standalone node",
    core: "core",
    cluster: "cluster",
    regions: "region, geography, geographies",
    "cpu=4": "quad core",
    "cpu=2": "dual core",
    "cpu=8": "octa core, octacore, eight core",
    "cpu=1": "single core",
    everybody: "everyone, everybody, anybody, anyone, all people",
    often:
      "half of the time, half the time, sometimes, often, at times, regularly, frequently, occasionally, most of the time, now and then, for hours, in places, every now and then, from time to time",
    not: "we dont want, we do not want, we dont need, we do not need, we dont use, i dont want, no, not, never, without, dont want, do not want, dont need, do not need, dont, do not, dont use, avoid, skip, drop, none, neither, nor, isnt, not want, wont use, rule out, ruled out, no more, not a, arent, cant use, cannot use, wouldnt, dont like, hate, anything but, away from, moving off, get rid of, non, except, lacks, lack, doesnt have, dont have, do not have, does not have, has no, have no",
    "not-after":
      "never, is banned, no way, is out, not an option, is not an option, not needed, is not needed, isnt needed, not required, not necessary, is not required, out of the question, is not allowed, not allowed, not wanted, is banned, is ruled out, isnt an option, unnecessary, can be skipped, forbidden, not available, is not available, isnt available, is no option, doesnt matter, is off the table, off the table, is a no go",
    instead:
      "instead of, rather than, replacing, in place of, as opposed to, migrating from, migrate from, coming from, moving away from, replaces, used to be, used to have, formerly, previously, switched from",
    rather:
      "rather, prefer, preferably, instead, plain, use, want, favour, favor, better, lets use, lets go with, go with, going with, we like, make it, just",
    correction:
      "wait, no wait, make that, make it, sorry, correction, i mean, i meant, actually, scratch that, oops, should be, rather, or rather, no sorry, my mistake, typo, should say, change that to",
    per: "per, each, every, in each, at each, in every, at every, apiece, each of, on each, for each, on every, per each, a piece, at each of, in each of, at every one of, inside each, inside every, aboard each",
    with: "with, having, equipped with, have, has, carry, carries, contain, run, running, house, hosting",
    and: "and, plus, as well as, &, +, and another, along with",
    or: "or, either, maybe, perhaps",
    but: "but, however, though, although, whereas, while, yet, except that",
    range: "to, until, through, up to",
    between: "between, from, somewhere between",
    vague:
      "a couple of, couple of, couple, a few, few, several, some, many, a handful of, handful of, multiple, numerous, various, a bunch of, loads of, lots of",
    many: "hundreds of, hundreds, thousands of, thousands, dozens of, dozens, tens of thousands of, tens of thousands, hundreds of thousands of, millions of, tens of",
    than: "than",
    neutral:
      "more than, less than, fewer than, greater than, bigger than, not only, why not, no matter, not just, no problem, no idea, not sure, no doubt, nothing special, on premises, on prem, not more than, no more than, not less than, no fewer than, no preference, store data, stores data, store images, store everything, farm out, ship it, field engineers, plant manager, store manager, to ship, over the air, two way, one way, no one, up to date, pi hole, control room, shop floor staff, in the field, machine learning, water meters reading",
    link: "network, link, connection, connectivity, coverage, signal, uplink, line, backhaul, reception, bandwidth, internet connection, internet, wan link, mobile data, cellular, cell coverage, mobile network, mobile coverage, satellite, satellite link, satellite connection, satellite uplink, broadband, radio link, cellular connection, networking, cable",
    mobile:
      "cellular, mobile data, satellite, satellite link, satellite connection, satellite uplink, sim card",
    good: "stable, reliable, good, solid, steady, excellent, always on, always up, fast, rock solid, dependable, decent, redundant link, high speed, great, always connected, permanent, robust, perfect, always online, constantly online, fine, well connected, strong, dedicated",
    bad: "poor, bad, weak, unreliable, unstable, varying, variable, lossy, iffy, shaky, drop, dies, fails, disconnects, lost, cuts out, goes away, comes back, breaks, goes down, is down, vanishes, disappears, loses, sometimes, sporadically, now and then, lose, hit and miss, cut out, on and off, dropping, dropped",
    slow: "slow, thin, narrow, limited, metered, tiny, expensive, capped, pay per mb, low, constrained, scarce, little, skinny, throttled, congested",
    outage:
      "offline, disconnected, outage, downtime, unreachable, without connection, without network, without internet, without a connection, without connectivity, without a link, without link, without signal, without coverage, no connection, no connectivity, no network, no signal, no link, cut off, dark, disconnect, out of coverage, out of contact, out of reach, loses connection, lose connection, lose connectivity, link down, down, unconnected, outages, network loss, autonomous, autonomously, blackout, survive, without a signal, out of range, out of touch, off the grid, off grid, without uplink, drops for, drop for, dropping for, gone for, goes away for, goes down for, drops up to",
    across:
      "across sites, across stores, across locations, across all sites, across all stores, across regions, across plants, over all sites, spanning sites, spanning all sites, stretched, stretch, between sites, over the wan, across the wan, across our sites, multi site, across the stores, across the sites, across all locations, across branches, across factories, over wan",
    central:
      "central, centralised, centralized, hub and spoke, hub, one argo cd for all, management cluster, from one place, from the center, from hq, from headquarters, single pane",
    encryption:
      "disk encryption, encrypted disks, encrypt the disk, encrypt disks, disks encrypted, full disk encryption, luks, encryption at rest, encrypts the disk, encrypt the disks",
    "secure-boot": "secure boot, secureboot, measured boot, verified boot, trusted boot",
    ram: "memory, main memory, working memory",
    disk: "storage, hard drive, hard disk, drive, disk space, flash storage, local storage, solid state drive, of storage, of disk",
    traffic:
      "data, data plan, traffic, data volume, data a month, of data, volume, transfer, logs, images, image, video, download, of video",
    minute: "minute, min",
    hour: "hour, hr, h, hrs",
    day: "day",
    week: "week",
    month: "month",
    unknown:
      "dont know, do not know, i dont know, unknown, not sure, no idea, unsure, dunno, idk, no clue, havent decided, cant say, hard to say, tbd, ?, ??, good question, not known, undecided, dont know yet, depends, we will see, to be decided",
    whatever:
      "whatever, any, no preference, up to you, you decide, you choose, either is fine, dont care, auto, automatic, either, whichever, no opinion, dont mind, your choice, best one, recommend, you pick, surprise me",
    yes: "i think so, i guess so, we do need it, yes, y, yep, yeah, sure, of course, true, needed, required, right, correct, absolutely, definitely, must, ok, okay, please, on, yup, certainly",
    no: "no, n, nope, false, none, nah, not needed, not required, not really, never, without, off, negative, no thanks",
    "network=intermittent":
      "flaky, patchy, spotty, comes and goes, come and go, intermittently, unreliable network, unstable network, in and out, on and off, drops out, drop out, drops all the time, drops often, keeps dropping, dead zones, dead spots, dead zone, coverage gaps, 4g with gaps, lte with gaps, network with gaps, coverage with gaps, signal with gaps, gaps in coverage, black spots, blackspots, flapping, goes offline, go offline, sometimes offline, often offline, temporarily offline, mostly offline, occasionally offline, occasionally connected, sometimes connected, intermittent connectivity, dodgy, not always online, not always connected, sporadic, only when docked, only in port, only at the depot, only connected, connect once a day, connects once a day, phones home once, when in range, out of coverage, store and forward, sometimes no signal, sometimes no network, loses signal, lose signal, loses connection, lose connection, loses connectivity, lose connectivity, offline for, offline at times, partially offline, offline up to, offline now and then, offline every, offline during, erratic, temperamental, drops several times, cuts out, disconnects often, not reliable, periodically offline, offline most of the time, offline half, wobbly, only sync, sync at night, hit and miss, hit or miss, unreliable, unstable",
    "network=low-bandwidth":
      "slow link, narrow link, thin link, thin pipe, metered, low-bandwidth, little bandwidth, limited bandwidth, bandwidth limited, bandwidth constrained, slow network, slow connection, slow dsl, slow line, bandwidth is scarce, expensive data, small data plan, dial up, slow uplink, data is expensive, data costs, pay per megabyte, tiny data plan, capped data",
    "network=air-gapped":
      "air gapped, airgapped, no network, no internet, no internet access, no internet connection, without internet, without network, without internet access, never online, never connected, disconnected, fully disconnected, completely disconnected, fully offline, completely offline, permanently offline, always offline, totally offline, isolated network, isolated from the internet, isolated, no outside connection, no external network, no connectivity, no uplink, not connected to the internet, not connected, no outside connectivity, cut off from the internet, no connection to the outside, dark site, sneakernet, usb stick, usb sticks, standalone network, closed network, not online, no connection at all, updates by usb, no wan, data diode",
    "network=stable":
      "always online, stable network, rock solid, permanently connected, always connected, wired, hard wired, reliable internet",
    "~network=stable":
      "fibre, fiber, fiber optic, leased line, leased lines, fibre optic, gigabit ethernet, wired network, wired lan, cabled",
    "~outage=intermittent": "lose contact",
    "exposure=exposed":
      "public place, public places, in the street, in the streets, on the streets, on street corners, in public, public space, public spaces, publicly accessible, anyone can, anybody can, everyone can, anyone could, anybody could, accessible to anyone, accessible to the public, open to the public, reachable by anyone, stolen, get stolen, gets stolen, theft, thieves, steal, tampering, tampered, tamper, vandalism, vandalised, unattended, unguarded, unsupervised, unprotected, roadside, on the street, street corner, street corners, outdoors, outdoor, strangers can, stranger, strangers, exposed, passers by, passersby, drivers can, drivers have access, customers have access, public areas, physical access for anyone, anyone, physically exposed, customers can touch, can be stolen, at the roadside, on the sidewalk, vandals, not secured, unsecured, hostile environment, out in the open, by the road, in the open, on the pavement, reachable by passers by, within reach of customers, by the roadside",
    "exposure=staff":
      "staff only, only staff, employees only, only employees, staff can, behind the counter, back office, backoffice, in the office, staff area, personnel only, staff room, employees can, only our staff, only personnel, only our employees, our people only, store room, storeroom, stock room, only technicians, crew only, only crew, break room, authorised staff, authorized personnel, authorized staff, restricted to staff, under the counter, staff access, back room",
    "exposure=locked":
      "locked, locked rack, locked room, locked cabinet, locked cabinets, locked server room, locked racks, server room, server rooms, data center, data centre, datacenter, locked enclosure, locked box, locked away, secured room, secure room, lockable cabinet, under lock and key, behind lock and key, access controlled, access control, guarded, locked door, fenced, badge access, locked up, key card, keycard, secured cabinet, locked cage, sealed cabinet, padlocked, vaulted room, alarmed room",
    "highAvailability=true":
      "highly available, high availability, ha, high-availability, cannot lose the control plane, must not lose the control plane, cant lose the control plane, no single point of failure, must survive, survive a node failure, survive the loss of a node, failover, fail over, redundant, redundancy, fault tolerant, fault tolerance, control plane must survive, zero downtime, no downtime, must never go down, must not go down, cannot go down, cant go down, tolerate a node failure, survives a node failure, tolerate losing a node, always available, cannot afford downtime, a node may die, a node can fail, a server may fail, survive a dead node, lose a node without",
    "regulated=true":
      "regulated, regulation, regulatory, compliance, compliant, audited, auditors, audit, critical infrastructure, safety critical, medical device, certified environment, validated environment, regulators, heavily regulated",
    "wasm=any": "wasm, webassembly, wasm workloads, wasm apps, web assembly modules",
    "wasm=none": "only containers, containers only, no wasm, just containers, plain containers",
    "accelerator=gpu": "graphics card, gpu, nvidia, graphics processor, video card, ai accelerator card",
    "accelerator=npu": "neural processing unit, ai accelerator, edge tpu, neural accelerator, ai hat",
    "accelerator=none": "no accelerator, cpu only, no accelerators, without accelerator",
    "bmc=true":
      "baseboard management controller, out of band management, lights out management, remote management board, remote power management",
    "tpm=true": "trusted platform module, tpm chip, security chip",
    "distro=auto":
      "any distro, any distribution, whichever distribution, distribution does not matter, distro does not matter",
    "gitops=auto": "any gitops tool, gitops engine does not matter",
    "storage=ssd": "solid state, solid state drive, solid state disk",
    "storage=sd": "sd card, memory card",
    "storage=emmc": "embedded flash, soldered flash, onboard flash",
    "industry=retail":
      "retail, retailer, retail chain, supermarket chain, grocer, grocery chain, ecommerce, hospitality, restaurant chain, hotel chain, coffee chain",
    "industry=manufacturing":
      "make cars, build cars, build machines, make machines, car factory, manufacturing, manufacturer, industrial automation, automotive supplier, carmaker, industry 4.0",
    "industry=energy":
      "energy, utility, utilities, oil and gas, electric utility, grid operator, power grid, renewables, mining",
    "industry=logistics":
      "logistics, haulier, shipping company, parcel service, freight, delivery company, supply chain, courier",
    "industry=transport":
      "transport, public transport, railway, rail operator, airline, shipping line, maritime, transit agency, train operator, bus operator",
    "industry=telco":
      "telco, telecom, telecommunications, mobile operator, network operator, carrier, 5g ran, open ran, isp",
    "industry=healthcare": "healthcare, health care, medical, hospital group, medtech",
    "industry=agriculture": "agriculture, farming, agritech, agtech, smart farming, agricultural",
    "industry=public":
      "public sector, government, municipality, smart city, city council, military, defence, defense, police",
    "industry=home": "home lab, homelab, at home, smart home, hobby, just playing, hobbyist",
    "wishes=etcd-across-sites":
      "etcd across sites, stretched etcd, stretch cluster, stretched cluster, one cluster across all sites, one big cluster, single cluster for all sites, one cluster over all sites, multi site etcd, one cluster spanning, a single cluster spanning, single cluster across, one cluster across, a single stretched control plane",
    "wishes=argocd-hub":
      "central argo, central argocd, central argo cd, one argo cd for all, one argo cd for everything, single argo cd, single argocd, centralised argo cd, centralized argo cd, hub and spoke argo cd, one central argo cd, argo cd hub, argo cd in the data center, argo cd at headquarters, argo cd in hub and spoke",
    "wishes=latest-tags":
      "latest tag, latest tags, always the latest image, latest images, tag latest, use latest, floating tags, image latest, images latest, always pull latest, the latest image",
    "wishes=inbound-api":
      "inbound, inbound ports, inbound api, inbound connections, inbound access, webhook, webhooks, open ports, public api server, reach the api from outside, api from the internet, kubectl from outside, expose the api, expose the kubernetes api, kubectl from headquarters, kubectl from the office, api server reachable, expose the api server, port forwards, public ip, incoming connections, direct kubectl access, reach the kube api",
    "wishes=push":
      "push deployments, push based, push updates, push from ci, push manifests, pushed from ci, push deploy, deploy via ssh, ansible push, push changes, pushing from ci, push from jenkins, pushes to the sites, push to the clusters, push to clusters, kubectl apply from ci, push model, push to the edge, push to each site, push gitops, push the manifests, push it to",
    "wishes=external-database":
      "external database, external postgres, external datastore, postgres as datastore, mysql as datastore, postgres instead of etcd, external mysql, postgresql datastore, managed database",
    "wishes=ha-on-sqlite":
      "ha with sqlite, ha on sqlite, high availability with sqlite, high availability on sqlite, sqlite in ha, replicated sqlite, ha sqlite",
    "wishes=secure-boot-by-k3s":
      "secure boot from k3s, secure boot by k3s, k3s secure boot, k0s secure boot, microk8s secure boot, k3s does secure boot, secure boot via k3s, secure boot in k3s, secure boot with k3s",
    "wishes=disk-encryption-by-k3s":
      "disk encryption by k3s, k3s encrypts, k3s disk encryption, k3s encrypt the disk, disk encryption in k3s, disk encryption from k3s, k3s to encrypt, encrypted by k3s, microk8s disk encryption, k0s disk encryption, disk encryption via k3s",
    "wishes=sqlite": "sqlite",
    "edition=basic":
      "quick, quick plan, quick edition, basic, basic plan, basic edition, quick version, basic version, short version, a quick one, quick answer, quick and dirty, short plan, quickly please, quick draft, quick overview",
    "edition=pro":
      "pro plan, pro edition, pro version, full plan, detailed plan, full version, in depth, the full thing",
    "region:EU": "europe, european union, western europe, eastern europe",
    "region:US": "us, united states, north america, america",
    "region:APAC": "asia, asia pacific, southeast asia",
    "region:LATAM": "latin america, south america, central america",
    "region:country":
      "germany, france, spain, italy, poland, china, japan, india, brazil, mexico, canada, australia, africa, middle east, austria, switzerland, netherlands, uk, united kingdom, sweden, norway, singapore, korea, argentina, chile, nordics, denmark, finland, portugal, oceania, turkey, scandinavia, ireland, belgium",
  },
};
