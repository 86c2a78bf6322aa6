//! The options of an assembly, with their ranges and defaults.

use super::color::Color;
use super::delay::check_explicit;
use super::error::{ErrorKind, Result};
use super::geometry::{Rect, Size};
use super::limits::Limits;
use super::palette::Palette;
use super::progress_bar::ProgressBar;

/// Computing effort for a smaller file, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Effort {
    /// One pass, hardly lossy.
    Fast,
    /// The default: much smaller, still quick.
    #[default]
    Balanced,
    /// Smallest file; noticeably slower, with slightly larger errors.
    Smallest,
}

/// Placement of a screenshot of another size on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// Scaled down as far as needed and centered; never cropped, never enlarged.
    #[default]
    Contain,
    /// At the top left, never scaled; the part that does not fit is cut off.
    None,
}

/// Number of plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// For ever.
    #[default]
    Infinite,
    /// This many plays; at least 1.
    Plays(u16),
}

/// Choice of the delays of frames.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Pace {
    /// Long enough to see the change and to read the caption.
    #[default]
    Readable,
    /// The same time for every screenshot, in milliseconds: [`EXPLICIT_MS`](super::delay::EXPLICIT_MS).
    Uniform(f64),
}

/// Choice of dithering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dither {
    /// Smooth areas whose colors do not fit the palette, which would show bands.
    #[default]
    Auto,
    /// No dithering.
    None,
}

/// Number of palettes of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colors {
    /// One.
    #[default]
    Auto,
    /// Two if one leaves pixels too far from their colors: a second image corrects them 20 ms later.
    Rich,
}

/// The visible part of a screenshot that is larger than the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Camera {
    /// All of it.
    #[default]
    Whole,
    /// First all of it, and then the part where the step happens, in its own pixels. The plan contains the part; the caller adds it
    /// as a separate frame.
    Follow,
}

/// Everything besides the screenshots that the output depends on.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Options {
    /// Size of the logical screen. Default (`None`): the largest width and the largest height of all screenshots.
    pub screen: Option<Size>,
    /// Area of the screen for screenshots. Default (`None`): all of it.
    pub content: Option<Rect>,
    /// The size of `content` before it was scaled; screenshots are scaled by the same ratio. Default (`None`): they are only scaled
    /// by [`Options::fit`].
    pub unscaled: Option<Size>,
    /// Color beside smaller screenshots and behind transparent ones. Default white.
    pub background: Color,
    /// The visible part of each screenshot. Default [`Camera::Whole`].
    pub camera: Camera,
    /// Placement of screenshots of another size. Default [`Fit::Contain`].
    pub fit: Fit,
    /// Computing effort. Default [`Effort::Balanced`].
    pub effort: Effort,
    /// Maximum distance of a pixel from its color, for a smaller file: 0 (lossless) to 100. Default (`None`): by effort.
    pub lossy: Option<u8>,
    /// Maximum number of colors of a frame, 2..=256, including the transparent one. Default 256.
    pub max_colors: u16,
    /// Dithering. Default [`Dither::Auto`].
    pub dither: Dither,
    /// Number of palettes of a frame. Default [`Colors::Auto`].
    pub colors: Colors,
    /// Number of plays. Default [`Repeat::Infinite`].
    pub repeat: Repeat,
    /// Delays. Default [`Pace::Readable`].
    pub pace: Pace,
    /// Divisor of all delays, 0.1..=16. Default 1.
    pub speed: f64,
    /// Maximum length of one play in milliseconds, at least 1000: delays are shortened, then steps are left out. Default (`None`): no
    /// limit.
    pub max_duration: Option<f64>,
    /// The progress bar. Default (`None`): none.
    pub progress: Option<ProgressBar>,
    /// The color of click markers. Default a pink that is rare on pages.
    pub mark_color: Color,
    /// Whether the list of steps is stored in the file. Default false.
    pub embed_steps: bool,
    /// Whether identical consecutive screenshots stay separate frames. Default false: they become one frame with their total time.
    pub keep_duplicates: bool,
    /// Avoids features that some old viewers show wrongly: disposal "previous", frames without a transparent color. Default false.
    pub compat: bool,
    /// Minimum number of screenshots. Default 2, as for the endpoint.
    pub min_frames: usize,
    /// Whether sessions keep frames they have encoded, within the budget, to encode them again with other plans. Default false.
    pub retain: bool,
    /// Maximum bytes that a session holds for frames that wait to be encoded; other screenshots are decoded again. Default 96 MiB.
    pub budget_bytes: usize,
    /// Limits of input and output.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            screen: None,
            content: None,
            unscaled: None,
            background: Color::WHITE,
            camera: Camera::default(),
            fit: Fit::default(),
            effort: Effort::default(),
            lossy: None,
            max_colors: Palette::MAX_ENTRIES as u16,
            dither: Dither::default(),
            colors: Colors::default(),
            repeat: Repeat::default(),
            pace: Pace::default(),
            speed: 1.0,
            max_duration: None,
            progress: None,
            mark_color: Color::from_hex(0xff_3b_6b),
            embed_steps: false,
            keep_duplicates: false,
            compat: false,
            min_frames: 2,
            retain: false,
            budget_bytes: 96 << 20,
            limits: Limits::default(),
        }
    }
}

impl Options {
    /// Checks the ranges of all options.
    ///
    /// # Errors
    /// `BAD_OPTION` with the option's name, what was expected and what was found.
    pub fn check(&self) -> Result<()> {
        let bad = |option, reason| Err(ErrorKind::BadOption { option, reason }.into());
        if !(2..=256).contains(&self.max_colors) {
            return bad("maxColors", format!("expected 2..=256, found {}", self.max_colors));
        }
        if self.lossy.is_some_and(|lossy| lossy > 100) {
            return bad("lossy", format!("expected 0..=100, found {}", self.lossy.unwrap_or_default()));
        }
        if self.repeat == Repeat::Plays(0) {
            return bad("repeat", "expected at least one play, found 0".into());
        }
        if let Pace::Uniform(ms) = self.pace {
            check_explicit("delay", ms)?;
        }
        if !(0.1..=16.0).contains(&self.speed) {
            return bad("speed", "expected 0.1..=16, found another".into());
        }
        if self.max_duration.is_some_and(|ms| !(1000.0..=4e9).contains(&ms)) {
            return bad("maxDuration", "expected 1000..=4000000000 ms, found another".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_valid_and_nonsense_is_named() {
        assert!(Options::default().check().is_ok());
        for (options, name) in [
            (Options { max_colors: 1, ..Options::default() }, "maxColors"),
            (Options { lossy: Some(101), ..Options::default() }, "lossy"),
            (Options { repeat: Repeat::Plays(0), ..Options::default() }, "repeat"),
            (Options { pace: Pace::Uniform(f64::NAN), ..Options::default() }, "delay"),
            (Options { pace: Pace::Uniform(1.5), ..Options::default() }, "expected 20..=86400000 ms, found 1"),
            (Options { pace: Pace::Uniform(f64::INFINITY), ..Options::default() }, "delay"),
            (Options { speed: f64::NAN, ..Options::default() }, "speed"),
            (Options { max_duration: Some(20.0), ..Options::default() }, "maxDuration"),
        ] {
            let error = options.check().unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
        }
    }
}
