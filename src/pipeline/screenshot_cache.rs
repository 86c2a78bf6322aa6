//! Screenshots as they were decoded, for the views from near that are planned only when all of them have been compared.

use std::collections::VecDeque;
use std::rc::Rc;

use super::render_frame::DecodedScreenshot;
use crate::model::geometry::Area;

/// Decoded screenshots within a budget, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct ScreenshotCache {
    entries: VecDeque<Entry>,
    bytes: usize,
}

/// A screenshot is known by its file and by what is hidden of it: both lead to the same pixels.
#[derive(Debug)]
struct Entry {
    file: Rc<[u8]>,
    redact: Vec<Area>,
    decoded: DecodedScreenshot,
}

impl Entry {
    fn bytes(&self) -> usize {
        self.file.len() + self.decoded.bytes()
    }
}

impl ScreenshotCache {
    /// The screenshot of this file, if it is kept.
    pub fn find(&self, file: &[u8], redact: &[Area]) -> Option<DecodedScreenshot> {
        // The latest is asked for most: its view from near comes right behind it.
        let mut entries = self.entries.iter().rev();
        entries.find(|entry| *entry.file == *file && entry.redact == redact).map(|entry| entry.decoded.clone())
    }

    /// Keeps a screenshot that [`ScreenshotCache::find`] has not found. Without room within `budget_bytes` it takes the place
    /// of the latest: the earlier ones are needed first when the frames are analyzed again, in the same order.
    pub fn insert(&mut self, file: &[u8], redact: &[Area], decoded: DecodedScreenshot, budget_bytes: usize) {
        let entry = Entry { file: file.into(), redact: redact.to_vec(), decoded };
        while self.bytes + entry.bytes() > budget_bytes
            && let Some(last) = self.entries.pop_back()
        {
            self.bytes -= last.bytes();
        }
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
    }

    /// Drops the earliest screenshots until `budget_bytes` suffice; the latest stays.
    pub fn shrink_to(&mut self, budget_bytes: usize) {
        while self.bytes > budget_bytes
            && self.entries.len() > 1
            && let Some(first) = self.entries.pop_front()
        {
            self.bytes -= first.bytes();
        }
    }
}
