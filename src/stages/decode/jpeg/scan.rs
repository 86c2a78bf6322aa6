//! One scan (ITU-T T.81, B.2.3 and E.2): its header, and the blocks of its components between restart markers.

use super::Jpeg;
use super::bit_reader::BitReader;
use super::coefficients::ScanComponent;
use super::component::{Component, SHORT};
use super::restart_markers::Restart;
use crate::stages::decode::failure::Result;

/// Maximum number of scans, more than encoders write. Without a limit, a small file could take hours to decode.
const MAX_SCANS: usize = 128;

const SCAN_CUT_SHORT: &str = "a scan is cut short";

impl Jpeg<'_> {
    /// Decodes the scan whose header is next.
    ///
    /// # Errors
    /// Damaged, or cut short.
    pub(super) fn scan(&mut self) -> Result<()> {
        let mut parts = self.scan_header()?;
        let components = &mut self.components;
        let alone = parts.len() == 1;
        let units = if alone {
            let Component { width, height, .. } = components[parts[0].index];
            (width.div_ceil(8), height.div_ceil(8))
        } else {
            self.units
        };
        let mut bits = BitReader::new(self.data, self.pos);
        let (mut restarts, mut until_restart) = (0, self.restart_interval);
        // Whether the segment ended early: the blocks up to the next restart marker are left as they are.
        let mut is_lost = false;
        for (unit_y, unit_x) in grid(units) {
            if self.restart_interval > 0 {
                if until_restart == 0 {
                    self.is_damaged |= bits.has_leftovers();
                    let restart = bits.restart(restarts).ok_or(SCAN_CUT_SHORT)?;
                    self.is_damaged |= restart != Restart::Found;
                    is_lost &= restart == Restart::Missing;
                    parts.iter_mut().for_each(ScanComponent::restart);
                    (restarts, until_restart) = (restarts + 1, self.restart_interval);
                }
                until_restart -= 1;
            }
            if is_lost {
                continue;
            }
            for part in &mut parts {
                let component = &mut components[part.index];
                let (across, down) = if alone { (1, 1) } else { component.blocks };
                for (y, x) in grid((across, down)) {
                    let (x, y) = (unit_x * across + x, unit_y * down + y);
                    component.decode(part, &mut bits, x, y).ok_or("a Huffman table is missing or wrong")?;
                }
            }
            if bits.overrun() {
                if bits.marker_pos() == self.data.len() {
                    return Err(SCAN_CUT_SHORT.into());
                }
                (is_lost, self.is_damaged) = (true, true);
            }
        }
        for ScanComponent { index, start, end, .. } in parts.iter().filter(|part| part.low == 0) {
            components[*index].known |= (u64::MAX >> (63 - end)) & (u64::MAX << start);
        }
        self.is_damaged |= bits.is_damaged || bits.has_leftovers();
        self.pos = bits.marker_pos();
        Ok(())
    }

    /// Reads the scan header; returns the parameters of its components, in the order of the frame header.
    fn scan_header(&mut self) -> Result<Vec<ScanComponent>> {
        const DAMAGED: &str = "a scan header is damaged";
        let (&count, header) = self.segment()?.split_first().ok_or(SHORT)?;
        let (specs, tail) = header.split_at_checked(2 * usize::from(count)).ok_or(SHORT)?;
        let &[start, end, bits] = tail.first_chunk().ok_or(SHORT)?;
        let (mut start, mut end, mut high, mut low) = (usize::from(start), usize::from(end), bits / 16, bits % 16);
        if !self.progressive {
            (start, end, high, low) = (0, 63, 0, 0);
        } else if end > 63 || start > end || (start == 0) != (end == 0) || (start > 0 && count > 1) {
            return Err(DAMAGED.into());
        }
        self.scans += 1;
        if self.scans > MAX_SCANS || low > 13 || (high > 0 && high != low + 1) {
            return Err(DAMAGED.into());
        }
        let mut parts = Vec::new();
        for &[id, tables] in specs.as_chunks::<2>().0 {
            let index = self.components.iter().position(|component| component.id == id).ok_or(DAMAGED)?;
            let component = &mut self.components[index];
            let quant = self.quant.get(component.quant_index).copied().flatten();
            let quant = *component.quant.get_or_insert(quant.ok_or("a quantization table is missing")?);
            let [dc, ac] = [(0, tables / 16), (1, tables % 16)]
                .map(|(kind, index): (usize, _)| self.tables[kind].get(usize::from(index))?.clone());
            let factors = if self.progressive { [1 << low; 64] } else { quant };
            let (refines, low) = (high > 0, u32::from(low));
            parts.push(ScanComponent { index, start, end, refines, low, dc, ac, factors, last_dc: 0, skip: 0 });
        }
        if parts.is_empty() || !parts.is_sorted_by(|a, b| a.index < b.index) {
            return Err(DAMAGED.into());
        }
        Ok(parts)
    }
}

/// All positions in a rectangle, as (row, column).
fn grid((across, down): (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    (0..down).flat_map(move |y| (0..across).map(move |x| (y, x)))
}
