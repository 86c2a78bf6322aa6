//! The result of the plan phase: the frames of the GIF, and how each is encoded.

use super::color::Color;
use super::delay::{Delay, DelayParts, GivenUp};
use super::error::Result;
use super::geometry::Rect;
use super::indexed_frame::Disposal;
use super::progress_bar::Tick;
use super::worker_message::{MessageReader, MessageWriter};

/// The picture a frame is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The screen that the frame before showed.
    Previous,
    /// The screen before that, restored by disposal "previous".
    BeforePrevious,
}

/// The plan of one frame of the GIF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FramePlan {
    /// Frame index of the frame that it shows: the first one if duplicates are merged.
    pub frame_index: u32,
    /// Number of consecutive frames that are merged into it, at least 1.
    pub frame_count: u32,
    /// The screen that it is drawn on.
    pub base: Base,
    /// What happens to it after its delay.
    pub disposal: Disposal,
    /// Its delay, the time of its ticks included.
    pub delay: Delay,
    /// The ticks at which the progress bar grows during the delay. A frame with ticks never has disposal "previous".
    pub ticks: Vec<Tick>,
    /// Whether a second image follows after [`FramePlan::FIRST_IMAGE_DELAY`], with a palette for the pixels that the first one
    /// missed. Such a frame never has disposal "previous".
    pub has_second_image: bool,
    /// Whether the palette holds all colors, so that every pixel is written exactly.
    pub exact: bool,
    /// As [`Options::lossy`](crate::Options::lossy).
    pub lossy: Option<u8>,
    /// As [`Options::max_colors`](crate::Options::max_colors).
    pub max_colors: u16,
    /// Colors that every frame keeps exactly, so that later frames know what the screen shows.
    pub pinned: Vec<Color>,
    /// The colors of the global color table, if the file has one; this frame then has no local table.
    pub global: Vec<Color>,
}

/// The visible part of one frame: the whole screenshot, a part of it, or one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// Whether the whole screenshot is shown first.
    pub whole: bool,
    /// The close-up, in pixels of the screenshot.
    pub close: Option<Rect>,
}

/// The plan of the whole GIF.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// One entry per frame of the GIF, in order.
    pub frames: Vec<FramePlan>,
    /// Why each frame stays as long as it does.
    pub why: Vec<DelayParts>,
    /// The visible part of each frame, if the camera follows; else empty.
    pub views: Vec<View>,
    /// Frame indices to leave out since the GIF is too long, ascending; the others have to be analyzed and planned again. Empty in a
    /// plan that can be encoded.
    pub left_out: Vec<u32>,
    /// The reductions of the delays.
    pub given_up: GivenUp,
    /// The global color table's colors; empty if every frame has its own.
    pub global: Vec<Color>,
}

impl FramePlan {
    /// Delay of the first of two images of a frame.
    pub const FIRST_IMAGE_DELAY: Delay = Delay::MIN;

    const MAGIC: u32 = 0x4c50_4704;

    /// How many images of the file it takes.
    #[must_use]
    pub fn images(&self) -> usize {
        let before_ticks = match self.second_image_delay() {
            Some(second) => 1 + second.images(),
            None => self.before_ticks().images(),
        };
        before_ticks + self.ticks.iter().map(|tick| tick.delay.images()).sum::<usize>()
    }

    /// Delay of its second image, up to its first tick; `None` if it has no second image.
    #[must_use]
    pub fn second_image_delay(&self) -> Option<Delay> {
        let rest = self.before_ticks().centiseconds().saturating_sub(Self::FIRST_IMAGE_DELAY.centiseconds());
        self.has_second_image.then(|| Delay::clamped(rest.into()))
    }

    /// Whether its time before the first tick is long enough for two images.
    #[must_use]
    pub fn has_time_for_two_images(&self) -> bool {
        let least_cs = Self::FIRST_IMAGE_DELAY.centiseconds() + Delay::MIN.centiseconds();
        self.before_ticks().centiseconds() >= least_cs
    }

