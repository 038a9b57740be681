//! The rules of `data/article/furniture`, compiled once and asked of every line.
//!
//! A table holds what one outlet or one house has, or what many share; all are asked of every page,
//! whoever it is from: outlets take articles from each other, and their furniture with them.

use nukil_types::facts::{Facts, FactsError};

use crate::RuleError;
use crate::anchors::Anchors;
use crate::lines::{floor_boundary, is_blank};
use crate::link;
use crate::pattern::Pattern;
use crate::words::Words;
use nukil_types::BlockKind;

/// Longest line, in bytes, that a rule of scope `start` takes whole.
const START_LIMIT: usize = 300;
/// Longest line that a byline takes whole; longer ones have run into the article.
const BYLINE_LIMIT: usize = 160;
/// Longest caption.
const CAPTION_LIMIT: usize = 700;
/// How near to the end of its line the pattern of scope `end` stands.
const END_WINDOW: usize = 80;
/// Longest rest of a line that scope `tail` takes whole; of a longer one, the sentence.
const TAIL_LIMIT: usize = 400;

/// The compiled rules.
#[derive(Debug)]
pub(crate) struct Furniture {
    rules: Vec<Rule>,
    anchors: Anchors,
}

#[derive(Debug)]
struct Rule {
    pattern: Pattern,
    kind: BlockKind,
    scope: Scope,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Line,
    Start,
    End,
    Tail,
    Inline,
    Link,
    Below,
}

/// What the rules say of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing, or only of parts.
    Prose,
    /// The whole line is furniture.
    Whole(BlockKind),
    /// The whole line points to headlines that stand on the next; surely so when it ends with a
    /// colon.
    OpenLink { sure: bool },
    /// The line, and all below it, is furniture.
    Below(BlockKind),
}

/// A part of a line that is furniture, in bytes of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub start: usize,
    pub end: usize,
    pub kind: BlockKind,
}

impl Furniture {
    /// Reads and compiles the tables, each a name and its text.
    pub(crate) fn parse(tables: &[(&str, &str)]) -> Result<Self, RuleError> {
        let mut sources = Vec::new();
        for (name, text) in tables {
            let table = format!("furniture/{name}");
            read(text, &mut sources).map_err(RuleError::in_table(&table))?;
        }
        // Which of two rules is asked first must not hang on the file that it stands in.
        sources.sort_by_key(|&(source, _)| source);
        let rules: Vec<Rule> = sources.into_iter().map(|(_, rule)| rule).collect();
        let anchors = Anchors::new(rules.iter().map(|rule| rule.pattern.anchor()))
            .map_err(|error| FactsError::new(0, error.to_string()))
            .map_err(RuleError::in_table("furniture/general"))?;
        Ok(Furniture { rules, anchors })
    }

    /// Judges `line` (trimmed); what is furniture inside it goes to `parts`, sorted and apart.
    pub(crate) fn judge(&self, line: &str, words: &Words, parts: &mut Vec<Part>) -> Verdict {
        parts.clear();
        let (lead, trail) = marks(line);
        for (rule, anchor) in self.anchors.find(line) {
            let rule = &self.rules[rule];
            let Some((start, end)) = rule.pattern.match_around(line, anchor) else {
                continue;
            };
            if !stands_alone(line, start, end) {
                continue;
            }
            let alone = start <= lead;
            let whole = alone && end >= trail;
            match rule.scope {
                Scope::Line if whole => return Verdict::Whole(rule.kind),
                Scope::Below if whole => return Verdict::Below(rule.kind),
                Scope::Start if alone && line.len() <= rule.start_limit() => {
                    return Verdict::Whole(rule.kind);
                }
                Scope::End if line.len() <= CAPTION_LIMIT && start + END_WINDOW >= line.len() => {
                    let kept = line.trim_end_matches(['"', '”', '’', ' ']);
                    if !kept.ends_with(['.', '?', '!', ',', ':', ';']) {
                        return Verdict::Whole(rule.kind);
                    }
                }
                Scope::Tail
                    if alone || after_sentence(line, start) || after_part(line, start, parts) =>
                {
                    let end = tail_end(line, start, end);
                    parts.push(Part { start, end, kind: rule.kind });
                }
                Scope::Inline
                    if begins_sentence(line, end)
                        && (rule.pattern.is_exact()
                            || after_sentence(line, start)
                            || after_part(line, start, parts))
                        && line[start..].starts_with(|c: char| c.is_uppercase() || c == '[') =>
                {
                    parts.push(Part { start, end, kind: rule.kind });
                }
                Scope::Link => {
                    if whole {
                        return Verdict::OpenLink { sure: line[end..].contains(':') };
                    }
                    if alone
                        || after_sentence(line, start)
                        || line[end..].starts_with(':')
                        || is_title_case(&line[start..end]) && begins_sentence(line, end)
                    {
                        let end = link::reach(line, start, end, alone, words);
                        parts.push(Part { start, end, kind: rule.kind });
                    }
                }
                _ => {}
            }
        }
        settle(parts);
        match parts.first() {
            Some(part) if part.start <= lead && part.end >= trail => Verdict::Whole(part.kind),
            _ => Verdict::Prose,
        }
    }
}

