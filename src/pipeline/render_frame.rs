//! The first half of the analyze phase: one encoded screenshot in, the composed screen out.

use std::rc::Rc;

use crate::model::click_marker::Placement;
use crate::model::error::{ErrorKind, Result};
use crate::model::frame_spec::FrameSpec;
use crate::model::geometry::{Rect, Size};
use crate::model::gif_options::Options;
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

impl DecodedScreenshot {
    /// Bytes of memory of its pixels.
    pub fn bytes(&self) -> usize {
        size_of_val(self.raster.pixels())
    }
}

/// A composed screen.
#[derive(Debug)]
pub(super) struct RenderedFrame {
    pub screen: Raster,
    /// Whether the screenshot is damaged.
    pub is_damaged: bool,
    /// Position of the screenshot on the screen; `None` for a frame without screenshot.
    pub placement: Option<Placement>,
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
    /// The screen of a frame without a screenshot: one color, and what is painted over it.
    ///
    /// # Errors
    /// `REDACTION_FAILED` where something is to be hidden.
    pub fn blank(&self, spec: &FrameSpec) -> Result<RenderedFrame> {
        if !spec.redact.is_empty() {
            let reason = "there is no screenshot to hide anything of".into();
            return Err(ErrorKind::RedactionFailed { reason }.into());
        }
        let screen = Raster::filled(self.screen, spec.blank.unwrap_or_default())?;
        Ok(RenderedFrame { screen: self.painted(screen, spec), is_damaged: false, placement: None })
    }

    /// Composes the screen that shows a screenshot: the part in view, scaling, marks, overlays, progress bar.
    ///
    /// # Errors
    /// `BAD_OPTION` for a view outside the screenshot; `OUT_OF_MEMORY`.
    pub fn render(
        &self,
        DecodedScreenshot { raster, is_damaged }: DecodedScreenshot,
        spec: &FrameSpec,
    ) -> Result<RenderedFrame> {
        let &Options { background, fit, unscaled, mark_color, .. } = self.options;
        // A part is shown in the screenshot's own pixels.
        let layout = Layout { content: self.content, unscaled: unscaled.filter(|_| spec.view.is_none()), fit };
        let shown = match spec.view {
            Some(view) => Rc::new(crop::crop(&raster, view)?),
            None => raster,
        };
        let placement = compose::placement(shown.size(), layout);
        let mut screen = compose::compose(shown, self.screen, layout, background)?;
        let marks = click_markers::overlays(&spec.marks, mark_color, &placement, self.screen.width())?;
        overlay::paint(&mut screen, &marks);
        Ok(RenderedFrame { screen: self.painted(screen, spec), is_damaged, placement: Some(placement) })
    }

    /// The screen with its overlays and the track of the progress bar.
    fn painted(&self, mut screen: Raster, spec: &FrameSpec) -> Raster {
        overlay::paint(&mut screen, &spec.overlays);
        if let Some(bar) = &self.options.progress {
            overlay::paint(&mut screen, &[Overlay::solid(bar.rect(), bar.track())]);
        }
        screen
    }

    /// Decodes a screenshot and hides what is to be hidden of it.
    ///
    /// # Errors
    /// Those of decoding, and `REDACTION_FAILED`.
    pub fn decode(&self, bytes: &[u8], spec: &FrameSpec) -> Result<DecodedScreenshot> {
        let mut decoded = decode::decode(bytes, self.options.background, &self.options.limits)?;
        redact::redact(&mut decoded.raster, &spec.redact)?;
        Ok(DecodedScreenshot { raster: Rc::new(decoded.raster), is_damaged: decoded.is_damaged })
    }
}