    /// The time before its first tick, that of both images included.
    #[must_use]
    pub fn before_ticks(&self) -> Delay {
        let ticking: u64 = self.ticks.iter().map(|tick| u64::from(tick.delay.centiseconds())).sum();
        Delay::clamped(u64::from(self.delay.centiseconds()).saturating_sub(ticking))
    }

    /// The plan as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = MessageWriter::default();
        let flags = u32::from(self.base == Base::BeforePrevious)
            | u32::from(self.disposal == Disposal::Previous) << 1
            | u32::from(self.exact) << 2
            | u32::from(self.lossy.is_some()) << 3
            | u32::from(self.has_second_image) << 4
            | u32::from(self.lossy.unwrap_or_default()) << 8
            | u32::from(self.max_colors) << 16;
        writer.u32(Self::MAGIC).u32(self.frame_index).u32(self.frame_count).u32(flags).u32(self.delay.centiseconds());
        let ticks: Vec<u32> = self
            .ticks
            .iter()
            .flat_map(|tick| [tick.left.into(), tick.width.into(), tick.delay.centiseconds()])
            .collect();
        writer.list(ticks.into_iter());
        let bits = |color: &Color| color.bits();
        writer.list(self.pinned.iter().map(bits)).list(self.global.iter().map(bits));
        writer.into_bytes()
    }

    /// Reads what [`FramePlan::to_bytes`] wrote.
    ///
    /// # Errors
    /// `BAD_MESSAGE` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut reader = MessageReader::new(bytes, "a frame plan");
        if reader.u32()? != Self::MAGIC {
            return Err(reader.damaged());
        }
        let [frame_index, frame_count, flags, delay] = [reader.u32()?, reader.u32()?, reader.u32()?, reader.u32()?];
        let ticks = reader.list()?;
        let tick = |[left, width, delay]: &[u32; 3]| {
            let side = |side: u32| u16::try_from(side).map_err(|_| reader.damaged());
            Ok(Tick { left: side(*left)?, width: side(*width)?, delay: Delay::clamped(u64::from(*delay)) })
        };
        let ticks = ticks.as_chunks::<3>().0.iter().map(tick).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            frame_index,
            frame_count,
            ticks,
            base: if flags & 1 == 0 { Base::Previous } else { Base::BeforePrevious },
            disposal: if flags & 2 == 0 { Disposal::Keep } else { Disposal::Previous },
            delay: Delay::clamped(delay.into()),
            has_second_image: flags & 16 != 0,
            exact: flags & 4 != 0,
            lossy: (flags & 8 != 0).then_some(((flags >> 8) as u8).min(100)),
            max_colors: ((flags >> 16) as u16).clamp(2, 256),
            pinned: reader.colors()?,
            global: reader.colors()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> FramePlan {
        FramePlan {
            frame_index: 3,
            frame_count: 2,
            base: Base::BeforePrevious,
            disposal: Disposal::Previous,
            delay: Delay::MAX,
            ticks: vec![Tick { left: 3, width: 4, delay: Delay::MIN }],
            has_second_image: true,
            exact: true,
            lossy: Some(100),
            max_colors: 256,
            pinned: [1, 2].map(Color::from_bits).to_vec(),
            global: vec![],
        }
    }

    #[test]
    fn images_count_what_long_times_and_second_images_take() {
        let tick = |cs| Tick { left: 0, width: 1, delay: Delay::clamped(cs) };
        let of = |cs, has_second_image, ticks: Vec<Tick>| {
            FramePlan { delay: Delay::clamped(cs), has_second_image, ticks, ..plan() }.images()
        };
        assert_eq!((of(65_535, false, vec![]), of(65_536, false, vec![]), of(65_537, true, vec![])), (1, 2, 2));
        assert_eq!(of(65_538, true, vec![]), 3);
        assert_eq!(of(70_010, false, vec![tick(70_000)]), 3);
    }

    #[test]
    fn a_plan_survives_the_way_through_bytes() {
        let plan = plan();
        assert_eq!(FramePlan::from_bytes(&plan.to_bytes()).unwrap(), plan);
        assert!(FramePlan::from_bytes(&plan.to_bytes()[..20]).is_err());
    }
}