impl Rule {
    fn start_limit(&self) -> usize {
        match self.kind {
            BlockKind::Byline => BYLINE_LIMIT,
            BlockKind::Caption => CAPTION_LIMIT,
            _ => START_LIMIT,
        }
    }
}

/// Sorts `parts`; where two overlap, a link ends where the next part begins, and otherwise the
/// earlier one stands.
fn settle(parts: &mut Vec<Part>) {
    parts.sort_by_key(|part| (part.start, std::cmp::Reverse(part.end)));
    let mut kept = 0;
    for index in 0..parts.len() {
        let part = parts[index];
        if kept > 0 && part.start < parts[kept - 1].end {
            let earlier = &mut parts[kept - 1];
            let cut = earlier.kind == BlockKind::Link && part.start > earlier.start;
            if !cut || part.end <= earlier.end && part.kind == BlockKind::Link {
                continue;
            }
            earlier.end = part.start;
        }
        parts[kept] = part;
        kept += 1;
    }
    parts.truncate(kept);
}

/// Where the marks at the start of the line end, and where those at its end begin.
fn marks(line: &str) -> (usize, usize) {
    // A quotation is prose, whatever it begins with.
    let lead_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '\'' | '‘');
    let lead = line.len() - line.trim_start_matches(lead_mark).len();
    (lead, line.trim_end_matches(|c: char| !c.is_alphanumeric()).len().max(lead))
}

/// Whether `start..end` are whole words, a missing blank before a capital allowed.
fn stands_alone(line: &str, start: usize, end: usize) -> bool {
    let first = line[start..].chars().next().unwrap_or(' ');
    let last = line[..end].chars().next_back().unwrap_or(' ');
    let before = line[..start].chars().next_back().unwrap_or(' ');
    let after = line[end..].chars().next().unwrap_or(' ');
    let glued_before = first.is_alphanumeric()
        && before.is_alphanumeric()
        && !(first.is_uppercase() && before.is_lowercase());
    let glued_after = last.is_alphanumeric() && (after.is_lowercase() || after.is_ascii_digit());
    !glued_before && !glued_after
}

/// Whether a sentence ended before `at`: its mark stands there, or the blank is missing.
fn after_sentence(line: &str, at: usize) -> bool {
    let before = line[..at].trim_end_matches(is_blank);
    let touching = before.len() == at;
    let mut back = before.chars().rev();
    match back.next() {
        None => true,
        Some('.' | '?' | '!' | '…' | ':' | ';' | ')' | ']') => true,
        // A mark that touches the word opens a quotation, unless a sentence ended in front of it.
        Some('"' | '”' | '\'' | '’') => {
            !touching || matches!(back.next(), Some('.' | '?' | '!' | ','))
        }
        Some(last) => touching && last.is_lowercase() && line[at..].starts_with(char::is_uppercase),
    }
}

/// Whether nothing but white space stands between the last of `parts` and `at`.
fn after_part(line: &str, at: usize, parts: &[Part]) -> bool {
    parts.last().is_some_and(|part| part.end <= at && line[part.end..at].trim().is_empty())
}

/// Whether what follows `end` does not go on with the sentence.
fn begins_sentence(line: &str, end: usize) -> bool {
    let next = line[end..].trim_start_matches(is_blank).chars().next();
    // What a wrong encoding makes of an opening quotation mark is a letter, but not of ASCII.
    next.is_none_or(|c| !c.is_ascii_lowercase() && !matches!(c, ',' | '.' | ';' | ')'))
}

/// Whether every word of `marker` begins with a capital.
fn is_title_case(marker: &str) -> bool {
    marker.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// Where scope `tail` ends: with the line, or with the sentence when the line goes on for long.
fn tail_end(line: &str, start: usize, end: usize) -> usize {
    if line.len() - start <= TAIL_LIMIT {
        return line.len();
    }
    let limit = floor_boundary(line, end + TAIL_LIMIT);
    line[end..limit].find(". ").map_or(end, |at| end + at + 1)
}

/// Reads one table; a rule comes with its pattern, kind and scope as written.
fn read<'t>(text: &'t str, rules: &mut Vec<([&'t str; 3], Rule)>) -> Result<(), FactsError> {
    let columns = ["pattern", "kind", "scope"];
    for row in Facts::parse(text, &columns)?.rows() {
        let row = row?;
        let source = columns.map(|column| row.get(column));
        let pattern = Pattern::parse(source[0])
            .ok_or_else(|| row.error("no word before the first wildcard"))?;
        let kind =
            kind(source[1]).ok_or_else(|| row.error(format!("unknown kind {:?}", source[1])))?;
        let scope =
            scope(source[2]).ok_or_else(|| row.error(format!("unknown scope {:?}", source[2])))?;
        rules.push((source, Rule { pattern, kind, scope }));
    }
    Ok(())
}

fn kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "advert" => BlockKind::Advert,
        "byline" => BlockKind::Byline,
        "caption" => BlockKind::Caption,
        "embed" => BlockKind::Embed,
        "link" => BlockKind::Link,
        "notice" => BlockKind::Notice,
        "script" => BlockKind::Script,
        "sign-off" => BlockKind::SignOff,
        "tags" => BlockKind::Tags,
        _ => return None,
    })
}

