//! The structure of a GIF, read while its bytes arrive: a push parser (GIF89a, sections 17 to 27).
//!
//! Two modules use the parser, and neither may import the other, so it is in the model: `gif_reader`, which has the whole file, and
//! `client`, which checks a download piece by piece and keeps none of it. The parser keeps at most 13 bytes and returns byte ranges
//! of the file instead of content.

use std::ops::Range;

use super::gif_constants::{CONTROL, EXTENSION, HEADER_BYTES, IMAGE, SIGNATURES, TRAILER, table_bytes};

/// A part of a GIF. Ranges are offsets in the file, [start, end) in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GifPart {
    /// Signature and logical screen descriptor; always the first part, returned before its color table has arrived.
    Screen {
        /// Whether the signature is that of 1987.
        is_87a: bool,
        /// Width in pixels, at least 1.
        width: u16,
        /// Height in pixels, at least 1.
        height: u16,
        /// The global color table; empty if there is none.
        table: Range<usize>,
    },
    /// A graphic control extension of fewer than 4 bytes, which is ignored.
    ShortControl,
    /// Any other extension. A complete graphic control extension is returned with the image that follows it.
    Extension {
        /// Its label.
        label: u8,
        /// Its sub-blocks, each a length and that many bytes, up to the length of 0.
        blocks: Range<usize>,
    },
    /// A complete image.
    Image(GifImage),
    /// The trailer. Nothing is read after it.
    Trailer,
}

/// An image of a GIF, with the graphic control extension before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GifImage {
    /// The control extension, if there is one.
    pub control: GifControl,
    /// Distance from the left edge of the screen in pixels.
    pub left: u16,
    /// Distance from the top edge of the screen in pixels.
    pub top: u16,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Whether its rows are stored in four passes.
    pub is_interlaced: bool,
    /// Its local color table; empty if there is none.
    pub table: Range<usize>,
    /// Minimum code size, 1 to 8, and the sub-blocks of codes with the length of 0 that ends them.
    pub data: Range<usize>,
    /// Start of the image, including its control extension.
    pub start: usize,
}

/// A graphic control extension.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GifControl {
    /// The number of the disposal, [0, 7].
    pub disposal: u8,
    /// The delay as written, in centiseconds.
    pub delay_cs: u16,
    /// The index of the transparent color, if there is one.
    pub transparent: Option<u8>,
    start: Option<usize>,
}

/// Bytes that cannot be part of a GIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadStructure {
    /// Description of the bytes.
    pub found: &'static str,
    /// The offset of the first of them.
    pub at: usize,
}

/// The end of the part of a GIF that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GifProgress {
    /// Within the logical screen descriptor.
    InHeader,
    /// At the end of a block.
    BetweenBlocks,
    /// Within a table or a block.
    InBlock,
    /// At the trailer.
    Whole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Header,
    /// Reading the global color table, with the number of missing bytes.
    GlobalTable(usize),
    Introducer,
    Label,
    BlockSize,
    Block(usize),
    Descriptor,
    LocalTable(usize),
    CodeSize,
    DataSize,
    Data(usize),
    End,
}

/// The parser.
#[derive(Debug, Clone)]
pub struct GifParser {
    state: State,
    /// Bytes read so far.
    position: usize,
    /// The first bytes of the header, of an image descriptor, or of the first sub-block of an extension.
    held: Vec<u8>,
    label: u8,
    /// Start of the current block, and of its sub-blocks or its local color table.
    start: usize,
    body: usize,
    /// Start of the data of the current image.
    data: usize,
    control: GifControl,
}

/// Maximum bytes of a sub-block that are kept: the size of a graphic control extension.
const CONTROL_BYTES: usize = 4;
/// Bytes of an image descriptor after its introducer.
const DESCRIPTOR_BYTES: usize = 9;

impl Default for GifParser {
    fn default() -> Self {
        Self {
            state: State::Header,
            position: 0,
            held: Vec::with_capacity(HEADER_BYTES),
            label: 0,
            start: 0,
            body: 0,
            data: 0,
            control: GifControl::default(),
        }
    }
}

impl GifParser {
    /// Consumes bytes of `input` up to the end of the next part; `None` if `input` ends before it, and after the trailer.
    ///
    /// # Errors
    /// [`BadStructure`] for bytes that cannot be part of a GIF. Nothing can be read after that.
    pub fn next(&mut self, input: &mut &[u8]) -> Result<Option<GifPart>, BadStructure> {
        while let Some((&byte, rest)) = input.split_first() {
            let at = self.position;
            let part = match self.state {
                State::End => return Ok(None),
                State::GlobalTable(left) | State::Block(left) | State::LocalTable(left) | State::Data(left) => {
                    let (now, later) = input.split_at(left.min(input.len()));
                    *input = later;
                    self.position = at.saturating_add(now.len());
                    self.skip(now, left - now.len());
                    continue;
                }
                State::Header => self.header(byte, rest)?,
                State::Introducer => self.introducer(byte)?,
                State::Label => {
                    (self.label, self.body, self.state) = (byte, at.saturating_add(1), State::BlockSize);
                    self.held.clear();
                    None
                }
                State::BlockSize if byte == 0 => self.extension(),
                State::BlockSize => {
                    self.state = State::Block(byte.into());
                    None
                }
                State::Descriptor => {
                    self.descriptor(byte);
                    None
                }
                State::CodeSize if (1..=8).contains(&byte) => {
                    (self.data, self.state) = (at, State::DataSize);
                    None
                }
                State::CodeSize => return Err(BadStructure { found: "an impossible code size", at }),
                State::DataSize if byte == 0 => Some(GifPart::Image(self.image())),
                State::DataSize => {
                    self.state = State::Data(byte.into());
                    None
                }
            };
            *input = rest;
            self.position = at.saturating_add(1);
            if part.is_some() {
                return Ok(part);
            }
        }
        Ok(None)
    }

