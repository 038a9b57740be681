//! What a page says of its article outside the text: JSON-LD first, then Open Graph and other
//! `meta` tags, then the elements of the page.

use super::flow::{collapse, line};
use super::json_ld::{self, Article};
use super::simplify::Simplified;
use super::tree::{Step, Tree, Walk};
use super::{stamp, title};
use crate::moments::Moment;

/// What is known of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub title: Option<String>,
    pub published: Option<Moment>,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    pub url: Option<String>,
    /// Whether the page calls itself an article.
    pub says_article: bool,
    /// Whether it calls itself a list of articles, or is the front page of its site, and does not
    /// call itself an article.
    pub says_index: bool,
}

/// Headings that are looked at for the headline, and the longest of them in bytes.
const HEADINGS: usize = 200;
const HEADING_BYTES: usize = 300;
/// Longest name of an author, a section or a tag in bytes.
const NAME_BYTES: usize = 80;
/// Most tags and authors, and most of what may be one that is looked at.
const TAGS: usize = 50;
const AUTHORS: usize = 20;
const LOOKED_AT: usize = 500;

/// Names under which `meta` tags give the date of publication, the surest first.
const DATES: [&str; 16] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "publishdate",
    "publish-date",
    "pubdate",
    "publish_date",
    "content_publisheddate",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "originalpublicationdate",
    "datecreated",
];

/// Elements of the page that say something of the article.
#[derive(Debug, Default)]
struct Elements {
    headings: Vec<String>,
    times: Vec<String>,
    authors: Vec<String>,
    section: Option<String>,
}

/// Collects what the page says.
pub(crate) fn collect(page: &Simplified, tree: &Tree) -> Metadata {
    let described = json_ld::read(&page.json_ld);
    let describes_article = described.article.is_some();
    let article = described.article.unwrap_or_default();
    let meta = |name: &str| {
        page.metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.as_str())
    };
    let first = |names: &[&str]| names.iter().find_map(|name| meta(name)).map(collapse);
    let elements = Elements::of(tree);

    let named = first(&["og:site_name"])
        .or_else(|| article.publisher.as_deref().map(collapse))
        .or_else(|| first(&["application-name", "twitter:app:name:iphone"]))
        .filter(|name| is_name(name));
    let url = page.canonical.clone().or_else(|| first(&["og:url"])).or(article.url.clone());
    let host = url.as_deref().and_then(host);
    let site: Vec<&str> = named.as_deref().into_iter().chain(host).collect();

    let given = article.headline.clone().or_else(|| first(&["og:title", "twitter:title"]));
    let given = given.or_else(|| first(&["headline"]));
    let given = given.or_else(|| Some(page.title.clone()).filter(|title| !title.is_empty()));
    let title = match given {
        Some(given) => title::headline(&given, &elements.headings, &site),
        None => elements.headings.first().cloned(),
    };

    let published = published(&article, &meta, &elements, tree, title.as_deref());
    let author = first(&["author", "article:author", "dc.creator", "content_author"]);
    let authors = match article.authors.is_empty() {
        false => article.authors,
        true if !elements.authors.is_empty() => elements.authors,
        true => author.into_iter().collect(),
    };
    let authors = authors.iter().take(LOOKED_AT);
    let mut authors: Vec<String> = authors.map(|name| collapse(name)).collect();
    authors.retain(|name| is_name(name) && !title::names_site(name, &site));
    dedup(&mut authors);
    authors.truncate(AUTHORS);

    let section =
        article.section.or_else(|| first(&["article:section", "articlesection", "section"]));
    let section = section.or(elements.section).map(|name| collapse(&name));

    let outlet = named.clone().or_else(|| {
        let behind = title::behind_headline(&page.title, title.as_deref()?)?;
        Some(behind).filter(|name| is_name(name)).map(collapse)
    });
    let outlet = outlet.or_else(|| host.map(str::to_string));

    let og_type = first(&["og:type"]).unwrap_or_default().to_lowercase();
    let says_article = describes_article
        || og_type.ends_with("article")
        || meta("article:published_time").is_some();
    // Some outlets give the address of their site for that of every page.
    let is_front = url.as_deref().is_some_and(is_front_page);
    Metadata {
        title,
        published,
        authors,
        outlet,
        section: section.filter(|name| is_name(name) && !title::names_site(name, &site)),
        tags: tags(page, article.keywords),
        says_article,
        says_index: (is_front || described.collection) && !says_article,
        url,
    }
}

