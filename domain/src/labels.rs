//! A team's own labels with examples, as a supervisor imports them: the form, its limits, and the reading of a list.
//!
//! Examples are the supervisor's words for every device of the team. They are not to be a customer's: what looks like
//! somebody's data is refused. Does not know models.

use serde::{Deserialize, Serialize};

use crate::intent::CATEGORIES;

pub const MOST_LABELS: usize = 100;
pub const MOST_EXAMPLES: usize = 50;
/// Of all labels together.
pub const MOST_IN_ALL: usize = 1_000;
pub const MOST_NAME_CHARS: usize = 60;
pub const MOST_EXAMPLE_CHARS: usize = 300;
/// This many digits in a row are a number of somebody's.
const MOST_DIGITS: usize = 5;

/// A label with messages that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SharedLabel {
    pub label: String,
    pub examples: Vec<String>,
}

/// All labels that a team shares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SharedLabels {
    pub items: Vec<SharedLabel>,
}

/// A list in the place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LabelsToShare {
    pub items: Vec<SharedLabel>,
    /// `changed_at_ms` of the list that the caller looked at, 0 where there was none: nothing is changed where somebody has shared
    /// another since. Left out: whatever there is.
    #[serde(default)]
    pub seen_at_ms: Option<i64>,
}

/// What the dashboard draws of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelsRecord {
    pub items: Vec<SharedLabel>,
    /// Name of the supervisor who changed it last.
    pub changed_by: Option<String>,
    /// Milliseconds since the Unix epoch.
    pub changed_at_ms: Option<i64>,
}

/// Why a line of a list cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Neither comma nor tab.
    NoExample,
    NoLabel,
    /// A quotation mark that is not closed on the line.
    OpenQuote,
    LongLabel,
    LongExample,
    /// The name of a category that every desk has.
    TakenName,
    /// An e-mail address or a long number.
    Personal,
    /// The example stands under another label, too.
    Ambiguous,
    TooMany,
}

/// What a list holds, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    pub labels: SharedLabels,
    /// Lines from 1.
    pub faults: Vec<(usize, Fault)>,
    /// Lines that say again what is there.
    pub repeated: usize,
}

impl SharedLabels {
    /// JSON pointers (RFC 6901) of what is not as it must be.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut seen = SharedLabels::default();
        for (at, SharedLabel { label, examples }) in self.items.iter().enumerate() {
            if examples.is_empty() || *label != spaced(label) || seen.find(label).is_some() {
                faults.push(format!("/items/{at}"));
            }
            for (nth, example) in examples.iter().enumerate() {
                if *example != spaced(example) || !matches!(seen.add(label, example), Ok(true)) {
                    faults.push(format!("/items/{at}/examples/{nth}"));
                }
            }
        }
        faults
    }

    pub fn examples(&self) -> usize {
        self.items.iter().map(|item| item.examples.len()).sum()
    }

    fn find(&mut self, label: &str) -> Option<&mut SharedLabel> {
        self.items.iter_mut().find(|item| same(&item.label, label))
    }

    /// Whether the example is new.
    fn add(&mut self, label: &str, example: &str) -> Result<bool, Fault> {
        check(label, example)?;
        if let Some(known) = self.items.iter().find(|item| item.examples.iter().any(|other| same(other, example))) {
            return if same(&known.label, label) { Ok(false) } else { Err(Fault::Ambiguous) };
        }
        let (labels, examples) = (self.items.len(), self.examples());
        match self.find(label) {
            _ if examples >= MOST_IN_ALL => return Err(Fault::TooMany),
            Some(known) if known.examples.len() >= MOST_EXAMPLES => return Err(Fault::TooMany),
            Some(known) => known.examples.push(example.into()),
            None if labels >= MOST_LABELS => return Err(Fault::TooMany),
            None => self.items.push(SharedLabel { label: label.into(), examples: vec![example.into()] }),
        }
        Ok(true)
    }
}

