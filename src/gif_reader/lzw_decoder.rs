//! Decodes LZW codes (GIF89a appendix F), with tables of fixed size.

/// Codes of at most 12 bits.
const MOST: usize = 4096;

/// The phrases of the frame that is decoded. The tables are used for one frame after another.
#[derive(Debug)]
pub(super) struct LzwDecoder {
    prefix: Box<[u16]>,
    last: Box<[u8]>,
    first: Box<[u8]>,
    length: Box<[u16]>,
}

/// Statistics of the codes of a frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CodeStats {
    /// Number of pixels that the codes stand for.
    pub pixels: u64,
    /// Whether all codes are valid.
    pub is_sound: bool,
    /// Whether codes follow after the table is full, without a clear code.
    pub is_deferred: bool,
}

impl LzwDecoder {
    pub fn new() -> Self {
        let symbols = |code: usize| code as u8;
        Self {
            prefix: vec![0; MOST].into(),
            last: (0..MOST).map(symbols).collect(),
            first: (0..MOST).map(symbols).collect(),
            length: vec![1; MOST].into(),
        }
    }

    /// Passes the phrases of a frame to `paint` until it returns `false` (the frame is full) or the codes end. Returns whether all
    /// codes up to there were valid. `data`: minimum code size and sub-blocks.
    pub fn decode(&mut self, data: &[u8], mut paint: impl FnMut(&[u8]) -> bool) -> bool {
        let mut phrase = [0; MOST];
        let mut codes = Codes::new(data);
        while let Some(next) = codes.next(self) {
            let Ok(code) = next else { return false };
            if !paint(self.spell(code, &mut phrase)) {
                break;
            }
        }
        true
    }

    /// Returns statistics of the codes of a frame, without painting.
    pub fn measure(&mut self, data: &[u8]) -> CodeStats {
        let mut codes = Codes::new(data);
        let mut pixels = 0;
        let mut is_sound = true;
        while let Some(next) = codes.next(self) {
            let Ok(code) = next else {
                is_sound = false;
                break;
            };
            pixels += u64::from(self.length[usize::from(code)]);
        }
        CodeStats { pixels, is_sound, is_deferred: codes.is_deferred }
    }

    /// Writes out a phrase from its end.
    fn spell<'a>(&self, mut code: u16, phrase: &'a mut [u8; MOST]) -> &'a [u8] {
        let length = usize::from(self.length[usize::from(code)]).min(MOST);
        for symbol in phrase[..length].iter_mut().rev() {
            *symbol = self.last[usize::from(code) % MOST];
            code = self.prefix[usize::from(code) % MOST];
        }
        &phrase[..length]
    }

    /// The phrase `prefix` and one symbol more.
    fn learn(&mut self, code: u16, prefix: u16, symbol: u8) {
        let (code, from) = (usize::from(code), usize::from(prefix));
        self.prefix[code] = prefix;
        self.last[code] = symbol;
        self.first[code] = self.first[from];
        // No phrase is longer than the table has entries.
        self.length[code] = self.length[from] + 1;
    }

    /// Resets the codes below `count` to single symbols, after another frame.
    fn reset(&mut self, count: u16) {
        for code in 0..usize::from(count) {
            self.last[code] = code as u8;
            self.first[code] = code as u8;
            self.length[code] = 1;
        }
    }
}

/// An invalid code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct BadCode;

/// The codes of one frame.
struct Codes<'a> {
    bits: Bits<'a>,
    clear: u16,
    width: u32,
    /// The next entry to learn.
    free: u16,
    previous: Option<u16>,
    is_deferred: bool,
}

impl<'a> Codes<'a> {
    fn new(data: &'a [u8]) -> Self {
        let (size, blocks) = data.split_first().map_or((2, data), |(&size, blocks)| (size.clamp(1, 8), blocks));
        let clear = 1 << size;
        let bits = Bits { block: &[], rest: blocks, buffer: 0, filled: 0 };
        // A width of 0 means that the stream has not started.
        Self { bits, clear, width: 0, free: clear + 2, previous: None, is_deferred: false }
    }

    fn restart(&mut self, table: &mut LzwDecoder) {
        table.reset(self.clear);
        self.begin();
    }

    fn begin(&mut self) {
        self.width = self.clear.trailing_zeros() + 1;
        self.free = self.clear + 2;
        self.previous = None;
    }

    /// Returns the next code of a phrase; `None` at the end code or the end of the data.
    #[inline]
    fn next(&mut self, table: &mut LzwDecoder) -> Option<Result<u16, BadCode>> {
        if self.width == 0 {
            self.restart(table);
        }
        loop {
            let code = self.bits.take(self.width)?;
            if code == self.clear {
                self.begin();
                continue;
            }
            if code == self.clear + 1 {
                return None;
            }
            return Some(self.phrase(code, table));
        }
    }

    #[inline]
    fn phrase(&mut self, code: u16, table: &mut LzwDecoder) -> Result<u16, BadCode> {
        let Some(previous) = self.previous.replace(code) else {
            return if code < self.clear { Ok(code) } else { Err(BadCode) };
        };
        let is_full = usize::from(self.free) == MOST;
        if code > self.free || (code == self.free && is_full) {
            return Err(BadCode);
        }
        if is_full {
            self.is_deferred = true;
            return Ok(code);
        }
        // The next code may be the phrase that is just being added: its last symbol is then equal to its first.
        let begins = if code == self.free { previous } else { code };
        table.learn(self.free, previous, table.first[usize::from(begins)]);
        self.free += 1;
        if self.free.is_power_of_two() && self.width < 12 {
            self.width += 1;
        }
        Ok(code)
    }
}

/// Reads bits of sub-blocks, least significant bit first.
struct Bits<'a> {
    block: &'a [u8],
    rest: &'a [u8],
    buffer: u64,
    filled: u32,
}

impl Bits<'_> {
    #[inline]
    fn take(&mut self, width: u32) -> Option<u16> {
        while self.filled < width {
            self.fill()?;
        }
        let code = self.buffer as u16 & ((1 << width) - 1);
        self.buffer >>= width;
        self.filled -= width;
        Some(code)
    }

    #[inline]
    fn fill(&mut self) -> Option<()> {
        if let Some((four, rest)) = self.block.split_first_chunk::<4>() {
            self.buffer |= u64::from(u32::from_le_bytes(*four)) << self.filled;
            self.filled += 32;
            self.block = rest;
            return Some(());
        }
        if self.block.is_empty() {
            let (&length, rest) = self.rest.split_first()?;
            // A truncated sub-block gives the bytes it has.
            (self.block, self.rest) = rest.split_at(usize::from(length).min(rest.len()));
        }
        let (&byte, rest) = self.block.split_first()?;
        self.buffer |= u64::from(byte) << self.filled;
        self.filled += 8;
        self.block = rest;
        Some(())
    }
}
