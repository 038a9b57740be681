//! From a record batch of articles to their cells.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeBinaryArray, LargeStringArray, RecordBatch};
use arrow_cast::cast;
use arrow_json::writer::{EncoderOptions, NullableEncoder, make_encoder};
use arrow_schema::{ArrowError, DataType, FieldRef, Schema};
use nukil_types::{Fields, Role};

use super::BatchError;

/// An article as a row of a batch has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its identifier; nothing where the cell is null or blank.
    pub id: Option<String>,
    /// Its headline, likewise.
    pub title: Option<String>,
    /// Its text; nothing where the cell is null.
    pub text: Option<String>,
    /// Its date of publication, where it is not blank.
    pub date: Option<String>,
    /// The other columns, under their names in `documents`. Null is an empty cell, and what is no
    /// text is written as JSON has it.
    pub extra: Vec<(String, String)>,
}

/// Which column of some batches of articles is what.
#[derive(Clone, Debug)]
pub struct ArticleColumns(Vec<(String, Role)>);

impl ArticleColumns {
    /// Finds the columns that `fields` name.
    ///
    /// # Errors
    /// When there is no column for the text, or it holds something else.
    pub fn new(schema: &Schema, fields: &Fields) -> Result<Self, BatchError> {
        let names: Vec<&String> = schema.fields().iter().map(|field| field.name()).collect();
        let columns = fields.columns(&names);
        let Some(at) = columns.iter().position(|(_, role)| *role == Role::Text) else {
            return Err(BatchError::NoText {
                name: fields.text.clone(),
                columns: names.into_iter().cloned().collect(),
            });
        };
        let field = schema.field(at);
        if kind(field.data_type()) == Kind::Other {
            let (name, data_type) = (field.name().clone(), field.data_type().clone());
            return Err(BatchError::NotText { name, data_type });
        }
        Ok(ArticleColumns(columns))
    }

    /// The articles of a batch of that schema, one a row.
    ///
    /// # Errors
    /// When a column is of a type that cannot be written as text.
    pub fn articles(&self, batch: &RecordBatch) -> Result<Vec<Article>, ArrowError> {
        let mut articles = vec![Article::default(); batch.num_rows()];
        let schema = batch.schema();
        let options = EncoderOptions::default();
        for (at, (name, role)) in self.0.iter().enumerate() {
            let array = in_utc(batch.column(at))?;
            let mut cells = Cells::new(&schema.fields()[at], &array, &options)?;
            for (row, article) in articles.iter_mut().enumerate() {
                let cell = cells.get(row)?;
                let value = |cell: Option<Cow<'_, str>>| {
                    let cell = cell.as_deref().map(str::trim);
                    cell.filter(|cell| !cell.is_empty()).map(str::to_string)
                };
                match role {
                    Role::Id => article.id = value(cell),
                    Role::Title => article.title = value(cell),
                    Role::Date => article.date = value(cell),
                    Role::Text => article.text = cell.map(Cow::into_owned),
                    Role::PassThrough => {
                        let cell = cell.map(Cow::into_owned).unwrap_or_default();
                        article.extra.push((name.clone(), cell));
                    }
                }
            }
        }
        Ok(articles)
    }
}

/// A column with its times in UTC, where they are in a zone that has a name, as "Asia/Jakarta" or
/// "UTC" itself: only an offset can be written without a table of all zones.
fn in_utc(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    fn field(field: &FieldRef) -> FieldRef {
        let utc = utc(field.data_type());
        Arc::new(field.as_ref().clone().with_data_type(utc))
    }
    fn utc(data_type: &DataType) -> DataType {
        match data_type {
            DataType::Timestamp(unit, Some(zone)) if !zone.starts_with(['+', '-']) => {
                DataType::Timestamp(*unit, Some("+00:00".into()))
            }
            DataType::List(item) => DataType::List(field(item)),
            DataType::LargeList(item) => DataType::LargeList(field(item)),
            DataType::Struct(fields) => DataType::Struct(fields.iter().map(field).collect()),
            other => other.clone(),
        }
    }
    cast(array, &utc(array.data_type()))
}

/// What a type is, for one who wants text of it.
#[derive(PartialEq, Eq)]
enum Kind {
    Text,
    /// Bytes without a word on what they are, as old writers of Parquet store texts.
    Bytes,
    Other,
}

fn kind(data_type: &DataType) -> Kind {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Text,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => Kind::Bytes,
        DataType::Dictionary(_, values) => kind(values),
        _ => Kind::Other,
    }
}

/// The cells of a column as texts.
enum Cells<'a> {
    Text(LargeStringArray),
    Bytes(LargeBinaryArray),
    Json(NullableEncoder<'a>, Vec<u8>),
}

impl<'a> Cells<'a> {
    fn new(
        field: &'a FieldRef,
        array: &'a ArrayRef,
        options: &'a EncoderOptions,
    ) -> Result<Self, ArrowError> {
        Ok(match kind(array.data_type()) {
            Kind::Text => Cells::Text(cast(array, &DataType::LargeUtf8)?.as_string().clone()),
            Kind::Bytes => Cells::Bytes(cast(array, &DataType::LargeBinary)?.as_binary().clone()),
            Kind::Other => Cells::Json(make_encoder(field, array, options)?, Vec::new()),
        })
    }

    /// The text of a cell; nothing for null.
    fn get(&mut self, row: usize) -> Result<Option<Cow<'_, str>>, ArrowError> {
        Ok(match self {
            Cells::Text(array) => array.is_valid(row).then(|| array.value(row).into()),
            Cells::Bytes(array) => {
                array.is_valid(row).then(|| String::from_utf8_lossy(array.value(row)))
            }
            Cells::Json(encoder, _) if encoder.is_null(row) => None,
            Cells::Json(encoder, json) => {
                json.clear();
                encoder.encode(row, json);
                // What is no number is null in JSON.
                if json == b"null" { None } else { Some(unquoted(json)?) }
            }
        })
    }
}

/// What JSON says: of a string its text, of all else the JSON.
fn unquoted(json: &[u8]) -> Result<Cow<'_, str>, ArrowError> {
    let error = |error: serde_json::Error| ArrowError::JsonError(error.to_string());
    if json.starts_with(b"\"") {
        return serde_json::from_slice::<String>(json).map(Cow::Owned).map_err(error);
    }
    Ok(String::from_utf8_lossy(json))
}