fn published<'p>(
    article: &Article,
    meta: &impl Fn(&str) -> Option<&'p str>,
    elements: &Elements,
    tree: &Tree,
    title: Option<&str>,
) -> Option<Moment> {
    article
        .published
        .as_deref()
        .and_then(stamp::moment)
        .or_else(|| DATES.iter().find_map(|name| meta(name).and_then(stamp::moment)))
        .or_else(|| elements.times.iter().find_map(|time| stamp::moment(time)))
        .or_else(|| article.created.as_deref().and_then(stamp::moment))
        .or_else(|| stamp::visible(tree, title))
}

/// Tags from the first place that has any.
fn tags(page: &Simplified, described: Vec<String>) -> Vec<String> {
    let split = |content: &str| content.split([',', ';']).map(collapse).collect::<Vec<_>>();
    let first = |name: &str| {
        let meta = page.metas.iter().find(|(known, _)| known == name);
        meta.map_or_else(Vec::new, |(_, content)| split(content))
    };
    let tagged = page.metas.iter().filter(|(known, _)| known == "article:tag");
    let tagged = tagged.flat_map(|(_, content)| split(content)).collect();
    let keywords = Some(first("keywords")).filter(|tags| !is_sentence(tags)).unwrap_or_default();
    for mut tags in [tagged, described, first("news_keywords"), keywords] {
        tags.truncate(LOOKED_AT);
        // "Editor:Budi" and "ShowBiz:Film" are the content system's own.
        tags.retain(|tag| is_name(tag) && !tag.contains(':'));
        dedup(&mut tags);
        tags.truncate(TAGS);
        if !tags.is_empty() {
            return tags;
        }
    }
    Vec::new()
}

/// Whether keywords are a sentence cut into its words, as some content systems make them.
fn is_sentence(tags: &[String]) -> bool {
    let single = tags.iter().filter(|tag| !tag.contains(' ')).count();
    tags.len() >= 8 && single * 10 >= tags.len() * 9
}

fn dedup(names: &mut Vec<String>) {
    let mut kept: Vec<String> = Vec::new();
    names.retain(|name| {
        let folded = name.to_lowercase();
        let new = !kept.contains(&folded);
        kept.push(folded);
        new
    });
}

/// Whether `name` may be what it is said to be: no address, no sentence, and something.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME_BYTES
        && name.contains(char::is_alphanumeric)
        && !name.contains("://")
        && !name.starts_with('@')
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.trim_start_matches("www.")).filter(|host| !host.is_empty())
}

/// Whether `url` is the address of a site and no page of it.
fn is_front_page(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return url == "/" };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    path.is_empty()
        || path.eq_ignore_ascii_case("index.html")
        || path.eq_ignore_ascii_case("index.php")
}

impl Elements {
    fn of(tree: &Tree) -> Self {
        let mut found = Elements::default();
        for step in Walk::new(tree.root()) {
            let Step::Enter(node) = step else { continue };
            let Some(element) = node.element() else { continue };
            let name = element.name();
            let property = element.attribute("itemprop").unwrap_or_default();
            let is = |wanted: &str| property.split_ascii_whitespace().any(|p| p == wanted);
            if found.headings.len() < HEADINGS
                && (matches!(name, "h1" | "h2" | "h3") || is("headline"))
            {
                let heading = line(node);
                if heading.contains(' ') && heading.len() <= HEADING_BYTES {
                    found.headings.push(heading);
                }
            }
            if name == "time" && (is("datePublished") || element.attribute("pubdate").is_some())
                || is("datePublished") && name != "time"
            {
                let machine =
                    element.attribute("datetime").or_else(|| element.attribute("content"));
                found.times.push(machine.map_or_else(|| line(node), str::to_string));
            }
            if is("author") && found.authors.len() < 5 {
                found.authors.push(line(node));
            }
            if is("articleSection") && found.section.is_none() {
                found.section = Some(line(node));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_front_page_is_told_by_its_address() {
        for (url, expected) in [
            ("https://www.warta.id", true),
            ("https://www.warta.id/", true),
            ("https://warta.id/index.html", true),
            ("https://warta.id/read/1/banjir", false),
            ("", false),
        ] {
            assert_eq!(is_front_page(url), expected, "{url}");
        }
    }
}
