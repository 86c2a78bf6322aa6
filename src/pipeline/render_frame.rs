//! The first half of the analyze phase: one encoded screenshot in, the screen that the GIF shows of it out.

use crate::model::error::{ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::geometry::{Rect, Size};
use crate::model::options::Options;
use crate::model::overlay::Overlay;
use crate::model::raster::Raster;
use crate::stages::compose::Layout;
use crate::stages::{click_markers, compose, decode, overlay, redact};

/// Renders the frames of one assembly.
#[derive(Debug, Clone, Copy)]
pub(super) struct FrameRenderer<'a> {
    pub options: &'a Options,
    pub screen: Size,
    /// Where on the screen screenshots go.
    pub content: Rect,
}

impl FrameRenderer<'_> {
    /// Decodes a screenshot and composes the screen that shows it: redaction, scaling, marks, overlays, progress bar. Says
    /// too whether the screenshot is damaged.
    ///
    /// # Errors
    /// Those of decoding, and `REDACTION_FAILED`.
    pub fn render(&self, bytes: &[u8], spec: &FrameSpec) -> Result<(Raster, bool)> {
        let &Options { background, fit, unscaled, ref limits, .. } = self.options;
        let mut is_damaged = false;
        let mut shown = if let Some(color) = spec.blank {
            if !spec.redact.is_empty() {
                let reason = "there is no screenshot to hide anything of".into();
                return Err(ErrorKind::RedactionFailed { reason }.into());
            }
            Raster::filled(self.screen, color)?
        } else {
            let decoded = decode::decode(bytes, background, limits)?;
            is_damaged = decoded.is_damaged;
            let mut raster = decoded.raster;
            redact::redact(&mut raster, &spec.redact)?;
            let layout = Layout { content: self.content, unscaled, fit };
            let placement = compose::placement(raster.size(), layout);
            let mut screen = compose::compose(raster, self.screen, layout, background)?;
            let marks = click_markers::overlays(&spec.marks, self.options.mark_color, &placement, self.screen.width())?;
            overlay::paint(&mut screen, &marks);
            screen
        };
        overlay::paint(&mut shown, &spec.overlays);
        if let Some(bar) = &self.options.progress {
            overlay::paint(&mut shown, &[Overlay::solid(bar.rect(), bar.track())]);
        }
        Ok((shown, is_damaged))
    }
}
