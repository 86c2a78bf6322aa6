//! The LZW dictionary: each entry is a phrase, made of the phrase of a prefix code and one more symbol.

/// Codes have at most 12 bits (GIF89a appendix F).
pub const MAX_CODES: usize = 4096;

const SLOTS: usize = 1 << 14;
const FREE: u32 = u32::MAX;
/// Stands for "no code".
const NONE: u16 = u16::MAX;

/// A phrase of the dictionary in 8 bytes, so that all of them fit into the first-level cache of a processor.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// The last symbol.
    symbol: u8,
    /// The first symbol.
    root: u8,
    /// The number of phrases that extend it by one symbol.
    children: u16,
    /// The code of the newest of them, or [`NONE`].
    last_child: u16,
    /// The code of the next older phrase with the same prefix, or [`NONE`].
    sibling: u16,
}

/// Phrases in a tree. Most phrases have at most one child, which is found by its link. The children of others are found by
/// (prefix code, symbol) in a hash table with open addressing of which at most a quarter is used.
#[derive(Debug)]
pub struct Dictionary {
    /// By code.
    nodes: Box<[Node; MAX_CODES]>,
    /// Prefix code and symbol in the upper 20 bits, code in the lower 12.
    slots: Vec<u32>,
    /// By code: the bits of the symbols with which some phrase extends this one.
    followers: Vec<u64>,
    /// By symbol: the codes of its runs; index `i` is a run of `i + 1` symbols.
    runs: Vec<Vec<u16>>,
    clear_code: u16,
    width: u32,
    len: usize,
}

impl Dictionary {
    /// Returns a dictionary with one phrase for each symbol of `min_code_size` bits.
    #[must_use]
    pub fn new(min_code_size: u8) -> Self {
        let node = |code| Node { symbol: code as u8, root: code as u8, children: 0, last_child: NONE, sibling: NONE };
        let mut dictionary = Self {
            nodes: Box::new(std::array::from_fn(node)),
            slots: vec![FREE; SLOTS],
            followers: vec![0; MAX_CODES],
            runs: vec![Vec::new(); 256],
            clear_code: 1 << min_code_size,
            width: 0,
            len: 0,
        };
        dictionary.reset();
        dictionary
    }

    /// Removes all phrases of more than one symbol, as the decoder does at a clear code.
    pub fn reset(&mut self) {
        self.slots.fill(FREE);
        self.followers.fill(0);
        for node in self.nodes.iter_mut() {
            (node.children, node.last_child) = (0, NONE);
        }
        for (run, symbol) in self.runs.iter_mut().zip(0..) {
            run.clear();
            run.push(symbol);
        }
        self.width = self.clear_code.trailing_zeros() + 1;
        self.len = usize::from(self.clear_code) + 2;
    }

    /// The clear code; the end code is the one after it.
    #[must_use]
    pub fn clear_code(&self) -> u16 {
        self.clear_code
    }

    /// Number of codes in use, clear and end code included; [`MAX_CODES`] when full.
    #[must_use]
    pub fn codes(&self) -> usize {
        self.len
    }

    /// Width of the next code in bits.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The last symbol of the phrase with this code.
    #[inline]
    #[must_use]
    pub fn last_symbol(&self, code: u16) -> u8 {
        self.node(code).symbol
    }

    /// The first symbol of the phrase with this code.
    #[inline]
    #[must_use]
    pub fn root(&self, code: u16) -> u8 {
        self.node(code).root
    }

    /// The code of phrase `prefix` followed by `symbol`, if the dictionary has it.
    #[inline]
    #[must_use]
    pub fn find(&self, prefix: u16, symbol: u8) -> Option<u16> {
        let Node { children, last_child, .. } = *self.node(prefix);
        if children == 0 {
            return None;
        }
        if self.node(last_child).symbol == symbol {
            return Some(last_child);
        }
        if children == 1 || self.followers(prefix) & Self::bit(symbol) == 0 {
            return None;
        }
        let found = self.slots[self.slot(prefix, symbol)];
        (found != FREE).then_some((found & 0xfff) as u16)
    }

    /// The bits ([`Dictionary::bit`]) of the symbols that may extend phrase `prefix`. Symbols share bits, so a set bit means
    /// "perhaps" and a clear bit means "no".
    #[inline]
    #[must_use]
    pub fn followers(&self, prefix: u16) -> u64 {
        self.followers[usize::from(prefix) & (MAX_CODES - 1)]
    }

    /// The number of phrases that extend `prefix` by one symbol.
    #[inline]
    #[must_use]
    pub fn children(&self, prefix: u16) -> usize {
        self.node(prefix).children.into()
    }

    /// The codes and last symbols of the phrases that extend `prefix` by one symbol, newest first.
    #[inline]
    pub fn children_of(&self, prefix: u16) -> impl Iterator<Item = (u16, u8)> {
        let mut code = self.node(prefix).last_child;
        std::iter::from_fn(move || {
            let Node { symbol, sibling, .. } = *self.node(code);
            (code != NONE).then(|| (std::mem::replace(&mut code, sibling), symbol))
        })
    }

