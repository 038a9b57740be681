//! The columns that the tables are built of.

use std::fmt::{Display, Write};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::types::Int32Type;
use arrow_schema::{DataType, Field};

/// A column that grows by a cell a row.
pub(super) trait Column {
    /// Name, type and whether there can be nulls.
    fn field(&self, name: &str) -> Field;

    /// The cells so far; the column begins anew.
    fn finish(&mut self) -> ArrayRef;

    /// About how many bytes the cells so far take.
    fn bytes(&self) -> usize;
}

/// Texts of which few are alike.
#[derive(Default)]
pub(super) struct Text(StringBuilder);

impl Text {
    pub fn push(&mut self, cell: &str) {
        self.0.append_value(cell);
    }

    pub fn push_optional(&mut self, cell: Option<&str>) {
        self.0.append_option(cell);
    }

    /// Adds nulls for rows that the column came too late for.
    pub fn push_nulls(&mut self, count: usize) {
        self.0.append_nulls(count);
    }
}

impl Column for Text {
    fn field(&self, name: &str) -> Field {
        Field::new(name, DataType::Utf8, false)
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }

    fn bytes(&self) -> usize {
        self.0.values_slice().len() + size_of_val(self.0.offsets_slice())
    }
}

/// Identifiers, labels and other texts that come again and again: each is kept once.
#[derive(Default)]
pub(super) struct Coded {
    builder: StringDictionaryBuilder<Int32Type>,
    rows: usize,
    /// Where other values are put into words.
    cell: String,
}

impl Coded {
    pub fn push(&mut self, cell: &str) {
        self.repeat(cell, 1);
    }

    pub fn push_optional(&mut self, cell: Option<&str>) {
        self.builder.append_option(cell);
        self.rows += 1;
    }

    /// Adds the cell `count` times.
    pub fn repeat(&mut self, cell: &str, count: usize) {
        self.builder.append_values(cell, count);
        self.rows += count;
    }

    pub fn show(&mut self, cell: impl Display) {
        self.cell.clear();
        // A string takes whatever is written to it.
        let _ = write!(self.cell, "{cell}");
        self.builder.append_value(&self.cell);
        self.rows += 1;
    }

    pub fn show_optional(&mut self, cell: Option<impl Display>) {
        match cell {
            Some(cell) => self.show(cell),
            None => self.push_optional(None),
        }
    }
}

impl Column for Coded {
    fn field(&self, name: &str) -> Field {
        let values = Box::new(DataType::Utf8);
        Field::new(name, DataType::Dictionary(Box::new(DataType::Int32), values), false)
    }

    fn finish(&mut self) -> ArrayRef {
        self.rows = 0;
        Arc::new(self.builder.finish())
    }

    fn bytes(&self) -> usize {
        self.rows * size_of::<i32>()
    }
}

/// Counts, ranks and offsets. Signed, as Spark and Java know no other.
#[derive(Default)]
pub(super) struct Number(Int64Builder);

impl Number {
    pub fn push(&mut self, cell: usize) {
        // Nothing in memory is counted beyond an i64.
        self.0.append_value(i64::try_from(cell).unwrap_or(i64::MAX));
    }
}

impl Column for Number {
    fn field(&self, name: &str) -> Field {
        Field::new(name, DataType::Int64, false)
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }

    fn bytes(&self) -> usize {
        size_of_val(self.0.values_slice())
    }
}

/// Scores and coordinates.
#[derive(Default)]
pub(super) struct Decimal(Float64Builder);

impl Decimal {
    pub fn push(&mut self, cell: f64) {
        self.0.append_value(cell);
    }

    pub fn push_optional(&mut self, cell: Option<f64>) {
        self.0.append_option(cell);
    }
}

impl Column for Decimal {
    fn field(&self, name: &str) -> Field {
        Field::new(name, DataType::Float64, false)
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }

    fn bytes(&self) -> usize {
        size_of_val(self.0.values_slice())
    }
}

/// Yes or no.
#[derive(Default)]
pub(super) struct Flag(BooleanBuilder);

impl Flag {
    pub fn push(&mut self, cell: bool) {
        self.0.append_value(cell);
    }
}

impl Column for Flag {
    fn field(&self, name: &str) -> Field {
        Field::new(name, DataType::Boolean, false)
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }

    fn bytes(&self) -> usize {
        self.0.values_slice().len()
    }
}

/// Several texts in a cell.
pub(super) struct Texts(ListBuilder<StringBuilder>);

/// What a list holds, under the name that the Parquet format gives it.
fn element() -> Field {
    Field::new("element", DataType::Utf8, false)
}

impl Default for Texts {
    fn default() -> Self {
        Texts(ListBuilder::new(StringBuilder::new()).with_field(element()))
    }
}

impl Texts {
    pub fn push<S: AsRef<str>>(&mut self, cell: &[S]) {
        for text in cell {
            self.0.values().append_value(text);
        }
        self.0.append(true);
    }
}

impl Column for Texts {
    fn field(&self, name: &str) -> Field {
        Field::new(name, DataType::List(Arc::new(element())), false)
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }

    fn bytes(&self) -> usize {
        self.0.values_ref().values_slice().len() + size_of_val(self.0.offsets_slice())
    }
}

/// A column that has nulls where there is nothing to say.
#[derive(Default)]
pub(super) struct Optional<C>(pub C);

impl<C: Column> Column for Optional<C> {
    fn field(&self, name: &str) -> Field {
        self.0.field(name).with_nullable(true)
    }

    fn finish(&mut self) -> ArrayRef {
        self.0.finish()
    }

    fn bytes(&self) -> usize {
        self.0.bytes()
    }
}
