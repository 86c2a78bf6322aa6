//! The errors of the PNG and JPEG decoders, and memory for their pixels.

/// What keeps a file from being decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It is damaged or cut short; the text says where.
    Damaged(&'static str),
    /// It is of a kind that is not read; the text names it.
    Unsupported(&'static str),
    /// There is no memory for this many bytes.
    Memory(usize),
}

impl From<&'static str> for Failure {
    fn from(reason: &'static str) -> Self {
        Self::Damaged(reason)
    }
}

/// The reason given where the end of a file is missing.
pub const CUT_SHORT: &str = "it is cut short";

/// What they return.
pub type Result<T> = std::result::Result<T, Failure>;

/// An empty vector with room for `len` items.
pub fn with_room<T>(len: usize) -> Result<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(len).map_err(|_| Failure::Memory(len.saturating_mul(size_of::<T>())))?;
    Ok(items)
}

/// `len` times `item`, if there is memory for them.
pub fn filled<T: Clone>(item: T, len: usize) -> Result<Vec<T>> {
    let mut items = with_room(len)?;
    items.resize(len, item);
    Ok(items)
}
