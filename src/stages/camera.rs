//! The changes and the click of each step in, the part of each screenshot that the GIF shows out.
//!
//! With `camera: "follow"`, a step of a page that is larger than the GIF is shown as a close-up in the page's own pixels: at
//! the place of the click, or where most of the detail changed. Computed in integers.

use crate::model::busy_map::BusyMap;
use crate::model::click_marker::Point;
use crate::model::geometry::{Rect, Size};
use crate::model::plan::View;

/// Positions of a close-up are multiples of its side divided by this, so that steps close to each other get the same
/// close-up and share unchanged pixels.
const STEPS: usize = 8;
/// The camera moves if a click is closer to the edge of the close-up than its side divided by this.
const MARGIN: usize = 8;
/// The camera stays if its close-up has at least this percentage of the changed pixels of the best one.
const STAY: u64 = 60;
/// If the best close-up has less than this percentage of all changed pixels, the whole page is shown.
const GATHERED: u64 = 40;

/// The properties of one step that the camera depends on.
#[derive(Debug, Clone, Copy)]
pub struct CameraStep<'a> {
    /// The changed detail of its screenshot; `None` for a title card.
    pub busy: Option<&'a BusyMap>,
    /// The point that was clicked, in pixels of the screenshot.
    pub click: Option<Point>,
}

/// Returns the visible part of each step, in order. `content` is the size of the screen's area for screenshots. The camera moves
/// at most once a step, and not at all if its close-up shows the place already.
#[must_use]
pub fn follow(steps: &[CameraStep], content: Size) -> Vec<View> {
    let mut current: Option<(Size, Rect)> = None;
    let mut views = Vec::with_capacity(steps.len());
    for step in steps {
        let stays = step.busy.and_then(|busy| current.filter(|(source, _)| *source == busy.source)).map(|(_, at)| at);
        let close = step.busy.and_then(|busy| close_up(busy, step.click, stays, content));
        views.push(View { whole: close.is_none() || close != stays, close });
        current = close.zip(step.busy).map(|(at, busy)| (busy.source, at));
    }
    views
}

/// Returns the close-up of a step; `None` for the whole screenshot. `stays` is the close-up before.
fn close_up(busy: &BusyMap, click: Option<Point>, stays: Option<Rect>, content: Size) -> Option<Rect> {
    let source = busy.source;
    let (width, height) = (source.width().min(content.width()), source.height().min(content.height()));
    if (width, height) == (source.width(), source.height()) {
        return None;
    }
    if let Some(click) = click {
        let (x, y) = (clamped(click.left, source.width()), clamped(click.top, source.height()));
        let inner =
            |at: usize, start: usize, len: usize| (start + len / MARGIN..start + len - len / MARGIN).contains(&at);
        return stays
            .filter(|at| inner(x, at.left(), at.width()) && inner(y, at.top(), at.height()))
            .or_else(|| around(x, y, width, height, source));
    }
    let total = busy.total();
    if total == 0 {
        return stays;
    }
    let (best, at) = busiest(busy, width, height)?;
    if best * 100 < total * GATHERED {
        return None;
    }
    stays.filter(|&at| busy.within(at) * 100 >= best * STAY).or(Some(at))
}

fn clamped(at: i64, len: usize) -> usize {
    at.clamp(0, len as i64 - 1) as usize
}

/// Returns the close-up of this size around a point, moved inside the screenshot.
fn around(x: usize, y: usize, width: usize, height: usize, source: Size) -> Option<Rect> {
    let start = |at: usize, len: usize, most: usize| {
        let step = step(len);
        ((at.saturating_sub(len / 2) + step / 2) / step * step).min(most - len)
    };
    Rect::new(start(x, width, source.width()), start(y, height, source.height()), width, height, source)
}

fn step(len: usize) -> usize {
    (len / STEPS).max(1)
}

/// Returns the close-up of this size with the most changed pixels, and their number. If several have as many, the one nearest
/// to their mean position.
fn busiest(busy: &BusyMap, width: usize, height: usize) -> Option<(u64, Rect)> {
    let source = busy.source;
    let starts = |len: usize, most: usize| (0..most - len).step_by(step(len)).chain([most - len]);
    let mut places = Vec::new();
    for top in starts(height, source.height()) {
        for left in starts(width, source.width()) {
            places.extend(Rect::new(left, top, width, height, source).map(|at| (busy.within(at), at)));
        }
    }
    let best = places.iter().map(|&(pixels, _)| pixels).max()?;
    places.retain(|&(pixels, _)| pixels == best);
    let count = places.len();
    let left = places.iter().map(|(_, at)| at.left()).sum::<usize>() / count;
    let top = places.iter().map(|(_, at)| at.top()).sum::<usize>() / count;
    places.into_iter().min_by_key(|(_, at)| at.left().abs_diff(left) + at.top().abs_diff(top))
}

#[cfg(test)]
mod tests;
