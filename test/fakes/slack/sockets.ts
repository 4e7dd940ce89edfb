import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { Methods } from "./methods/base.ts";
import type { DeliveryKind, Json } from "./types.ts";
import type { World } from "./world.ts";

const mostSockets = 10; // per app: docs.slack.dev/apis/events-api/using-socket-mode
const pingMs = 10_000;

export type Taken = { acked: boolean; body?: Json; reason?: string };

/** Socket Mode: tickets, hello, envelopes to one socket at random, acknowledgements, refreshes. */
export class Sockets {
  readonly #world: World;
  readonly #server: WebSocketServer;
  readonly #waiting = new Map<string, { socket: WebSocket; done: (taken: Taken) => void }>();
  readonly #tickets = new Set<string>();
  readonly #live = new Set<WebSocket>();
  readonly #pings: NodeJS.Timeout;
  readonly methods: Methods;

  constructor(world: World, server: Server) {
    this.#world = world;
    this.#server = new WebSocketServer({ noServer: true });
    server.on("upgrade", (request, socket, head) => {
      const url = new URL(request.url!, world.base);
      if (!this.#tickets.delete(url.searchParams.get("ticket") ?? "")) return socket.destroy();
      this.#server.handleUpgrade(request, socket, head, (ws) => this.#welcome(ws));
    });
    this.#pings = setInterval(() => {
      for (const socket of this.#live) socket.ping();
    }, pingMs).unref();
    this.methods = {
      "apps.connections.open": {
        token: "app",
        tier: 3,
        run: () => {
          const ticket = world.secret();
          this.#tickets.add(ticket);
          return {
            url: `${world.base.replace("http", "ws")}/link/?ticket=${ticket}&app_id=${world.bot.app_id}`,
          };
        },
      },
    };
  }

  count(): number {
    return this.#live.size;
  }

  #welcome(socket: WebSocket): void {
    if (this.#live.size >= mostSockets) {
      socket.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets" }));
      socket.close();
      return;
    }
    this.#live.add(socket);
    this.#world.activity += 1;
    socket.on("message", (data) => this.#answered(String(data)));
    socket.on("close", () => this.#gone(socket));
    socket.on("error", () => socket.terminate());
    const hello = {
      type: "hello",
      num_connections: this.#live.size,
      debug_info: { host: "applink-fake", build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#world.bot.app_id },
    };
    socket.send(JSON.stringify(hello));
  }

  #answered(data: string): void {
    const { envelope_id, payload } = JSON.parse(data);
    const waiting = this.#waiting.get(envelope_id);
    if (!waiting) return;
    this.#waiting.delete(envelope_id);
    waiting.done({ acked: true, body: payload });
  }

  #gone(socket: WebSocket): void {
    if (!this.#live.delete(socket)) return;
    this.#world.activity += 1;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.socket !== socket) continue;
      this.#waiting.delete(id);
      waiting.done({ acked: false, reason: "socket_closed" });
    }
  }

  /** Sends an envelope to one socket at random and waits for its acknowledgement until the deadline. */
  send(
    kind: DeliveryKind,
    payload: Json,
    retry: { attempt: number; reason: string } | undefined,
    deadlineMs: number,
  ): Promise<Taken> {
    const sockets = [...this.#live].filter((socket) => socket.readyState === socket.OPEN);
    const socket = sockets[Math.floor(this.#world.chance() * sockets.length)];
    if (!socket) return Promise.resolve({ acked: false, reason: "no_socket" });
    const envelope_id = `${this.#world.secret(8)}-${this.#world.id("e")}`;
    const envelope = {
      envelope_id,
      type: kind,
      payload,
      accepts_response_payload: kind !== "events_api",
      ...(kind === "events_api"
        ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? "" }
        : {}),
    };
    return new Promise((resolve) => {
      const cancel = this.#world.clock.after(deadlineMs, () => {
        this.#waiting.delete(envelope_id);
        resolve({ acked: false, reason: "timeout" });
      });
      this.#waiting.set(envelope_id, {
        socket,
        done: (taken) => {
          cancel();
          resolve(taken);
        },
      });
      socket.send(JSON.stringify(envelope));
    });
  }

  /** Ends so many sockets, the oldest first: told before, or cut. */
  disconnect(how: "refresh" | "warning" | "cut", count = Number.POSITIVE_INFINITY): number {
    const chosen = [...this.#live].slice(0, count);
    for (const socket of chosen) {
      if (how === "cut") {
        socket.terminate();
        this.#gone(socket);
      } else {
        const reason = how === "refresh" ? "refresh_requested" : "warning";
        socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "applink-fake" } }));
        // Slack closes by itself a little later, whether the client has gone or not.
        this.#world.clock.after(10_000, () => socket.close());
      }
    }
    return chosen.length;
  }

  close(): void {
    clearInterval(this.#pings);
    for (const socket of this.#live) socket.terminate();
    this.#server.close();
  }
}
