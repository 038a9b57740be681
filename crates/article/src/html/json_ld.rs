//! What a page says of its article in JSON-LD, the vocabulary that search engines read
//! (<https://schema.org/NewsArticle>).

use serde_json::Value;

/// An article's own description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Article {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub created: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub section: Option<String>,
    pub keywords: Vec<String>,
    pub url: Option<String>,
}

/// What the JSON-LD of a page describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Described {
    /// The first article.
    pub article: Option<Article>,
    /// Whether it describes a collection of articles.
    pub collection: bool,
}

/// Levels of objects in which an article is looked for.
const LEVELS: usize = 6;

/// Reads the scripts of a page; what is no JSON is passed over.
pub(crate) fn read(scripts: &[String]) -> Described {
    let mut described = Described::default();
    for script in scripts {
        if let Some(value) = parse(script) {
            look(&value, LEVELS, &mut described);
        }
    }
    described
}

/// JSON as pages write it: in comments or CDATA, with line breaks inside strings.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = script.strip_prefix("<!--").and_then(|s| s.strip_suffix("-->")).unwrap_or(script);
    let script = script.trim().trim_start_matches("//").trim();
    let script = script.strip_prefix("<![CDATA[").unwrap_or(script);
    let script = script.strip_suffix("]]>").unwrap_or(script).trim_end_matches("//").trim();
    let script = script.trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let plain: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

fn look(value: &Value, levels: usize, described: &mut Described) {
    let Some(levels) = levels.checked_sub(1) else { return };
    match value {
        Value::Array(values) => {
            for value in values {
                look(value, levels, described);
            }
        }
        Value::Object(object) => {
            let types = strings(object.get("@type"));
            let is =
                |ends: &[&str]| types.iter().any(|kind| ends.iter().any(|e| kind.ends_with(e)));
            if is(&["Article", "BlogPosting", "Report", "ReportageNewsArticle"]) {
                described.article.get_or_insert_with(|| article(value));
            }
            described.collection |= is(&["CollectionPage", "ItemList", "SearchResultsPage"]);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(key) {
                    look(value, levels, described);
                }
            }
        }
        _ => {}
    }
}

fn article(value: &Value) -> Article {
    let first = |key: &str| strings(value.get(key)).into_iter().next();
    let mut keywords: Vec<String> = Vec::new();
    flatten(value.get("keywords"), LEVELS, &mut keywords);
    Article {
        headline: first("headline").or_else(|| first("name")),
        published: first("datePublished"),
        created: first("dateCreated"),
        authors: names(value.get("author")),
        publisher: names(value.get("publisher")).into_iter().next(),
        section: first("articleSection"),
        keywords,
        url: first("url").or_else(|| {
            let page = value.get("mainEntityOfPage")?;
            page.as_str().or_else(|| page.get("@id")?.as_str()).map(str::to_string)
        }),
    }
}

/// A string, or the strings of an array.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.trim().to_string()],
        Some(Value::Array(values)) => {
            values.iter().filter_map(Value::as_str).map(|text| text.trim().to_string()).collect()
        }
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|text| !text.is_empty())
    .collect()
}

/// Names of one or several people or organisations, each a string or an object with a name.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value))).collect(),
        Some(Value::Object(object)) => strings(object.get("name")),
        value => strings(value),
    }
}

/// Keywords, in arrays of arrays perhaps.
fn flatten(value: Option<&Value>, levels: usize, keywords: &mut Vec<String>) {
    match (value, levels.checked_sub(1)) {
        (Some(Value::String(text)), _) => {
            keywords.extend(text.split([',', ';']).map(|word| word.trim().to_string()));
        }
        (Some(Value::Array(values)), Some(levels)) => {
            for value in values {
                flatten(Some(value), levels, keywords);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(script: &str) -> Described {
        read(&[script.to_string()])
    }

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        let article = "{\"@type\": [\"NewsArticle\"], \"headline\": \"Banjir\n Rob\", \
                       \"author\": [{\"name\": \"Budi\"}, \"Ani\"], \"publisher\": {\"name\": \"Warta\"}, \
                       \"keywords\": [[\"rob\", \"Demak, banjir\"]]}";
        for script in [
            article.to_string(),
            format!("[{{\"@type\": \"WebSite\"}}, {article}]"),
            format!("{{\"@graph\": [{article}]}}"),
            format!("//<![CDATA[\n{article};\n//]]>"),
            format!("<!-- {article} -->"),
        ] {
            let found = described(&script).article.unwrap_or_else(|| panic!("{script}"));
            assert_eq!(found.headline.as_deref(), Some("Banjir  Rob"), "{script}");
            assert_eq!(found.authors, ["Budi", "Ani"]);
            assert_eq!(found.publisher.as_deref(), Some("Warta"));
            assert_eq!(found.keywords, ["rob", "Demak", "banjir"]);
        }
    }

    #[test]
    fn what_is_no_article_is_told_apart() {
        assert!(described("{\"@type\": \"ItemList\"}").collection);
        assert_eq!(
            described("{\"@type\": \"WebSite\", \"name\": \"Warta\"}"),
            Described::default()
        );
        assert_eq!(described("{\"@type\": "), Described::default());
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(described(&deep), Described::default());
    }
}