    /// Bytes read so far.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The end of the part that was read.
    #[must_use]
    pub fn progress(&self) -> GifProgress {
        match self.state {
            State::Header => GifProgress::InHeader,
            State::Introducer => GifProgress::BetweenBlocks,
            State::End => GifProgress::Whole,
            _ => GifProgress::InBlock,
        }
    }

    /// Skips bytes of a table or a sub-block, of which `left` remain.
    fn skip(&mut self, bytes: &[u8], left: usize) {
        self.state = match self.state {
            State::GlobalTable(_) if left > 0 => State::GlobalTable(left),
            State::GlobalTable(_) => State::Introducer,
            State::LocalTable(_) if left > 0 => State::LocalTable(left),
            State::LocalTable(_) => State::CodeSize,
            State::Data(_) if left > 0 => State::Data(left),
            State::Data(_) => State::DataSize,
            _ => {
                // Only the first sub-block of a control extension says anything.
                let is_first = self.body.saturating_add(1 + self.held.len() + bytes.len()) == self.position;
                let room = if is_first { CONTROL_BYTES.saturating_sub(self.held.len()) } else { 0 };
                self.held.extend_from_slice(&bytes[..room.min(bytes.len())]);
                if left > 0 { State::Block(left) } else { State::BlockSize }
            }
        };
    }

    fn header(&mut self, byte: u8, rest: &[u8]) -> Result<Option<GifPart>, BadStructure> {
        self.held.push(byte);
        let known = self.held.len().min(SIGNATURES[0].len());
        if SIGNATURES.iter().all(|signature| self.held[..known] != signature[..known]) {
            let first = self.held.iter().chain(rest).find(|byte| !byte.is_ascii_whitespace());
            let found = if first == Some(&b'<') { "HTML or XML" } else { "other bytes" };
            return Err(BadStructure { found, at: 0 });
        }
        if self.held.len() < HEADER_BYTES {
            return Ok(None);
        }
        let (width, height) = (self.number(6), self.number(8));
        if width == 0 || height == 0 {
            return Err(BadStructure { found: "a screen without an area", at: 6 });
        }
        let bytes = table_bytes(self.held[10]);
        self.state = if bytes == 0 { State::Introducer } else { State::GlobalTable(bytes) };
        let is_87a = self.held.starts_with(SIGNATURES[0]);
        Ok(Some(GifPart::Screen { is_87a, width, height, table: HEADER_BYTES..HEADER_BYTES + bytes }))
    }

    fn introducer(&mut self, byte: u8) -> Result<Option<GifPart>, BadStructure> {
        self.start = self.position;
        self.held.clear();
        let (state, part) = match byte {
            EXTENSION => (State::Label, None),
            IMAGE => (State::Descriptor, None),
            TRAILER => (State::End, Some(GifPart::Trailer)),
            _ => return Err(BadStructure { found: "a block of no known kind", at: self.start }),
        };
        self.state = state;
        Ok(part)
    }

    /// Ends an extension.
    fn extension(&mut self) -> Option<GifPart> {
        self.state = State::Introducer;
        if self.label != CONTROL {
            return Some(GifPart::Extension { label: self.label, blocks: self.body..self.position.saturating_add(1) });
        }
        let &[flags, _, _, transparent] = &self.held[..] else { return Some(GifPart::ShortControl) };
        self.control = GifControl {
            disposal: flags >> 2 & 7,
            delay_cs: self.number(1),
            transparent: (flags & 1 == 1).then_some(transparent),
            start: Some(self.start),
        };
        None
    }

    fn descriptor(&mut self, byte: u8) {
        self.held.push(byte);
        if self.held.len() < DESCRIPTOR_BYTES {
            return;
        }
        self.body = self.position.saturating_add(1);
        let table = table_bytes(byte);
        self.state = if table == 0 { State::CodeSize } else { State::LocalTable(table) };
    }

    /// Ends an image.
    fn image(&mut self) -> GifImage {
        self.state = State::Introducer;
        let control = std::mem::take(&mut self.control);
        GifImage {
            control,
            left: self.number(0),
            top: self.number(2),
            width: self.number(4),
            height: self.number(6),
            is_interlaced: self.held[8] & 0x40 != 0,
            table: self.body..self.data,
            data: self.data..self.position.saturating_add(1),
            start: control.start.unwrap_or(self.start),
        }
    }

    fn number(&self, at: usize) -> u16 {
        u16::from(self.held[at]) | u16::from(self.held[at + 1]) << 8
    }
}

#[cfg(test)]
mod tests;
