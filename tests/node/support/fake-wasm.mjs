// A stand-in for the wasm that checks how it is used: a screenshot is JSON text, and a finished block says which
// screenshots the session had seen before it. Any mistake in the order of work shows in the bytes, or as a trap.

/**
 * A screenshot for the fake: `extra` may be `bad: true`, `trap: n` (the first n times), `trapAt: n` (once, after n times),
 * `noMemory: n` (the first n times),
 * a size, or the share of the screen that it has `changed`.
 */
export function fakeShot(name, extra = {}) {
  return new Blob([JSON.stringify({ name, width: 100, height: 50, ...extra })]);
}

/** What all instances of a test have in common. */
export class FakeWorld {
  /** Frames each session may hold; the others are dropped as if the budget were spent. */
  budget = Number.POSITIVE_INFINITY;
  /** Bytes of a frame, from `{ width, lossy, colors, place }`; without it a block is as long as what it says. */
  frameBytes = undefined;
  decoded = 0;
  encoded = 0;
  released = 0;
  plans = 0;
  instances = 0;
  #traps = new Map();

  instantiate = () => {
    this.instances++;
    return {
      newSession: (settings) => new FakeSession(this, settings),
      probe: (bytes, limits) => probe(bytes, limits),
      plan: (settings, stats, timing) => this.#plan(settings, stats, timing),
      memoryBytes: () => 65536,
    };
  };

  /** How often a screenshot that is to trap was decoded before. */
  decodedBefore(name) {
    const before = this.#traps.get(name) ?? 0;
    this.#traps.set(name, before + 1);
    return before;
  }

  #plan(settings, stats, timing) {
    this.plans++;
    const seen = stats.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
    const frames = [];
    seen.forEach(({ name }, index) => {
      const isSame = index > 0 && name === seen[index - 1].name;
      if (isSame && !settings.keepDuplicates) frames.at(-1).sources.push(index);
      else {
        const how = { width: settings.width, lossy: settings.lossy ?? 25, colors: settings.maxColors, place: index };
        const size = this.frameBytes ? ` ${this.frameBytes(how)}` : "";
        const plan = new TextEncoder().encode(`${timing[index].delayMs ?? settings.delay}${size}`);
        const { changed = 1 } = seen[index];
        // The first frame of a GIF is usually by far the most work.
        const cost = settings.width * settings.height * (index === 0 ? 10 : 1 + (index % 3));
        frames.push({ index, delayMs: 100, sources: [index], plan, changed, cost });
      }
    });
    const header = new TextEncoder().encode(`GIF89a ${settings.width}x${settings.height}\n`);
    const trailer = new TextEncoder().encode(";");
    const lossy = settings.lossy ?? 25;
    const durationMs = 100 * frames.length;
    // Each frame takes 100 ms; the second one goes, again and again, until the others fit.
    const tooMany = Math.max(frames.length - (settings.maxDuration ?? Number.POSITIVE_INFINITY) / 100, 0);
    const leftOut = frames.slice(1, 1 + tooMany).flatMap(({ sources }) => sources);
    const givenUp = { fullMs: durationMs };
    return { header, trailer, frames, durationMs, paletteKind: "fake", lossy, damaged: [], leftOut, givenUp };
  }
}

class FakeSession {
  #seen = [];
  #fleeting = new Set();
  #held = new Map();
  #isFree = false;

  constructor(world, settings) {
    this.world = world;
    this.settings = settings;
  }

  load(index, bytes, spec) {
    this.#check();
    this.#seen.push({ index, name: this.#show(bytes, spec).name });
  }

  analyze(index, bytes, spec) {
    const { name, changed, names } = this.#compare(index, bytes, spec);
    const fits = this.#held.size === 0 || this.#held.size < this.world.budget;
    if (fits) this.#held.set(index, names);
    return new TextEncoder().encode(JSON.stringify({ name, changed, context: names.slice(0, -1) }));
  }

  analyzeAgain(index, bytes, spec) {
    const { names } = this.#compare(index, bytes, spec);
    if (this.#held.size > 0 && this.#held.size >= this.world.budget) this.#fleeting.add(index);
    this.#held.set(index, names);
  }

  #compare(index, bytes, spec) {
    this.#check();
    const { name, changed } = this.#show(bytes, spec);
    const before = this.#seen.slice(-2);
    const expected = [index - 2, index - 1].filter((position) => position >= 0);
    const found = before.slice(before.length - expected.length).map((frame) => frame.index);
    if (String(found) !== String(expected)) {
      throw new Error(`frame ${index} was analyzed after [${found}] instead of [${expected}]`);
    }
    this.#seen.push({ index, name });
    const context = before.slice(before.length - expected.length).map((frame) => frame.name);
    return { name, changed, names: [...context, name] };
  }

  holds(index) {
    return this.#held.has(index);
  }

  encode(index, plan) {
    this.#check();
    const names = this.#held.get(index);
    if (!names) throw new Error(`frame ${index} is not held`);
    this.world.encoded++;
    if (!this.settings.retain || this.#fleeting.delete(index)) this.#held.delete(index);
    const [delay, size = 0] = new TextDecoder().decode(plan).split(" ");
    return new TextEncoder().encode(`${`${names.join(" > ")} @${delay}`.padEnd(size - 1)}\n`);
  }

  release(index) {
    this.#check();
    this.world.released++;
    const names = this.#held.get(index);
    if (!names) throw new Error(`frame ${index} is not held`);
    this.#held.delete(index);
    return new TextEncoder().encode(JSON.stringify(names));
  }

  adopt(index, _plan, held) {
    this.#check();
    this.#held.set(index, JSON.parse(new TextDecoder().decode(held)));
  }

  free() {
    this.#check();
    this.#isFree = true;
  }

  #check() {
    if (this.#isFree) throw new Error("the session was used after it was freed");
  }

  /** What is to be done to a screenshot shows in its name; without one, it is all there is. */
  #show(bytes, spec) {
    if (spec?.blank !== undefined) return { name: JSON.stringify(spec) };
    const shot = this.#decode(bytes);
    return spec ? { ...shot, name: `${shot.name} ${JSON.stringify(spec)}` } : shot;
  }

  #decode(bytes) {
    this.world.decoded++;
    const shot = parse(bytes);
    if ("trap" in shot || "trapAt" in shot) {
      const before = this.world.decodedBefore(shot.name);
      if (before < shot.trap || before === shot.trapAt) throw new WebAssembly.RuntimeError("unreachable");
    }
    if (shot.noMemory && this.world.decodedBefore(shot.name) < shot.noMemory) {
      throw Object.assign(new Error("there is no memory left"), { code: "OUT_OF_MEMORY" });
    }
    if (shot.bad) throw Object.assign(new Error("it cannot be decoded"), { code: "DECODE_FAILED" });
    return shot;
  }
}

function probe(bytes) {
  const { width, height } = parse(bytes);
  return { width, height, format: "fake" };
}

function parse(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw Object.assign(new Error("expected PNG, JPEG, WebP or GIF bytes"), { code: "UNKNOWN_FORMAT" });
  }
}
