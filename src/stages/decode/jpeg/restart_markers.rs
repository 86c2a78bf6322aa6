//! Restart markers (ITU-T T.81, E.1.4 and F.1.1.5.2): each ends one entropy-coded segment of a scan and begins the next, so
//! that damage stays within a segment.

use super::bit_reader::BitReader;

/// What was found where a restart marker is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restart {
    /// The expected marker.
    Found,
    /// A restart marker of another number, which is used in its place.
    Renumbered,
    /// No usable marker: the segment is lost and has no bits.
    Missing,
}

impl BitReader<'_> {
    /// Ends this segment and goes to the next, which begins with restart marker `expected` modulo 8. `None` at the end of the data.
    ///
    /// Other markers are treated as in libjpeg. A restart marker of the one or two segments before is skipped. One of the one or
    /// two segments after, or a marker of another kind, means that this segment is lost. Any other restart marker is used in place
    /// of the expected one.
    pub fn restart(&mut self, expected: usize) -> Option<Restart> {
        loop {
            let at = self.marker_pos();
            let marker = *self.data.get(at + 1)?;
            let ahead = usize::from(marker).wrapping_sub(expected) & 7;
            self.go_to(at + 2);
            match (marker, ahead) {
                (0xd0..=0xd7, 0) => return Some(Restart::Found),
                (0xd0..=0xd7, 3..=5) => return Some(Restart::Renumbered),
                (..0xc0, _) | (0xd0..=0xd7, 6..) => {}
                _ => {
                    self.go_to(at);
                    return Some(Restart::Missing);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_marker_stays_for_the_segments_to_come() {
        let mut bits = BitReader::new(&[0xff, 0, 0x80, 0xff, 0xd3, 0x40], 0);
        bits.refill();
        assert_eq!(bits.take(16), 0xff80);
        assert_eq!(bits.restart(2), Some(Restart::Missing));
        assert_eq!(bits.restart(11), Some(Restart::Found));
        bits.refill();
        assert_eq!((bits.take(8), bits.overrun()), (0x40, false));
    }

    #[test]
    fn a_wrong_restart_marker_is_judged_by_how_far_off_its_number_is() {
        let file = |marker: u8| [0x12, 0xff, 0, 0x34, 0xff, marker, 0x40, 0xff, 0xd3, 0x50];
        for (marker, expected, next) in [
            (0xd3, Restart::Found, 0x40),
            (0xd4, Restart::Missing, 0),
            (0xd5, Restart::Missing, 0),
            (0xd6, Restart::Renumbered, 0x40),
            (0xd7, Restart::Renumbered, 0x40),
            (0xd0, Restart::Renumbered, 0x40),
            (0xd1, Restart::Found, 0x50),
            (0xd2, Restart::Found, 0x50),
            (0x01, Restart::Found, 0x50),
            (0xd9, Restart::Missing, 0),
        ] {
            let file = file(marker);
            let mut bits = BitReader::new(&file, 0);
            assert_eq!(bits.restart(3), Some(expected), "{marker:#x}");
            bits.refill();
            assert_eq!(bits.take(8), next, "{marker:#x}");
        }
        assert_eq!(BitReader::new(&[1, 2, 3, 0xff], 0).restart(0), None);
    }
}
