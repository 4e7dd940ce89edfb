type Timer = { at: number; run: () => void; real?: NodeJS.Timeout };

/** Time as the fake sees it: the machine's, moved forward by `advance`; with `manual` it stands still between. */
export class FakeClock {
  #offset = 0;
  readonly #frozen: number | undefined;
  readonly #timers = new Set<Timer>();

  constructor(mode: "real" | "manual" = "real", start = Date.now()) {
    this.#frozen = mode === "manual" ? start : undefined;
  }

  now(): number {
    return (this.#frozen ?? Date.now()) + this.#offset;
  }

  /** Runs once after so many milliseconds of this clock; the returned function calls it off. */
  after(ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.now() + ms, run };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => this.#drop(timer);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** Moves time forward and runs what falls due on the way, in order, leaving room for what that starts. */
  async advance(ms: number): Promise<void> {
    const end = this.now() + ms;
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#offset += Math.max(0, next.at - this.now());
      this.#fire(next);
      await new Promise(setImmediate);
    }
    this.#offset += Math.max(0, end - this.now());
    for (const timer of this.#timers) this.#arm(timer);
  }

  stop(): void {
    for (const timer of this.#timers) this.#drop(timer);
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.real);
    if (this.#frozen !== undefined) return;
    timer.real = setTimeout(() => this.#fire(timer), Math.max(0, timer.at - this.now()));
    timer.real.unref();
  }

  #fire(timer: Timer): void {
    if (!this.#timers.has(timer)) return;
    this.#drop(timer);
    timer.run();
  }

  #drop(timer: Timer): void {
    clearTimeout(timer.real);
    this.#timers.delete(timer);
  }
}

/** Repeatable chance: the same seed gives the same numbers between 0 and 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