    /// The bit of `symbol`, which it shares with three others.
    #[inline]
    #[must_use]
    pub fn bit(symbol: u8) -> u64 {
        1 << (symbol & 63)
    }

    /// The codes of the runs of `symbol`: index `i` is a run of `i + 1` symbols.
    #[inline]
    #[must_use]
    pub fn runs(&self, symbol: u8) -> &[u16] {
        &self.runs[usize::from(symbol)]
    }

    /// Adds phrase `prefix` followed by `symbol` under the next code. If the dictionary has the phrase already, its old code
    /// stays in use, and the next code is used up, as in the decoder. Does nothing if the dictionary is full.
    pub fn learn(&mut self, prefix: u16, symbol: u8) {
        if self.len == MAX_CODES {
            return;
        }
        let code = self.len as u16;
        let slot = self.slot(prefix, symbol);
        let parent = &mut self.nodes[usize::from(prefix) & (MAX_CODES - 1)];
        let mut node = Node { symbol, root: parent.root, children: 0, last_child: NONE, sibling: NONE };
        if self.slots[slot] == FREE {
            self.slots[slot] = key(prefix, symbol) << 12 | u32::from(code);
            self.followers[usize::from(prefix) & (MAX_CODES - 1)] |= Self::bit(symbol);
            parent.children += 1;
            node.sibling = std::mem::replace(&mut parent.last_child, code);
            let run = &mut self.runs[usize::from(symbol)];
            if run.last() == Some(&prefix) {
                run.push(code);
            }
        }
        self.nodes[self.len] = node;
        self.skip();
    }

    /// Uses up the next code for a phrase that is never looked up. Does nothing if the dictionary is full.
    pub fn skip(&mut self) {
        if self.len == MAX_CODES {
            return;
        }
        // The decoder adds an entry one code later than the encoder, so the width grows when code 2^width is added.
        if self.len == 1 << self.width {
            self.width += 1;
        }
        self.len += 1;
    }

    #[inline]
    fn node(&self, code: u16) -> &Node {
        &self.nodes[usize::from(code) & (MAX_CODES - 1)]
    }

    #[inline]
    fn slot(&self, prefix: u16, symbol: u8) -> usize {
        let key = key(prefix, symbol);
        let mut slot = (key.wrapping_mul(0x9e37_79b1) >> 18) as usize;
        while self.slots[slot & (SLOTS - 1)] >> 12 != key && self.slots[slot & (SLOTS - 1)] != FREE {
            slot += 1;
        }
        slot & (SLOTS - 1)
    }
}

#[inline]
fn key(prefix: u16, symbol: u8) -> u32 {
    u32::from(prefix) << 8 | u32::from(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_given_in_order_and_the_width_follows_one_late() {
        let mut dictionary = Dictionary::new(2);
        assert_eq!((dictionary.codes(), dictionary.width()), (6, 3));
        dictionary.learn(0, 1);
        dictionary.learn(0, 2);
        assert_eq!((dictionary.find(0, 1), dictionary.find(0, 2), dictionary.width()), (Some(6), Some(7), 3));
        dictionary.learn(6, 3);
        assert_eq!((dictionary.find(6, 3), dictionary.width(), dictionary.last_symbol(8)), (Some(8), 4, 3));
    }

    #[test]
    fn a_phrase_learned_twice_keeps_its_code_and_takes_another() {
        let mut dictionary = Dictionary::new(2);
        dictionary.learn(1, 1);
        dictionary.learn(1, 1);
        assert_eq!((dictionary.find(1, 1), dictionary.codes()), (Some(6), 8));
    }

    #[test]
    fn runs_and_followers_are_known() {
        let mut dictionary = Dictionary::new(8);
        dictionary.learn(7, 7);
        dictionary.learn(258, 7);
        dictionary.learn(7, 9);
        assert_eq!(dictionary.runs(7), [7, 258, 259]);
        assert_eq!(dictionary.followers(7), Dictionary::bit(7) | Dictionary::bit(9));
        assert_eq!(
            (dictionary.children(7), dictionary.children_of(7).collect::<Vec<_>>()),
            (2, vec![(260, 9), (258, 7)])
        );
        assert_eq!((dictionary.root(259), dictionary.last_symbol(259)), (7, 7));
        dictionary.reset();
        assert_eq!((dictionary.runs(7), dictionary.followers(7)), (&[7][..], 0));
        assert_eq!((dictionary.children(7), dictionary.children_of(7).count()), (0, 0));
    }

    #[test]
    fn it_is_full_at_4096_codes_of_12_bits() {
        let mut dictionary = Dictionary::new(8);
        for i in 0..5000u32 {
            dictionary.learn((i % 256) as u16, (i / 256) as u8);
        }
        assert_eq!((dictionary.codes(), dictionary.width()), (MAX_CODES, 12));
    }
}
