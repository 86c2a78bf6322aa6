//! The options of an assembly, with their ranges and defaults.

use super::color::Color;
use super::delay::check_explicit;
use super::error::{ErrorKind, Result};
use super::geometry::{Rect, Size};
use super::limits::Limits;
use super::palette::Palette;
use super::progress_bar::ProgressBar;

/// How much work goes into making the file small. Each tries more than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Effort {
    /// One pass, hardly lossy.
    Fast,
    /// The default: much smaller, still quick.
    #[default]
    Balanced,
    /// Smallest file; visibly slower and a little less true.
    Smallest,
}

/// How a screenshot of another size gets onto the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// Scaled down as far as needed and centered; never cropped, never enlarged.
    #[default]
    Contain,
    /// At the top left, never scaled; what does not fit is cut off.
    None,
}

/// How often the GIF plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// For ever.
    #[default]
    Infinite,
    /// This many plays; at least 1.
    Plays(u16),
}

/// How long each frame stays.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Pace {
    /// Long enough to see what changed and to read the caption.
    #[default]
    Readable,
    /// The same time for every screenshot, in milliseconds: [`EXPLICIT_MS`](super::delay::EXPLICIT_MS).
    Uniform(f64),
}

/// Whether to dither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dither {
    /// Smooth areas that the palette is too short for, which would show bands.
    #[default]
    Auto,
    /// Nothing.
    None,
}

/// How many palettes a screenshot may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colors {
    /// One.
    #[default]
    Auto,
    /// Two where one leaves pixels too far from their colors: a second frame corrects them 20 ms later.
    Rich,
}

/// What is shown of a screenshot that is larger than the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Camera {
    /// All of it.
    #[default]
    Whole,
    /// All of it, and then the part where the step happens, in its own pixels. The plan says which; whoever carries it out
    /// gives each part as a frame of its own.
    Follow,
}

/// Everything that decides the output besides the screenshots themselves.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Options {
    /// Size of the logical screen. Default (`None`): the largest width and the largest height of all screenshots.
    pub screen: Option<Size>,
    /// Where on the screen screenshots go. Default (`None`): everywhere.
    pub content: Option<Rect>,
    /// The size that `content` stands for, if screenshots are to be scaled as it was to become `content`. Default (`None`):
    /// they are scaled no more than [`Options::fit`] asks.
    pub unscaled: Option<Size>,
    /// Color behind screenshots that leave room, and behind transparent ones. Default white.
    pub background: Color,
    /// What is shown of each screenshot. Default [`Camera::Whole`].
    pub camera: Camera,
    /// What to do with screenshots of another size. Default [`Fit::Contain`].
    pub fit: Fit,
    /// Work per byte saved. Default [`Effort::Balanced`].
    pub effort: Effort,
    /// How far a pixel may be from its color for the sake of size: 0 (not at all) to 100. Default (`None`): by effort.
    pub lossy: Option<u8>,
    /// Most colors a frame may have, 2..=256, the transparent one included. Default 256.
    pub max_colors: u16,
    /// Dithering. Default [`Dither::Auto`].
    pub dither: Dither,
    /// Palettes of a screenshot. Default [`Colors::Auto`].
    pub colors: Colors,
    /// Plays. Default [`Repeat::Infinite`].
    pub repeat: Repeat,
    /// Timing. Default [`Pace::Readable`].
    pub pace: Pace,
    /// Divides all times, 0.1..=16. Default 1.
    pub speed: f64,
    /// The most milliseconds that one play takes, at least 1000: times are shortened, and then steps left out, until it does.
    /// Default (`None`): as many as the times add up to.
    pub max_duration: Option<f64>,
    /// A bar that shows how far the GIF has come. Default (`None`): none.
    pub progress: Option<ProgressBar>,
    /// The color of marks. Default a pink that is rare on pages.
    pub mark_color: Color,
    /// Whether the list of steps is put into the file. Default false.
    pub embed_steps: bool,
    /// Whether identical neighbors stay separate frames. Default false: they become one and their time is kept.
    pub keep_duplicates: bool,
    /// Avoids what some old viewers get wrong: disposal "previous", frames without a transparent color. Default false.
    pub compat: bool,
    /// Fewest screenshots accepted. Default 2, as the endpoint requires.
    pub min_frames: usize,
    /// Whether sessions keep frames they have encoded, within the budget, to encode them again with other plans. Default false.
    pub retain: bool,
    /// Bytes a session may hold for frames that wait to be encoded; beyond, it decodes their screenshots again. Default 96 MiB.
    pub budget_bytes: usize,
    /// Bounds on input and output.
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
    /// Checks every range.
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