/// Adds a list to the labels that are there: a label and an example a line, between them a comma or a tab, as a spreadsheet
/// saves or copies it. A first line that names the columns is passed over, as are empty ones.
pub fn import(known: &SharedLabels, list: &str) -> Import {
    let mut import = Import { labels: known.clone(), ..Import::default() };
    for (index, line) in list.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() || (index == 0 && is_heading(line)) {
            continue;
        }
        match parts(line).and_then(|(label, example)| import.labels.add(&label, &example)) {
            Ok(true) => {}
            Ok(false) => import.repeated += 1,
            Err(fault) => import.faults.push((index + 1, fault)),
        }
    }
    import
}

fn parts(line: &str) -> Result<(String, String), Fault> {
    let (label, rest) = cell(line)?;
    let example = match rest {
        None => return Err(Fault::NoExample),
        // An example without quotation marks may have commas.
        Some(rest) if rest.trim_start().starts_with('"') => cell(rest)?.0,
        Some(rest) => spaced(rest),
    };
    Ok((label, example))
}

/// The first cell of a line and what follows its separator.
fn cell(line: &str) -> Result<(String, Option<&str>), Fault> {
    let is_separator = |c: char| matches!(c, ',' | '\t' | '，');
    let line = line.trim_start_matches(' ');
    let Some(quoted) = line.strip_prefix('"') else {
        return Ok(match line.split_once(is_separator) {
            Some((cell, rest)) => (spaced(cell), Some(rest)),
            None => (spaced(line), None),
        });
    };
    let (mut cell, mut rest) = (String::new(), quoted);
    loop {
        let (inside, after) = rest.split_once('"').ok_or(Fault::OpenQuote)?;
        cell.push_str(inside);
        match after.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => return Ok((spaced(&cell), after.split_once(is_separator).map(|(_, rest)| rest))),
        }
    }
}

fn check(label: &str, example: &str) -> Result<(), Fault> {
    match () {
        () if label.is_empty() => Err(Fault::NoLabel),
        () if example.is_empty() => Err(Fault::NoExample),
        () if label.chars().count() > MOST_NAME_CHARS => Err(Fault::LongLabel),
        () if example.chars().count() > MOST_EXAMPLE_CHARS => Err(Fault::LongExample),
        () if CATEGORIES.iter().any(|known| same(known.en, label) || same(known.zh, label)) => Err(Fault::TakenName),
        () if is_personal(label) || is_personal(example) => Err(Fault::Personal),
        () => Ok(()),
    }
}

fn is_personal(text: &str) -> bool {
    let is_address = |word: &str| {
        let parts = word.split_once(['@', '＠']);
        parts.is_some_and(|(name, host)| {
            !name.is_empty() && host.trim_matches(['.', '．', '。']).contains(['.', '．', '。'])
        })
    };
    let mut digits = 0;
    let has_number = text.chars().any(|c| {
        // As in a phone or card number: "138 0013 8000", with full-width digits, too.
        digits = if c.is_numeric() {
            digits + 1
        } else if matches!(c, ' ' | '-' | '－' | '‐' | '‑' | '–') {
            digits
        } else {
            0
        };
        digits > MOST_DIGITS
    });
    has_number || text.split_whitespace().any(is_address)
}

