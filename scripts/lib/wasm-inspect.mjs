// Reads a WebAssembly binary far enough to count its vector instructions. Flags can be lost on the way to the compiler
// without any message; what the binary really executes cannot.

const SECTION_CUSTOM = 0;
const SECTION_CODE = 10;

/** What immediates follow each single-byte opcode; opcodes that are not named have none. */
const IMMEDIATES = new Map([
  ...each([0x02, 0x03, 0x04, 0x06], "block type"),
  ...each([0x0c, 0x0d, 0x07, 0x08, 0x09, 0x10, 0x12, 0x18, 0xd2], "index"),
  ...each([0x14, 0x15], "index"),
  ...each([0x11, 0x13], "two indices"),
  ...each([0x0e], "branch table"),
  ...each([0x1c], "type list"),
  ...each([...range(0x20, 0x26)], "index"),
  ...each([...range(0x28, 0x3e)], "memory"),
  ...each([0x3f, 0x40], "index"),
  ...each([0x41, 0x42], "integer"),
  ...each([0x43], 4),
  ...each([0x44], 8),
  ...each([0xd0], "integer"),
]);

/** The same after the prefix 0xfc: saturating conversions, bulk memory, tables. */
const IMMEDIATES_FC = new Map([...each([8, 10, 12, 14], "two indices"), ...each([9, 11, 13, 15, 16, 17], "index")]);

/** The same after the prefix 0xfd: vectors. */
const IMMEDIATES_FD = new Map([
  ...each([...range(0, 11), 92, 93], "memory"),
  ...each([12, 13], 16),
  ...each([...range(21, 34)], 1),
  ...each([...range(84, 91)], "memory and lane"),
]);

/**
 * Counts in one pass: `{ functions, vectorFunctions, instructions, vectorInstructions, features }`. `features` are the
 * names of the "target_features" section, which the compiler writes and wasm-opt may remove.
 */
export function inspectWasm(bytes) {
  const reader = new Reader(bytes);
  if (reader.u32le() !== 0x6d736100 || reader.u32le() !== 1) throw new Error("this is not a WebAssembly binary");
  const found = { functions: 0, vectorFunctions: 0, instructions: 0, vectorInstructions: 0, features: [] };
  while (reader.at < bytes.length) {
    const section = reader.byte();
    const end = reader.unsigned() + reader.at;
    if (section === SECTION_CODE) readCode(reader, found);
    else if (section === SECTION_CUSTOM && reader.name() === "target_features") found.features = readFeatures(reader);
    reader.at = end;
  }
  return found;
}

function readFeatures(reader) {
  return Array.from({ length: reader.unsigned() }, () => {
    const isUsed = String.fromCharCode(reader.byte()) === "+";
    const name = reader.name();
    return isUsed ? name : undefined;
  }).filter(Boolean);
}

function readCode(reader, found) {
  const count = reader.unsigned();
  for (let index = 0; index < count; index++) {
    const end = reader.unsigned() + reader.at;
    for (let groups = reader.unsigned(); groups > 0; groups--) {
      reader.unsigned();
      reader.integer();
    }
    const before = found.vectorInstructions;
    while (reader.at < end) readInstruction(reader, found);
    if (reader.at !== end) throw new Error(`function ${index} was not read to its exact end`);
    found.functions++;
    if (found.vectorInstructions > before) found.vectorFunctions++;
  }
}

function readInstruction(reader, found) {
  const opcode = reader.byte();
  found.instructions++;
  if (opcode === 0xfd) {
    found.vectorInstructions++;
    skip(reader, IMMEDIATES_FD.get(reader.unsigned()));
  } else if (opcode === 0xfc) {
    skip(reader, IMMEDIATES_FC.get(reader.unsigned()));
  } else if (opcode === 0xfb || opcode === 0xfe || opcode === 0x1f) {
    throw new Error(`opcode 0x${opcode.toString(16)} belongs to a feature that this build does not use`);
  } else {
    skip(reader, IMMEDIATES.get(opcode));
  }
}

function skip(reader, immediates) {
  switch (immediates) {
    case undefined:
      return;
    case "index":
      reader.unsigned();
      return;
    case "integer":
    case "block type":
      reader.integer();
      return;
    case "two indices":
      reader.unsigned();
      reader.unsigned();
      return;
    case "branch table":
      for (let labels = reader.unsigned() + 1; labels > 0; labels--) reader.unsigned();
      return;
    case "type list":
      for (let types = reader.unsigned(); types > 0; types--) reader.integer();
      return;
    case "memory":
    case "memory and lane":
      // Bit 6 of the alignment says that a memory index follows.
      if (reader.unsigned() & 0x40) reader.unsigned();
      reader.integer();
      if (immediates === "memory and lane") reader.at++;
      return;
    default:
      reader.at += immediates;
  }
}

class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new Error("the binary ends in the middle");
    return this.bytes[this.at++];
  }

  u32le() {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }

  /** LEB128 up to 32 bits. */
  unsigned() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** LEB128 of any length and sign, whose value is not needed. */
  integer() {
    while (this.byte() >= 0x80);
  }

  name() {
    const length = this.unsigned();
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return new TextDecoder().decode(bytes);
  }
}

function each(opcodes, immediates) {
  return opcodes.map((opcode) => [opcode, immediates]);
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
