use crate::FormKey;

/// A hash table with [`FormKey`]s for keys and open addressing.
///
/// ```
/// use nukil_types::{FormKey, FormTable};
///
/// let hujan = FormKey::of_form("hujan").unwrap();
/// let mut table = FormTable::default();
/// assert_eq!(table.get(hujan), None);
/// table.insert(hujan, 7);
/// assert_eq!(table.get(hujan), Some(7));
/// ```
#[derive(Clone, Debug)]
pub struct FormTable<V> {
    /// At most half of them are taken; those that are free have no key. They are a power of two.
    places: Vec<Place<V>>,
    /// By how much a hash is shifted to tell the place where a search begins.
    shift: u32,
    taken: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Place<V> {
    key: FormKey,
    value: V,
}

/// Places at the beginning, so that there is always a free one.
const FEWEST: usize = 4;

impl<V: Copy + Default> Default for FormTable<V> {
    fn default() -> Self {
        FormTable { places: vec![Place::default(); FEWEST], shift: shift(FEWEST), taken: 0 }
    }
}

impl<V: Copy + Default> FormTable<V> {
    /// How many forms it holds.
    pub fn len(&self) -> usize {
        self.taken
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.taken == 0
    }

    /// The value of a form.
    #[inline]
    pub fn get(&self, key: FormKey) -> Option<V> {
        let Place { key: found, value } = self.places[self.find(key)];
        (found == key).then_some(value)
    }

    /// Where the search for a form begins.
    #[inline]
    fn home(&self, key: FormKey) -> usize {
        (key.hash() >> self.shift) as usize
    }

    /// Where a form is, or where it would be.
    #[inline]
    fn find(&self, key: FormKey) -> usize {
        let places = self.places.as_slice();
        let mut at = self.home(key);
        while places[at].key != key && places[at].key != FormKey::NONE {
            at = (at + 1) & (places.len() - 1);
        }
        at
    }

    /// Gives a form a value, or another one.
    pub fn insert(&mut self, key: FormKey, value: V) {
        self.make_room();
        let at = self.find(key);
        self.taken += usize::from(self.places[at].key != key);
        self.places[at] = Place { key, value };
    }

    /// Makes room for one more form.
    #[inline]
    fn make_room(&mut self) {
        if 2 * (self.taken + 1) > self.places.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let more = vec![Place::default(); 2 * self.places.len()];
        self.shift = shift(more.len());
        let places = std::mem::replace(&mut self.places, more);
        for place in places.into_iter().filter(|place| place.key != FormKey::NONE) {
            let at = self.find(place.key);
            self.places[at] = place;
        }
    }

    /// Forgets all forms, and makes room for so many.
    pub fn reset(&mut self, forms: usize) {
        let places = (2 * forms).next_power_of_two().max(FEWEST);
        self.places.clear();
        self.places.resize(places, Place::default());
        self.shift = shift(places);
        self.taken = 0;
    }

    /// The value of a form, which is `value` from now on where it had none.
    #[inline]
    pub fn get_or_insert(&mut self, key: FormKey, value: V) -> V {
        self.make_room();
        let at = self.find(key);
        let known = self.places[at].key == key;
        let value = if known { self.places[at].value } else { value };
        self.places[at] = Place { key, value };
        self.taken += usize::from(!known);
        value
    }

    /// Reads the place of a form, so that it is near when it is asked for. A large table is mostly
    /// waited for; as such reads do not hang on each other, the processor waits for many at a time.
    #[inline]
    pub fn touch(&self, key: FormKey) {
        std::hint::black_box(self.places[self.home(key)].key);
    }
}

/// What is left of 64 bits where a number of so many bits tells a place.
fn shift(places: usize) -> u32 {
    u64::BITS - places.ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_grows_and_holds_what_it_was_given_last() {
        let key = |number: usize| FormKey::of_form(&format!("bentuk{number}")).unwrap();
        let mut table = FormTable::default();
        for number in 0..10_000 {
            assert_eq!(table.get(key(number)), None);
            table.insert(key(number), 0);
            table.insert(key(number), number);
        }
        assert_eq!(table.len(), 10_000);
        assert!((0..10_000).all(|number| table.get(key(number)) == Some(number)));
        assert_eq!(table.get_or_insert(key(7), 0), 7);
        table.reset(0);
        assert!(table.is_empty() && table.get(key(5)).is_none());
    }
}
