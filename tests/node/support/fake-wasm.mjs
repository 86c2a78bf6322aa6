// A stand-in for the wasm that checks how it is used: a screenshot is JSON text, and a finished block says which
// screenshots the lane had seen before it. Any mistake in the order of work shows in the bytes, or as a trap.

/** A screenshot for the fake: `extra` may be `bad: true`, `trap: n` (the first n times) or a size. */
export function fakeShot(name, extra = {}) {
  return new Blob([JSON.stringify({ name, width: 100, height: 50, ...extra })]);
}

/** What all instances of a test have in common. */
export class FakeWorld {
  /** Frames each lane may hold; the others are dropped as if the budget were spent. */
  budget = Number.POSITIVE_INFINITY;
  decoded = 0;
  released = 0;
  plans = 0;
  instances = 0;
  #traps = new Map();

  instantiate = () => {
    this.instances++;
    return {
      newLane: (settings) => new FakeLane(this, settings),
      probe: (bytes, limits) => probe(bytes, limits),
      plan: (settings, stats, timing) => this.#plan(settings, stats, timing),
      memoryBytes: () => 65536,
    };
  };

  /** Whether a screenshot that is to trap `times` times does so now. */
  traps(name, times) {
    const before = this.#traps.get(name) ?? 0;
    this.#traps.set(name, before + 1);
    return before < times;
  }

  #plan(settings, stats, timing) {
    this.plans++;
    const seen = stats.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
    const frames = [];
    seen.forEach(({ name }, index) => {
      const isSame = index > 0 && name === seen[index - 1].name;
      if (isSame && !settings.keepDuplicates) frames.at(-1).sources.push(index);
      else {
        const plan = new TextEncoder().encode(`${timing[index].delayMs ?? settings.delay}`);
        // The first frame of a GIF is usually by far the most work.
        frames.push({ index, delayMs: 100, sources: [index], plan, cost: index === 0 ? 10 : 1 + (index % 3) });
      }
    });
    const header = new TextEncoder().encode(`GIF89a ${settings.width}x${settings.height}\n`);
    const trailer = new TextEncoder().encode(";");
    return { header, trailer, frames, durationMs: 100 * frames.length, paletteKind: "fake" };
  }
}

class FakeLane {
  #seen = [];
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
    this.#check();
    const shot = this.#show(bytes, spec);
    const before = this.#seen.slice(-2);
    const expected = [index - 2, index - 1].filter((position) => position >= 0);
    const found = before.slice(before.length - expected.length).map((frame) => frame.index);
    if (String(found) !== String(expected)) {
      throw new Error(`frame ${index} was analyzed after [${found}] instead of [${expected}]`);
    }
    this.#seen.push({ index, name: shot.name });
    const context = before.slice(before.length - expected.length).map((frame) => frame.name);
    if (this.#held.size === 0 || this.#held.size < this.world.budget) this.#held.set(index, [...context, shot.name]);
    return new TextEncoder().encode(JSON.stringify({ name: shot.name, context }));
  }

  holds(index) {
    return this.#held.has(index);
  }

  encode(index, plan) {
    this.#check();
    const names = this.#held.get(index);
    if (!names) throw new Error(`frame ${index} is not held`);
    this.#held.delete(index);
    return new TextEncoder().encode(`${names.join(" > ")} @${new TextDecoder().decode(plan)}\n`);
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
    if (this.#isFree) throw new Error("the lane was used after it was freed");
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
    if (shot.trap && this.world.traps(shot.name, shot.trap)) throw new WebAssembly.RuntimeError("unreachable");
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
