//! Errors of the PNG and JPEG decoders, and fallible allocation for their pixels.

/// The reason why a file cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The file is damaged or truncated; the text says where.
    Damaged(&'static str),
    /// The file is of a kind that is not supported; the text names it.
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

/// A result with a [`Failure`].
pub type Result<T> = std::result::Result<T, Failure>;

/// Returns an empty vector with capacity for `len` items.
pub fn with_room<T>(len: usize) -> Result<Vec<T>> {
    let mut items = Vec::new();
    items.try_reserve_exact(len).map_err(|_| Failure::Memory(len.saturating_mul(size_of::<T>())))?;
    Ok(items)
}

/// Returns a vector of `len` times `item`.
pub fn filled<T: Clone>(item: T, len: usize) -> Result<Vec<T>> {
    let mut items = with_room(len)?;
    items.resize(len, item);
    Ok(items)
}
