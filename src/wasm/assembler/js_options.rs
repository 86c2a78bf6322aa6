//! Parses [`Options`] from a JavaScript object, whose names are those of the JavaScript library. A missing property
//! means the default.

use wasm_bindgen::{JsCast, JsValue};

use super::frame_spec;
use crate::model::color::Color;
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::geometry::{Rect, Size};
use crate::model::gif_options::{Camera, Colors, Dither, Effort, Fit, Options, Pace, Repeat};
use crate::model::limits::Limits;
use crate::model::progress_bar::ProgressBar;
use crate::model::steps::Step;
use crate::pipeline::FrameTiming;
use crate::wasm::js_object::get;

pub(super) fn bad(option: &'static str, expected: &str) -> Error {
    ErrorKind::BadOption { option, reason: format!("expected {expected}") }.into()
}

/// A non-negative whole number.
pub(super) fn whole(object: &JsValue, name: &'static str) -> Result<Option<u64>> {
    let Some(value) = get(object, name) else {
        return Ok(None);
    };
    match value.as_f64() {
        Some(number) if number >= 0.0 && number.fract() == 0.0 && number <= 9_007_199_254_740_992.0 => {
            Ok(Some(number as u64))
        }
        _ => Err(bad(name, "a whole number that is not negative")),
    }
}

/// Any number.
fn number(object: &JsValue, name: &'static str) -> Result<Option<f64>> {
    let value = get(object, name);
    value.map(|value| value.as_f64().ok_or_else(|| bad(name, "a number"))).transpose()
}

/// Returns the value of one of several words; the default if the property is absent.
fn choice<T: Copy + Default>(object: &JsValue, name: &'static str, words: &[(&str, T)]) -> Result<T> {
    let known: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
    let place = place_of_word(object, name, &known)?;
    Ok(place.and_then(|place| words.get(place)).map_or_else(T::default, |&(_, value)| value))
}

fn place_of_word(object: &JsValue, name: &'static str, known: &[&str]) -> Result<Option<usize>> {
    let Some(value) = get(object, name) else {
        return Ok(None);
    };
    let word = value.as_string().unwrap_or_default();
    let place = known.iter().position(|&known| known == word);
    place.map(Some).ok_or_else(|| bad(name, &known.join(" or ")))
}

fn flag(object: &JsValue, name: &'static str, default: bool) -> bool {
    get(object, name).and_then(|value| value.as_bool()).unwrap_or(default)
}

/// The options in `object`.
pub(super) fn from_js(object: &JsValue) -> Result<Options> {
    let default = Options::default();
    let side = |name| Ok::<_, Error>(whole(object, name)?.map(|side| side.min(u64::from(u32::MAX)) as u32));
    let screen = match (side("width")?, side("height")?) {
        (Some(width), Some(height)) => Some(Size::new(width, height)?),
        (None, None) => None,
        _ => return Err(bad("width", "width and height together")),
    };
    let content = match (get(object, "content"), screen) {
        (Some(content), Some(screen)) => Some(rect(&content, "content", screen)?),
        _ => None,
    };
    let unscaled = match get(object, "unscaled") {
        Some(size) => {
            let side = |name| Ok::<_, Error>(whole(&size, name)?.unwrap_or(0).min(u64::from(u16::MAX)) as u32);
            Some(Size::new(side("width")?, side("height")?)?)
        }
        None => None,
    };
    let options = Options {
        screen,
        content,
        unscaled,
        background: whole(object, "background")?.map_or(default.background, |color| Color::from_hex(color as u32)),
        camera: choice(object, "camera", &[("whole", Camera::Whole), ("follow", Camera::Follow)])?,
        fit: choice(object, "fit", &[("contain", Fit::Contain), ("none", Fit::None)])?,
        effort: choice(
            object,
            "effort",
            &[("fast", Effort::Fast), ("balanced", Effort::Balanced), ("smallest", Effort::Smallest)],
        )?,
        lossy: whole(object, "lossy")?.map(|lossy| lossy.min(255) as u8),
        max_colors: whole(object, "maxColors")?.map_or(default.max_colors, |colors| colors.min(65535) as u16),
        dither: choice(object, "dither", &[("auto", Dither::Auto), ("none", Dither::None)])?,
        colors: choice(object, "colors", &[("auto", Colors::Auto), ("rich", Colors::Rich)])?,
        repeat: repeat(object)?,
        pace: pace(object)?,
        speed: number(object, "speed")?.unwrap_or(default.speed),
        max_duration: number(object, "maxDuration")?,
        progress: progress(object, screen)?,
        mark_color: whole(object, "markColor")?.map_or(default.mark_color, |color| Color::from_hex(color as u32)),
        embed_steps: flag(object, "embedSteps", default.embed_steps),
        keep_duplicates: flag(object, "keepDuplicates", default.keep_duplicates),
        compat: flag(object, "compat", default.compat),
        min_frames: whole(object, "minFrames")?.map_or(default.min_frames, |frames| frames as usize),
        retain: flag(object, "retain", default.retain),
        budget_bytes: whole(object, "budgetBytes")?.map_or(default.budget_bytes, |bytes| bytes as usize),
        limits: limits(&get(object, "limits").unwrap_or_default())?,
    };
    options.check()?;
    Ok(options)
}