fn scope(name: &str) -> Option<Scope> {
    Some(match name {
        "line" => Scope::Line,
        "start" => Scope::Start,
        "end" => Scope::End,
        "tail" => Scope::Tail,
        "inline" => Scope::Inline,
        "link" => Scope::Link,
        "below" => Scope::Below,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use nukil_types::facts::Row;

    use super::*;

    fn words() -> Words {
        Words::parse(nukil_data::LAYOUT_WORDS).unwrap()
    }

    fn all() -> Furniture {
        Furniture::parse(nukil_data::FURNITURE).unwrap()
    }

    /// Calls `visit` with every rule of the tables: where it stands, its row, and it alone.
    fn each_rule(mut visit: impl FnMut(&str, &Row, &Furniture)) {
        for &(name, text) in nukil_data::FURNITURE {
            for row in Facts::parse(text, &["takes", "leaves"]).unwrap().rows() {
                let row = row.unwrap();
                let fields = ["pattern", "kind", "scope"].map(|column| row.get(column));
                let table = format!("pattern\tkind\tscope\n{}\n", fields.join("\t"));
                let alone = Furniture::parse(&[(name, &table)]).unwrap();
                visit(&format!("{name}, line {}", row.line), &row, &alone);
            }
        }
    }

    #[test]
    fn every_rule_alone_takes_what_it_says() {
        let words = words();
        each_rule(|place, row, rule| {
            let example = row.get("takes");
            let line = example.replace(['⟦', '⟧'], "");
            let start = example.find('⟦').expect(place);
            let end = example.find('⟧').expect(place) - '⟦'.len_utf8();
            let mut parts = Vec::new();
            let taken = match rule.judge(&line, &words, &mut parts) {
                Verdict::Prose => parts.first().map(|part| (part.start, part.end)),
                _ => Some((0, line.len())),
            };
            let taken = taken.map(|(start, end)| &line[start..end]);
            assert_eq!(taken, Some(&line[start..end]), "{place}: {example}");
        });
    }

    #[test]
    fn every_rule_leaves_the_prose_that_has_its_words() {
        let (words, all) = (words(), all());
        each_rule(|place, row, rule| {
            let line = row.get("leaves");
            if line.is_empty() {
                return;
            }
            assert!(rule.anchors.find(line).next().is_some(), "{place} is not asked of {line:?}");
            for furniture in [rule, &all] {
                let mut parts = Vec::new();
                assert_eq!(
                    furniture.judge(line, &words, &mut parts),
                    Verdict::Prose,
                    "{place}: {line}"
                );
                assert_eq!(parts, [], "{place}: {line}");
            }
        });
    }

    #[test]
    fn no_rule_stands_twice() {
        let mut rules = Vec::new();
        each_rule(|_, row, _| {
            rules.push(["pattern", "scope"].map(|column| row.get(column).to_string()));
        });
        rules.sort();
        let doubles: Vec<_> = rules.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(doubles.is_empty(), "{doubles:?}");
    }

    #[test]
    fn prose_that_sounds_like_furniture_stays() {
        let (furniture, words) = (all(), words());
        for line in [
            "Warga diminta membaca juga aturan baru itu sebelum mendaftar.",
            "Saat itu terlihat juga sejumlah polisi di lokasi.",
            "Ia mengatakan, advertisement di kota itu makin banyak.",
            "Foto/ilustrasi yang beredar itu palsu, kata polisi.",
            "Reporter itu dipukul saat meliput demonstrasi di depan gedung DPR.",
            "Berita lainnya soal banjir masih dikumpulkan petugas.",
            "Komentar itu memicu protes.",
            "Data itu dikutip dari Getty Images.",
            "\"Simak juga pendapat para ahli,\" kata dia.",
        ] {
            let mut parts = Vec::new();
            assert_eq!(furniture.judge(line, &words, &mut parts), Verdict::Prose, "{line}");
            assert_eq!(parts, [], "{line}");
        }
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let table = "# x\npattern\tkind\tscope\nbaca juga\tlink\tlink\niklan\tadvert\tpage\n";
        let error = Furniture::parse(&[("tempo", table)]).unwrap_err().to_string();
        assert_eq!(error, "data/article/furniture/tempo.tsv, line 4: unknown scope \"page\"");
    }
}
