//! One component of a JPEG: its coefficients, block by block, and the samples they become.

use super::bit_reader::BitReader;
use super::coefficients::{ScanComponent, ZIGZAG};
use super::idct;
use crate::stages::decode::failure::{Result, filled};

/// The reason given where bytes of a segment are missing.
pub const SHORT: &str = "a segment is too short";

/// One component of the image.
#[derive(Default)]
pub struct Component {
    pub id: u8,
    /// Blocks across and down in an interleaved unit.
    pub blocks: (usize, usize),
    /// Image samples for one of this component, across and down.
    pub scale: (usize, usize),
    /// Size in samples, without padding to whole blocks.
    pub width: usize,
    pub height: usize,
    /// Samples from one row of `plane` to the next.
    pub stride: usize,
    pub plane: Vec<u8>,
    /// Progressive only: the blocks of `plane`, row by row.
    pub coefficients: Vec<[i16; 64]>,
    pub quant_index: usize,
    /// The quantization table, in zigzag order, as it was at the component's first scan.
    pub quant: Option<[i16; 64]>,
    /// A bit for each coefficient, in zigzag order, that is known to its last bit.
    pub known: u64,
}

impl Component {
    /// Decodes what a scan gives of one block; of a sequential image as far as its samples.
    #[inline]
    pub fn decode(&mut self, part: &mut ScanComponent, bits: &mut BitReader, x: usize, y: usize) -> Option<()> {
        if self.plane.is_empty() {
            return part.decode(bits, self.coefficients.get_mut(y * self.stride / 8 + x)?).map(|_| ());
        }
        let samples = self.plane.get_mut((y * self.stride + x) * 8..)?;
        let mut block = [0; 64];
        if part.decode(bits, &mut block)? {
            idct::block(&block, samples, self.stride)
        } else {
            idct::flat(part.first(), samples, self.stride)
        }
    }

    /// Makes the samples of a progressive component.
    pub fn transform(&mut self) -> Result<()> {
        let factors = self.quant.ok_or(SHORT)?;
        self.plane = filled(0, self.coefficients.len().saturating_mul(64))?;
        for (index, mut block) in std::mem::take(&mut self.coefficients).into_iter().enumerate() {
            for (&place, factor) in ZIGZAG.iter().zip(factors) {
                block[usize::from(place)] = block[usize::from(place)].wrapping_mul(factor);
            }
            let across = self.stride / 8;
            let samples = &mut self.plane[index / across * 8 * self.stride + index % across * 8..];
            idct::block(&block, samples, self.stride).ok_or(SHORT)?;
        }
        Ok(())
    }
}