pub(super) fn rect(object: &JsValue, option: &'static str, screen: Size) -> Result<Rect> {
    let side = |name| Ok::<_, Error>(whole(object, name)?.unwrap_or(0).min(u64::from(u16::MAX)) as usize);
    Rect::new(side("left")?, side("top")?, side("width")?, side("height")?, screen)
        .ok_or_else(|| bad(option, "a rectangle inside the screen"))
}

fn progress(object: &JsValue, screen: Option<Size>) -> Result<Option<ProgressBar>> {
    let Some(bar) = get(object, "progress") else {
        return Ok(None);
    };
    let screen = screen.ok_or_else(|| bad("progress", "a screen of known size"))?;
    let color = |name| Ok::<_, Error>(Color::from_hex(whole(&bar, name)?.unwrap_or(0) as u32));
    let bar = ProgressBar::new(rect(&bar, "progress", screen)?, color("color")?, color("track")?, screen);
    bar.map(Some).ok_or_else(|| bad("progress", "a strip over the whole width at the top or the bottom"))
}

fn repeat(object: &JsValue) -> Result<Repeat> {
    let forever = get(object, "repeat").is_none_or(|value| value.as_string().as_deref() == Some("infinite"));
    if forever {
        return Ok(Repeat::Infinite);
    }
    Ok(match whole(object, "repeat")?.unwrap_or(0) {
        0 => Repeat::Infinite,
        plays => Repeat::Plays(plays.min(u64::from(u16::MAX)) as u16),
    })
}

fn pace(object: &JsValue) -> Result<Pace> {
    match get(object, "delay") {
        None => Ok(Pace::Readable),
        Some(value) if value.as_string().as_deref() == Some("readable") => Ok(Pace::Readable),
        Some(value) => value.as_f64().map(Pace::Uniform).ok_or_else(|| bad("delay", "\"readable\" or milliseconds")),
    }
}

/// The limits in `object`; all default if it is no object.
pub(super) fn limits(object: &JsValue) -> Result<Limits> {
    let default = Limits::default();
    let limit = |name, default| Ok::<_, Error>(whole(object, name)?.unwrap_or(default));
    Ok(Limits {
        input_bytes: limit("inputBytes", default.input_bytes)?,
        frame_pixels: limit("framePixels", default.frame_pixels)?,
        side_px: limit("sidePx", default.side_px)?,
        frames: limit("frames", default.frames)?,
        total_pixels: limit("totalPixels", default.total_pixels)?,
        output_bytes: limit("outputBytes", default.output_bytes)?,
    })
}

/// Steps from an array of `{ step?: { number?, caption?, failed?, url?, timestampMs?, view? } }`.
pub(super) fn steps(array: &JsValue) -> Vec<Option<Step>> {
    let items = array.dyn_ref::<js_sys::Array>().map(|array| array.iter().collect::<Vec<_>>()).unwrap_or_default();
    let step = |item: &JsValue| {
        let step = get(item, "step")?;
        let text = |name| get(&step, name).and_then(|value| value.as_string());
        let number = |name| get(&step, name).and_then(|value| value.as_f64());
        Some(Step {
            number: number("number"),
            caption: text("caption"),
            failed: get(&step, "failed").and_then(|value| value.as_bool()),
            url: text("url"),
            timestamp_ms: number("timestampMs"),
            view: get(&step, "view").and_then(|view| frame_spec::area(&view)),
        })
    };
    items.iter().map(step).collect()
}

/// Times from an array of `{ delayMs?, timestampMs?, caption?, failed? }`.
pub(super) fn timings(array: &JsValue) -> Vec<FrameTiming> {
    let items = array.dyn_ref::<js_sys::Array>().map(|array| array.iter().collect::<Vec<_>>()).unwrap_or_default();
    let number = |item: &JsValue, name| get(item, name).and_then(|value| value.as_f64());
    items
        .iter()
        .map(|item| FrameTiming {
            delay_ms: number(item, "delayMs"),
            timestamp_ms: number(item, "timestampMs"),
            caption: get(item, "caption").and_then(|value| value.as_string()),
            click: get(item, "click").and_then(|click| frame_spec::point(&click)),
            failed: flag(item, "failed", false),
        })
        .collect()
}