fn is_heading(line: &str) -> bool {
    parts(line).is_ok_and(|(label, example)| {
        matches!(label.to_lowercase().as_str(), "label" | "tag" | "category" | "标签" | "类别" | "分类")
            && matches!(
                example.to_lowercase().as_str(),
                "example" | "text" | "message" | "例句" | "例子" | "消息" | "文本"
            )
    })
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> Import {
        import(&SharedLabels::default(), list)
    }

    fn flat(labels: &SharedLabels) -> Vec<(&str, &str)> {
        labels.items.iter().flat_map(|item| item.examples.iter().map(|e| (item.label.as_str(), e.as_str()))).collect()
    }

    #[test]
    fn lists_of_spreadsheets_are_read() {
        let check = |list: &str, expected: &[(&str, &str)]| {
            let import = read(list);
            assert_eq!((flat(&import.labels), import.faults), (expected.to_vec(), vec![]), "{list}");
        };
        check(
            "\u{feff}Label,Example\r\nBikes,can I take my bike, please\r\n\r\n",
            &[("Bikes", "can I take my bike, please")],
        );
        check("标签\t例句\n积分\t积分怎么兑换，能换什么", &[("积分", "积分怎么兑换，能换什么")]);
        check("积分，我的积分没有了", &[("积分", "我的积分没有了")]);
        check(r#""Bikes, trains","a ""folding"" bike""#, &[("Bikes, trains", "a \"folding\" bike")]);
        check("Bikes,one\nbikes,two", &[("Bikes", "one"), ("Bikes", "two")]);
        check("Bikes,gate 12345", &[("Bikes", "gate 12345")]);
    }

    #[test]
    fn every_line_that_cannot_be_taken_is_told() {
        let check = |line: &str, fault: Fault| {
            let import = read(&format!("Bikes,a bike\n{line}"));
            assert_eq!((import.labels.examples(), import.faults), (1, vec![(2, fault)]), "{line}");
        };
        check("just words", Fault::NoExample);
        check("Bikes,", Fault::NoExample);
        check(",words", Fault::NoLabel);
        check("Bikes,\"open", Fault::OpenQuote);
        check(&format!("{},x", "长".repeat(61)), Fault::LongLabel);
        check(&format!("Bikes,{}", "长".repeat(301)), Fault::LongExample);
        check("退款进度,x", Fault::TakenName);
        check("refund status,x", Fault::TakenName);
        check("Bikes,write to anna@example.org", Fault::Personal);
        check("Bikes,call 138 0013 8000", Fault::Personal);
        check("Bikes,订单20261105771", Fault::Personal);
        check("Bikes,订单２０２６１１０５７７１", Fault::Personal);
        check("Bikes,call 138–0013–8000", Fault::Personal);
        check("Bikes,ａｎｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", Fault::Personal);
        check("Trains,A bike", Fault::Ambiguous);
        assert_eq!(read("Bikes,a bike\nBikes,A  bike").repeated, 1);
        let many: String = (0..=MOST_EXAMPLES).map(|n| format!("Bikes,bike {n}\n")).collect();
        assert_eq!(read(&many).faults, [(MOST_EXAMPLES + 1, Fault::TooMany)]);
    }

    #[test]
    fn what_was_read_has_no_faults_and_what_was_made_up_has() {
        let known = read("Bikes,a bike").labels;
        let both = import(&known, "Points,my points\nbikes,another bike").labels;
        assert_eq!(flat(&both), [("Bikes", "a bike"), ("Bikes", "another bike"), ("Points", "my points")]);
        assert!(both.faults().is_empty());
        let label = |label: &str, examples: &[&str]| SharedLabel {
            label: label.into(),
            examples: examples.iter().map(|&example| example.to_owned()).collect(),
        };
        let check = |items: Vec<SharedLabel>, faults: &[&str]| assert_eq!(SharedLabels { items }.faults(), faults);
        check(vec![label("Bikes", &[])], &["/items/0"]);
        check(vec![label("Bikes", &["a", "a"])], &["/items/0/examples/1"]);
        check(vec![label("Bikes", &["a"]), label("bikes", &["b"])], &["/items/1"]);
        check(
            vec![label("Bikes", &["a"]), label("Points", &["a", " b", "x@y.zz"])],
            &["/items/1/examples/0", "/items/1/examples/1", "/items/1/examples/2"],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_list_gives_labels_that_can_be_shared(list in "[,\"\t，a1@. \n]{0,80}") {
            proptest::prop_assert!(read(&list).labels.faults().is_empty());
        }
    }
}
