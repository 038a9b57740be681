//! Where outlets put the text of an article, and what else they put beside it.

use nukil_types::facts::{Facts, FactsError};

use super::tree::Element;

/// The table `pages.tsv`.
#[derive(Debug, Default)]
pub(crate) struct PageRules {
    body: Vec<Sign>,
    furniture: Vec<Sign>,
}

/// What tells an element.
#[derive(Debug)]
enum Sign {
    /// `.name`: one of its classes.
    Class(Box<str>),
    /// `#name`: its id.
    Id(Box<str>),
    /// `@name`: one of its `itemprop`.
    Property(Box<str>),
    /// `~name`: the beginning of a part of a class or the id; hyphens and underscores part them.
    Part(Box<str>),
}

impl PageRules {
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        let mut rules = PageRules::default();
        for row in Facts::parse(text, &["sign", "is", "outlets"])?.rows() {
            let row = row?;
            let sign = row.get("sign");
            let name: Box<str> = sign.get(1..).unwrap_or_default().into();
            let sign = match sign.as_bytes().first() {
                _ if name.is_empty() => return Err(row.error("a sign without a name")),
                Some(b'.') => Sign::Class(name),
                Some(b'#') => Sign::Id(name),
                Some(b'@') => Sign::Property(name),
                Some(b'~') => Sign::Part(name),
                _ => return Err(row.error(format!("unknown sign {sign:?}"))),
            };
            match row.get("is") {
                "body" => rules.body.push(sign),
                "furniture" => rules.furniture.push(sign),
                other => return Err(row.error(format!("unknown meaning {other:?}"))),
            }
        }
        Ok(rules)
    }

    /// Whether `element` holds the text of an article.
    pub fn is_body(&self, element: &Element) -> bool {
        let names = Names::of(element);
        self.body.iter().any(|sign| names.have(sign))
    }

    /// Whether `element` holds something else.
    pub fn is_furniture(&self, element: &Element) -> bool {
        let names = Names::of(element);
        self.furniture.iter().any(|sign| names.have(sign))
    }
}

struct Names<'e> {
    class: &'e str,
    id: &'e str,
    property: &'e str,
}

impl<'e> Names<'e> {
    fn of(element: &'e Element) -> Self {
        Names {
            class: element.attribute("class").unwrap_or_default(),
            id: element.attribute("id").unwrap_or_default(),
            property: element.attribute("itemprop").unwrap_or_default(),
        }
    }

    fn have(&self, sign: &Sign) -> bool {
        match sign {
            Sign::Class(name) => self.class.split_ascii_whitespace().any(|class| class == &**name),
            Sign::Id(name) => self.id == &**name,
            Sign::Property(name) => {
                self.property.split_ascii_whitespace().any(|property| property == &**name)
            }
            Sign::Part(name) => [self.class, self.id].into_iter().any(|names| {
                names.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| {
                    part.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                })
            }),
        }
    }
}
