//! The choice of disposal "restore to previous": a menu that opens and closes is drawn once, and the page behind it is not
//! drawn again.

use crate::model::frame_stats::{ChangeStats, FrameStats};
use crate::model::plan::{Base, FramePlan};

/// Disposal "previous" is used only if it lowers the estimated file size by at least this many percent: about six decoders
/// do not restore the previous frame correctly.
const LEAST_SAVED: u64 = 5;

/// Whether a plan that restores previous frames saves enough, by the estimated sizes of the file without and with it.
pub(super) fn pays(kept: u64, restored: u64) -> bool {
    restored * 100 <= kept * (100 - LEAST_SAVED)
}

/// Estimated size of a change in the file, without a unit: flat pixels count one 16th of busy ones.
pub(super) fn cost(change: &ChangeStats) -> u64 {
    u64::from(change.busy) + u64::from(change.pixels) / 16
}

/// Chooses the base of a frame: [`Base::BeforePrevious`] if disposal "previous" of the frame before leaves less to draw.
/// Possible only if the frame before was itself drawn on its predecessor and stands for one screenshot: otherwise the
/// restored picture is not the one that `on_before_previous` was compared with.
pub(super) fn base(report: &FrameStats, before: Option<&FramePlan>, may_restore: bool) -> Base {
    let cost_of = |change: &Option<ChangeStats>| change.as_ref().map_or(0, cost);
    let possible = may_restore
        && report.on_before_previous.is_some()
        && before
            .is_some_and(|before| before.frame_index > 0 && before.frame_count == 1 && before.base == Base::Previous);
    if possible && cost_of(&report.on_before_previous) < cost_of(&report.on_previous) {
        Base::BeforePrevious
    } else {
        Base::Previous
    }
}
