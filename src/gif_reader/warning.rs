//! The warnings about a GIF, each with a stable code: what decoders treat differently. Measured with Chromium, Firefox,
//! ffmpeg, gifsicle, Pillow and the crate `gif`.

use std::fmt;

use crate::model::geometry::MAX_SIDE_PX;

/// Something odd about a GIF. [`Oddity::code`] is stable; the text is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// The file breaks off or goes wrong behind a whole frame.
    Damaged {
        /// Frames that could be read.
        kept: usize,
    },
    /// The file ends without its trailer.
    NoTrailer,
    /// Something follows the trailer.
    BytesBehindTrailer {
        /// How much.
        bytes: usize,
    },
    /// The signature is that of 1987.
    OldVersion,
    /// A control extension too short to say anything.
    ShortControl,
    /// An extension of no known kind.
    UnknownExtension {
        /// Its label.
        label: u8,
    },
    /// The loop count is in an extension that not all know.
    LoopVariant,
    /// A delay of 0 or 1 cs.
    ShortDelay {
        /// The delay.
        delay_cs: u16,
    },
    /// Neither a global nor a local color table.
    NoColorTable,
    /// A frame that leaves the screen.
    OutsideScreen,
    /// A frame without an area.
    EmptyFrame,
    /// Disposal to the background.
    BackgroundDisposal,
    /// The first frame is disposed to what was before, which is nothing.
    FirstToPrevious,
    /// A disposal that has no meaning.
    UnknownDisposal {
        /// Its number.
        number: u8,
    },
    /// An interlaced frame of a single row.
    InterlacedRow,
    /// A side that some decoders do not accept.
    LargeSide,
    /// The codes are invalid from some place on.
    BadCode,
    /// The codes end before the frame is full.
    MissingPixels {
        /// Pixels there are.
        found: u64,
        /// Pixels there should be.
        expected: u64,
    },
    /// The codes go on after the frame is full.
    ExtraPixels,
    /// The code table is used on after it is full.
    DeferredClear,
}

impl Oddity {
    /// The stable name, as JavaScript sees it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged { .. } => "DAMAGED",
            Self::NoTrailer => "NO_TRAILER",
            Self::BytesBehindTrailer { .. } => "BYTES_BEHIND_TRAILER",
            Self::OldVersion => "OLD_VERSION",
            Self::ShortControl => "SHORT_CONTROL",
            Self::UnknownExtension { .. } => "UNKNOWN_EXTENSION",
            Self::LoopVariant => "LOOP_VARIANT",
            Self::ShortDelay { .. } => "SHORT_DELAY",
            Self::NoColorTable => "NO_COLOR_TABLE",
            Self::OutsideScreen => "OUTSIDE_SCREEN",
            Self::EmptyFrame => "EMPTY_FRAME",
            Self::BackgroundDisposal => "BACKGROUND_DISPOSAL",
            Self::FirstToPrevious => "FIRST_TO_PREVIOUS",
            Self::UnknownDisposal { .. } => "UNKNOWN_DISPOSAL",
            Self::InterlacedRow => "INTERLACED_ROW",
            Self::LargeSide => "LARGE_SIDE",
            Self::BadCode => "BAD_CODE",
            Self::MissingPixels { .. } => "MISSING_PIXELS",
            Self::ExtraPixels => "EXTRA_PIXELS",
            Self::DeferredClear => "DEFERRED_CLEAR",
        }
    }
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged { kept } => {
                write!(
                    f,
                    "the file is damaged behind frame {}; some decoders show what is before, some nothing",
                    kept - 1
                )
            }
            Self::NoTrailer => f.write_str("the file ends without its trailer; Firefox does not mind, others do"),
            Self::BytesBehindTrailer { bytes } => {
                write!(f, "{bytes} bytes follow the trailer; decoders skip them, scanners may not")
            }
            Self::OldVersion => f.write_str("the signature is GIF87a; Firefox sizes the screen by the first frame"),
            Self::ShortControl => f.write_str("a control extension is too short to be of use"),
            Self::UnknownExtension { label } => {
                write!(f, "an extension with label {label:#04x} is of no known kind; strict decoders refuse the file")
            }
            Self::LoopVariant => f.write_str("the loop count is in an ANIMEXTS extension; gifsicle does not take it"),
            Self::ShortDelay { delay_cs } => {
                write!(f, "a delay of {} ms is played as 100 ms by browsers, as written by others", delay_cs * 10)
            }
            Self::NoColorTable => f.write_str("there is no color table for it; ffmpeg and the gif crate refuse it"),
            Self::OutsideScreen => f.write_str("it leaves the screen; browsers cut it off, ffmpeg refuses it"),
            Self::EmptyFrame => f.write_str("it has no area; every decoder does something else"),
            Self::BackgroundDisposal => {
                f.write_str("it is disposed to the background: transparent in browsers, a color in Pillow and Preview")
            }
            Self::FirstToPrevious => f.write_str("the first frame is disposed to what was before it, which is nothing"),
            Self::UnknownDisposal { number } => {
                write!(f, "disposal {number} has no meaning; browsers take 4 as 3 and the others as 0")
            }
            Self::InterlacedRow => f.write_str("it is interlaced and has one row, which Firefox does not draw"),
            Self::LargeSide => write!(f, "a side is above {MAX_SIDE_PX} pixels, which Chromium does not decode"),
            Self::BadCode => f.write_str("its codes are invalid from some place on; most decoders refuse it"),
            Self::MissingPixels { found, expected } => {
                write!(
                    f,
                    "its codes are for {found} of {expected} pixels; most decoders refuse it, browsers show a part"
                )
            }
            Self::ExtraPixels => {
                f.write_str("its codes go on after its last pixel; gifsicle and the gif crate complain")
            }
            Self::DeferredClear => {
                f.write_str("its code table is used on after it is full, which a few old viewers get wrong")
            }
        }
    }
}

/// An [`Oddity`] and, where it belongs to one, the index of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The frame.
    pub frame: Option<usize>,
    /// The kind of warning.
    pub oddity: Oddity,
}
