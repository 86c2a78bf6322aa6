//! The first half of the analyze phase: one encoded screenshot in, the composed screen out.

use std::rc::Rc;

use crate::model::click_marker::Placement;
use crate::model::error::{ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::geometry::{Rect, Size};
use crate::model::gif_options::{Camera, Options};
use crate::model::overlay::Overlay;
use crate::model::raster::Raster;
use crate::stages::compose::Layout;
use crate::stages::{click_markers, compose, crop, decode, overlay, redact};

/// A decoded screenshot, redacted.
#[derive(Debug, Clone)]
pub(super) struct DecodedScreenshot {
    raster: Rc<Raster>,
    is_damaged: bool,
}

/// A composed screen.
#[derive(Debug)]
pub(super) struct RenderedFrame {
    pub screen: Raster,
    /// Whether the screenshot is damaged.
    pub is_damaged: bool,
    /// Position of the screenshot on the screen; `None` for a frame without screenshot.
    pub placement: Option<Placement>,
    /// The decoded screenshot, if another part of it may be shown next.
    pub screenshot: Option<DecodedScreenshot>,
}

/// Renders the frames of one assembly.
#[derive(Debug, Clone, Copy)]
pub(super) struct FrameRenderer<'a> {
    pub options: &'a Options,
    pub screen: Size,
    /// Layout of screenshots on the screen.
    pub content: Rect,
}

impl FrameRenderer<'_> {
    /// Decodes a screenshot, unless it is `decoded` already, and composes the screen: redaction, crop, scaling, click markers,
    /// overlays, progress bar.
    ///
    /// # Errors
    /// Those of decoding, and `REDACTION_FAILED`.
    pub fn render(&self, bytes: &[u8], spec: &FrameSpec, decoded: Option<DecodedScreenshot>) -> Result<RenderedFrame> {
        let &Options { background, fit, unscaled, .. } = self.options;
        let (mut is_damaged, mut shown_at, mut screenshot) = (false, None, None);
        let mut shown = if let Some(color) = spec.blank {
            if !spec.redact.is_empty() {
                let reason = "there is no screenshot to hide anything of".into();
                return Err(ErrorKind::RedactionFailed { reason }.into());
            }
            Raster::filled(self.screen, color)?
        } else {
            let whole = decoded.map_or_else(|| self.decode(bytes, spec), Ok)?;
            is_damaged = whole.is_damaged;
            screenshot = (self.options.camera == Camera::Follow).then(|| whole.clone());
            let raster = match spec.view {
                Some(view) => crop::crop(&whole.raster, view)?,
                None => Rc::unwrap_or_clone(whole.raster),
            };
            // A close-up is shown in the screenshot's own pixels.
            let unscaled = unscaled.filter(|_| spec.view.is_none());
            let layout = Layout { content: self.content, unscaled, fit };
            let placement = compose::placement(raster.size(), layout);
            let mut screen = compose::compose(raster, self.screen, layout, background)?;
            let marks = click_markers::overlays(&spec.marks, self.options.mark_color, &placement, self.screen.width())?;
            overlay::paint(&mut screen, &marks);
            shown_at = Some(placement);
            screen
        };
        overlay::paint(&mut shown, &spec.overlays);
        if let Some(bar) = &self.options.progress {
            overlay::paint(&mut shown, &[Overlay::solid(bar.rect(), bar.track())]);
        }
        Ok(RenderedFrame { screen: shown, is_damaged, placement: shown_at, screenshot })
    }

    fn decode(&self, bytes: &[u8], spec: &FrameSpec) -> Result<DecodedScreenshot> {
        let mut decoded = decode::decode(bytes, self.options.background, &self.options.limits)?;
        redact::redact(&mut decoded.raster, &spec.redact)?;
        Ok(DecodedScreenshot { raster: Rc::new(decoded.raster), is_damaged: decoded.is_damaged })
    }
}
