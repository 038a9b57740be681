//! Pairs of words that stand together once in a document.
//!
//! A phrase with such a pair in it occurs once, and of those most are not worth a look
//! ([`crate::merge`]): two in three are known so before anything else is asked of them. It is the idea of
//! Apriori (Agrawal & Srikant, "Fast algorithms for mining association rules", 1994) with counts by
//! hash (Park, Chen & Yu, "An effective hash-based algorithm for mining association rules", 1995).

use crate::marks::Mark;
use crate::scratch::Scratch;

/// Places for counts a token: few pairs share one. Those that do are taken for one that occurs
/// twice, and all is asked of their phrases.
const PLACES: usize = 16;

impl Scratch {
    /// Finds them; every token must have its word.
    pub(crate) fn mark_single(&mut self) {
        let bits = (self.word_of.len() * PLACES).next_power_of_two().ilog2().max(1);
        // The words by their numbers; what is no word parts phrases, and its pairs are not asked for.
        let place = |pair: &[u32]| {
            let key = u64::from(pair[0]) << 32 | u64::from(pair[1]);
            (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
        };
        self.pairs.clear();
        self.pairs.resize(1 << bits, 0);
        for pair in self.word_of.windows(2) {
            let count = &mut self.pairs[place(pair)];
            *count = count.saturating_add(1);
        }
        let second = self.marks.iter_mut().skip(1);
        for (mark, pair) in second.zip(self.word_of.windows(2)) {
            *mark |= Mark::SINGLE.when(self.pairs[place(pair)] == 1);
        }
    }
}
