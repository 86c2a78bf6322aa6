//! The reach of lossy LZW: the distance up to which another palette entry may replace that of a pixel, by activity
//! ([`Cell::activity`](super::changes::Cell::activity)).

/// The tolerances of one kind of frame, as multiples of the reach of option `lossy`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReachShares {
    /// By activity: flat pixels are exact, gradients almost, and hard edges, where errors are least visible, may differ most.
    pub by_activity: [f64; 8],
    /// The quantizer does not divide colors that are closer than this.
    pub merge: f64,
}

/// Interfaces and text: most errors are at hard edges, and the palette has an entry close to every color. Like [`PHOTOS`],
/// chosen by SSIMULACRA2 per byte over a corpus of screenshots.
const PAGES: ReachShares = ReachShares { by_activity: [0.0, 0.2, 0.35, 0.5, 0.6, 0.6, 0.9, 2.0], merge: 0.4 };

/// Photos: detail hides errors at every edge. Smooth areas need smaller errors, since the palette alone already adds some.
const PHOTOS: ReachShares = ReachShares { by_activity: [0.0, 0.12, 0.28, 0.6, 0.72, 0.72, 0.72, 1.12], merge: 0.25 };

/// Numbers of distinct colors: up to the first a frame uses [`PAGES`], from the second on [`PHOTOS`], in between a linear mix.
const PHOTO_COLORS: [usize; 2] = [24_000, 40_000];

/// How much a frame with `colors` distinct colors counts as a photo: from 0, a page, to 1.
#[must_use]
pub fn photo_share(colors: usize) -> f64 {
    let [least, most] = PHOTO_COLORS;
    (colors.clamp(least, most) - least) as f64 / (most - least) as f64
}

impl ReachShares {
    /// Returns the tolerances of a frame with this [`photo_share`]. `photos` is a factor for the reach of photos.
    #[must_use]
    pub fn of(photo_share: f64, photos: f64) -> Self {
        let between = |page: f64, photo: f64| page + (photo - page) * photo_share;
        Self {
            by_activity: std::array::from_fn(|i| between(PAGES.by_activity[i], PHOTOS.by_activity[i] * photos)),
            merge: between(PAGES.merge, PHOTOS.merge),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_colors_never_let_smooth_pixels_stray_further() {
        let smooth = |colors| ReachShares::of(photo_share(colors), 1.0).by_activity[..3].to_vec();
        for colors in (0..40_000).step_by(1000) {
            let (fewer, more) = (smooth(colors), smooth(colors + 1000));
            assert!(fewer.iter().zip(&more).all(|(fewer, more)| fewer >= more), "{colors}");
        }
        assert_ne!(smooth(0), smooth(40_000));
    }
}
