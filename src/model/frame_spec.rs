//! Changes to a screenshot after it is decoded: redaction, crop, click markers, overlays.

use super::click_marker::{ClickMarker, Point};
use super::color::Color;
use super::geometry::Area;
use super::overlay::Overlay;

/// Changes to a screenshot. Empty by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrameSpec {
    /// Boxes of the screenshot that turn black right after decoding.
    pub redact: Vec<Area>,
    /// The visible part of the screenshot, in its pixels; the rest is cut off.
    pub view: Option<Area>,
    /// The color of a frame that has no screenshot, such as a title card.
    pub blank: Option<Color>,
    /// Click markers, in pixels of the screenshot; the first is painted first.
    pub marks: Vec<ClickMarker>,
    /// Overlays, in pixels of the screen; painted after the markers, the first one first.
    pub overlays: Vec<Overlay>,
}

impl FrameSpec {
    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let points = |mark: &ClickMarker| match mark {
            ClickMarker::Drag(points) => points.len() * size_of::<Point>(),
            ClickMarker::Click(_) | ClickMarker::Element(_) | ClickMarker::Pointer(_) => 0,
        };
        let lists = self.redact.len() * size_of::<Area>()
            + self.marks.len() * size_of::<ClickMarker>()
            + self.overlays.len() * size_of::<Overlay>();
        lists + self.marks.iter().map(points).sum::<usize>() + self.overlays.iter().map(Overlay::bytes).sum::<usize>()
    }
}
