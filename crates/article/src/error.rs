use nukil_types::facts::FactsError;

/// A table of rules that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("data/article/{table}.tsv, {source}")]
pub struct RuleError {
    table: String,
    source: FactsError,
}

impl RuleError {
    pub(crate) fn in_table(table: &str) -> impl Fn(FactsError) -> Self {
        move |source| RuleError { table: table.to_string(), source }
    }
}
