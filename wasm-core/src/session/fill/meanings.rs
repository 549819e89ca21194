//! What the names of options mean: their search vectors, of which the session reads one at a time in between.

use std::collections::HashMap;

use domain::form::FormOption;

use super::options::LEVELS;

/// Names kept; a form has some dozens.
const MAX_NAMES: usize = 2_000;
/// A longer list is not read.
const MAX_OPTIONS: usize = 200;
/// Of a name so much is read.
const NAME_CHARS: usize = 80;

/// By the text of an option, its search vector, of length 1.
#[derive(Debug, Default)]
pub struct OptionMeanings(HashMap<String, Vec<f32>>);

/// What is known of the options of one field.
pub enum Known<'a> {
    /// As many vectors as options.
    Read(Vec<&'a [f32]>),
    Unread,
    /// There are too many.
    TooMany,
}

impl OptionMeanings {
    pub fn keep(&mut self, name: String, vector: Vec<f32>) {
        self.0.insert(name, vector);
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether it is time to begin anew.
    pub fn is_full(&self) -> bool {
        self.0.len() >= MAX_NAMES
    }

    pub fn of(&self, options: &[FormOption]) -> Known<'_> {
        if options.len() > MAX_OPTIONS {
            return Known::TooMany;
        }
        let vectors = options.iter().map(|option| self.0.get(&option.text).map(Vec::as_slice));
        vectors.collect::<Option<_>>().map_or(Known::Unread, Known::Read)
    }

    /// The names that are to be read before these options can be compared.
    pub fn unread<'a>(&self, options: &'a [FormOption]) -> impl Iterator<Item = &'a str> {
        let options = if options.len() > MAX_OPTIONS { &[] } else { options };
        options.iter().map(|option| option.text.as_str()).filter(|name| !self.has(name))
    }
}

/// An option's name as words: levels one after the other, without a number before it.
pub fn readable(name: &str) -> String {
    let words = name.replace(LEVELS, " ").replace('_', " ").replace("::", " ");
    let bare = words.trim_start_matches(|c: char| !c.is_alphabetic());
    let bare = if bare.is_empty() { name } else { bare };
    bare.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_words() {
        assert_eq!(readable("Orders > Late_delivery"), "Orders Late delivery");
        assert_eq!(readable("03. 物流问题"), "物流问题");
        assert_eq!(readable("24/7"), "24/7");
    }

    #[test]
    fn a_list_is_compared_once_all_of_it_is_read() {
        let options = |count: usize| -> Vec<FormOption> {
            (0..count).map(|n| FormOption { value: n.to_string(), text: format!("option {n}") }).collect()
        };
        let mut meanings = OptionMeanings::default();
        meanings.keep("option 0".into(), vec![1.0]);
        let two = options(2);
        assert!(matches!(meanings.of(&two), Known::Unread));
        assert_eq!(meanings.unread(&two).collect::<Vec<_>>(), ["option 1"]);
        meanings.keep("option 1".into(), vec![0.5]);
        assert!(matches!(meanings.of(&two), Known::Read(vectors) if vectors == [[1.0].as_slice(), &[0.5]]));
        let many = options(MAX_OPTIONS + 1);
        assert!(matches!(meanings.of(&many), Known::TooMany));
        assert_eq!(meanings.unread(&many).count(), 0);
    }
}
