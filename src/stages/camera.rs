//! Where each step happens in, what the camera shows of it out.
//!
//! A page that is shown small is looked at as a whole and then from near: in its own pixels, at the place of the click, or
//! where most of the detail changed. All in integers.

use crate::model::busy_map::BusyMap;
use crate::model::click_marker::Point;
use crate::model::geometry::{Rect, Size};
use crate::model::plan::View;

/// Steps of the places that the camera goes to, as parts of what it shows: neighbors have the same place, and the same
/// pixels.
const STEPS: usize = 8;
/// A click in the outermost part of what is shown, one of so many of its side, is not near enough to stay.
const MARGIN: usize = 8;
/// The camera stays where it shows this share of what it would show at the best place, in percent.
const STAY: u64 = 60;
/// Less than this share of the change in one place, in percent, and the whole page is the place.
const GATHERED: u64 = 40;

/// What is known of the place of one step.
#[derive(Debug, Clone, Copy)]
pub struct CameraStep<'a> {
    /// What changed on its screenshot; `None` for a card.
    pub busy: Option<&'a BusyMap>,
    /// Where it was clicked, in pixels of the screenshot.
    pub click: Option<Point>,
}

/// What is shown of each step, in order, where `content` is what the screen has for screenshots. The camera makes at most
/// one move a step, and none where it shows the place already.
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

/// The part of a screenshot where something happens; `None` where that is all of it. `stays` is what is shown before.
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

/// The part of this size around a point that does not pass the screenshot's edges.
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

/// The part of this size with the most changed pixels, and how many it has. Of several the one nearest to their middle.
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
