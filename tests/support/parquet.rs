//! Reads Parquet tables back as rows of the cells that CSV has.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// A Parquet file as the rows of the table in CSV, the header row first.
pub fn rows(path: &Path) -> Vec<Vec<String>> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("a Parquet file");
    let header = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
    let mut rows = vec![header];
    for batch in reader.build().expect("a reader") {
        rows.extend(cells(&batch.expect("a batch")));
    }
    rows
}

/// The rows of a batch, each cell as CSV has it.
pub fn cells(batch: &RecordBatch) -> Vec<Vec<String>> {
    let schema = batch.schema();
    let columns: Vec<_> = schema.fields().iter().zip(batch.columns()).collect();
    let row = |row| columns.iter().map(|(field, column)| cell(field.name(), column, row)).collect();
    (0..batch.num_rows()).map(row).collect()
}

fn cell(name: &str, column: &Arc<dyn Array>, row: usize) -> String {
    if column.is_null(row) {
        return String::new();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_string(),
        DataType::Dictionary(_, _) => {
            let texts = arrow_cast::cast(&column.slice(row, 1), &DataType::Utf8).expect("a text");
            texts.as_string::<i32>().value(0).to_string()
        }
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        DataType::Float64 => {
            let decimals = if matches!(name, "latitude" | "longitude") { 5 } else { 4 };
            format!("{:.decimals$}", column.as_primitive::<Float64Type>().value(row))
        }
        DataType::List(_) => {
            let list = column.as_list::<i32>().value(row);
            let texts: Vec<_> = list.as_string::<i32>().iter().map(Option::unwrap).collect();
            texts.join("|")
        }
        other => panic!("a column of {other}"),
    }
}
