//! The command line: every option, its default and its help text.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::styling::{Effects, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use nukil_pipeline::{KeywordMethod, Layout, LemmaProfile, Period, Profile};
use nukil_tables::{Charset, Fields, InputFormat, PartitionBy, ReadOptions, WordFormat};
use nukil_types::{Limits, OffsetUnit, PageLimits};

const STYLES: Styles = Styles::plain()
    .header(clap::builder::styling::Style::new().effects(Effects::BOLD))
    .usage(clap::builder::styling::Style::new().effects(Effects::BOLD))
    .literal(clap::builder::styling::Style::new().effects(Effects::BOLD));

/// Read Indonesian news and write tables of people, places, organisations and keywords.
#[derive(Debug, Parser)]
#[command(name = "nukil", version, styles = STYLES, max_term_width = 100)]
#[command(after_help = "Try:  nukil extract berita/        (then look into nukil-out/)\n      \
                        nukil help extract           (all options, with examples)")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and write who, where, which organisation and what about
    ///
    /// Reads articles and writes a dataset folder of CSV tables, or JSON Lines records: the
    /// people, places and organisations that each article names, with their titles, identifiers
    /// and coordinates, where they stand in the text, and the keywords of the article.
    #[command(after_help = EXTRACT_EXIT_STATUS, after_long_help = EXAMPLES)]
    Extract(Box<ExtractArgs>),

    /// Tell, mention by mention, why documents have the entities that they have
    ///
    /// Writes to standard output, for a person to read: who found each mention and how sure the
    /// tagger is, what the rules say, the cue words beside it, what the gazetteer knows by its name
    /// and why one of several was taken, its entity and why it was joined to it.
    #[command(after_help = EXPLAIN_EXIT_STATUS, after_long_help = EXPLAIN_EXAMPLES)]
    Explain(Box<ExplainArgs>),

    /// Train a tagger on labelled tokens
    ///
    /// Trains a linear-chain model on files of tokens: a token and its label (BIO) a line, joined
    /// by a tab, an empty line between sentences. Any label set will do. The same files and
    /// options give the same model, byte for byte.
    #[command(after_help = "Example:  nukil train --train latih.tsv --dev uji.tsv -o model.bin")]
    Train(TrainArgs),

    /// Label a file of tokens: a third column with the predicted label
    #[command(after_help = "Example:  nukil tag --model model.bin berita.tsv > hasil.tsv")]
    Tag(TagArgs),

    /// Measure a model on labelled tokens
    ///
    /// Prints precision, recall and F1 for every label, which labels are taken for which, and how
    /// far the scores can be trusted.
    #[command(after_help = "Example:  nukil eval uji.tsv --model model.bin")]
    Eval(EvalArgs),

    /// Write tokens, sentences, lemmas and clitics to standard output
    ///
    /// Splits texts into sentences and tokens and writes them with their lemmas, stop words marked
    /// and clitics (-nya, ku-, -lah, …) told apart, as JSON Lines or CoNLL-U.
    #[command(after_help = TOKENIZE_EXIT_STATUS, after_long_help = TOKENIZE_EXAMPLES)]
    Tokenize(Box<TokenizeArgs>),

    /// Write the keywords of documents, or of a whole collection
    ///
    /// Ranks the phrases that say what each document is about. With --corpus it reads the input
    /// twice: it ranks by what sets the documents apart from each other, and writes the keywords of
    /// the collection with their days and bursts.
    #[command(after_help = EXIT_STATUS, after_long_help = KEYWORDS_EXAMPLES)]
    Keywords(Box<KeywordsArgs>),

    /// Count how often a collection of one's own uses words and phrases
    Background {
        #[command(subcommand)]
        command: BackgroundCommand,
    },

    /// Write a completion script for a shell to standard output
    #[command(after_help = "Example:  nukil completions bash > \
                            ~/.local/share/bash-completion/completions/nukil")]
    Completions {
        /// The shell
        shell: Shell,
    },

    /// Write the manual pages, in roff, to standard output
    #[command(after_help = "Example:  nukil man > nukil.1 && man ./nukil.1")]
    Man,
}

impl Command {
    /// Whether it writes data to standard output.
    pub fn writes_stdout(&self) -> bool {
        match self {
            Command::Extract(args) => args.output.output.as_os_str() == "-",
            Command::Keywords(args) => args.output.as_os_str() == "-",
            Command::Train(_) | Command::Background { .. } => false,
            _ => true,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum BackgroundCommand {
    /// Count words and phrases of documents into a file for --background
    ///
    /// The counts tell a ranker what is common in such texts, what their headlines take up and what
    /// they write with a capital. They need many documents, best tens of thousands: a phrase that
    /// fewer than five of them hold (in a small collection two) counts as never seen.
    #[command(after_help = EXIT_STATUS, after_long_help = BACKGROUND_EXAMPLES)]
    Build(Box<BackgroundArgs>),
}

/// What a command's exit status says, at the end of its short help and, behind examples, of its
/// long help.
macro_rules! exit_status {
    (tables) => {
        "Exit status:
  0  all documents done
  1  finished, some documents failed; each is named on standard error and in failures.csv
  2  nothing could be done: wrong usage, no readable input, or an output that cannot be written"
    };
    (extract) => {
        "Exit status:
  0    all documents done
  1    finished, some documents failed; each is named on standard error and in failures.csv
  2    nothing could be done: wrong usage, no readable input, or an output that cannot be written
  130  interrupted; --resume goes on"
    };
    (words) => {
        "Exit status:
  0  all documents done
  1  finished, some documents failed; each is named on standard error
  2  nothing could be done: wrong usage, or no readable input"
    };
}

const EXIT_STATUS: &str = exit_status!(tables);
const EXTRACT_EXIT_STATUS: &str = exit_status!(extract);
const TOKENIZE_EXIT_STATUS: &str = exit_status!(words);
const EXPLAIN_EXIT_STATUS: &str = TOKENIZE_EXIT_STATUS;

const EXAMPLES: &str = concat!(
    "Examples:
  nukil extract berita/
      Every article below the folder; the tables go to nukil-out/.

  nukil extract 'arsip/*.jsonl.gz' --text-field isi --date-field tanggal -o hasil
      Compressed JSON Lines with Indonesian field names; other fields pass through.

  cat berita.jsonl | nukil extract - -o - | jq -r '.entities[] | select(.label == \"PER\").name'
      The names of people, as a stage of a pipe.

  nukil extract berita.csv --gazetteer perusahaan.csv --stopwords-add kata.txt
      With names and stop words of one's own.

  nukil extract arsip/ -o hasil --resume
      Goes on where an interrupted run left off.

",
    exit_status!(extract),
);

const TOKENIZE_EXAMPLES: &str = concat!(
    "Examples:
  nukil tokenize berita.txt --output-format conllu
      Sentences with an empty line behind each, for tools of Universal Dependencies.

  cat berita.jsonl | nukil tokenize - --profile root | jq -r '.tokens[].lemma'
      One root for a family of words, as a search engine wants them.

",
    exit_status!(words),
);

const EXPLAIN_EXAMPLES: &str = concat!(
    "Examples:
  nukil explain berita.txt

  echo 'Hujan turun di Depok, Jawa Barat.' | nukil explain - --layout plain
      Why this Depok is the city and none of the districts of that name.

",
    exit_status!(words),
);

const KEYWORDS_EXAMPLES: &str = concat!(
    "Examples:
  nukil keywords berita/ --keywords 5 -o - | jq -r '.keywords[].text'
      The five best keywords of every article.

  nukil keywords arsip.jsonl.gz --corpus --by week -o hasil
      Also hasil/corpus.csv: what the collection is about, and when.

  nukil keywords skripsi/ --layout plain --keyword-method statistical
      Texts that are no news.

",
    exit_status!(tables),
);

const BACKGROUND_EXAMPLES: &str = "Examples:
  nukil background build arsip/*.jsonl.gz -o arsip.nkbg
  nukil extract berita/ --background arsip.nkbg
      Keywords by the counts of one's own archive.

Exit status:
  0  all documents done
  1  finished, some documents failed; each is named on standard error
  2  nothing could be done: wrong usage, no readable input, or an output that cannot be written";

#[derive(Args, Debug)]
pub struct KeywordsArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Folder for the tables, made if need be; - writes JSON Lines to standard output
    ///
    /// The tables are keywords.csv, keyword_occurrences.csv and failures.csv, with --corpus also
    /// corpus.csv. The JSON Lines have a record for every document, with --corpus instead for every
    /// keyword of the collection.
    #[arg(short, long, default_value = "nukil-out", value_name = "DIR", help_heading = "Output")]
    #[arg(value_hint = clap::ValueHint::DirPath)]
    pub output: PathBuf,

    /// What offsets count
    #[arg(long, value_enum, default_value_t, value_name = "UNIT", help_heading = "Output")]
    pub offsets: OffsetsArg,

    /// Take the documents as one collection; reads the input twice
    #[arg(long, help_heading = "Collection")]
    pub corpus: bool,

    /// Tell bursts by days or by weeks, which begin on Monday
    #[arg(long, value_enum, default_value_t, value_name = "PERIOD", help_heading = "Collection")]
    #[arg(requires = "corpus")]
    pub by: PeriodArg,

    #[command(flatten)]
    pub analysis: AnalysisArgs,

    #[command(flatten)]
    pub work: WorkArgs,
}

#[derive(Args, Debug)]
pub struct BackgroundArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// File for the counts
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    #[arg(help_heading = "Output")]
    pub output: PathBuf,

    /// article tells headline, dateline and prose from page furniture; plain takes all as prose
    #[arg(long, value_enum, default_value_t, value_name = "LAYOUT", help_heading = "Analysis")]
    pub layout: LayoutArg,

    /// Profile of stop words, with which no phrase begins or ends
    #[arg(long, value_enum, default_value_t, value_name = "PROFILE", help_heading = "Analysis")]
    pub stopwords: StopwordsArg,

    #[command(flatten)]
    pub work: WorkArgs,
}

#[derive(Args, Debug)]
pub struct ExplainArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// article tells headline, dateline and prose from page furniture; plain takes all as prose
    #[arg(long, value_enum, default_value_t, value_name = "LAYOUT", help_heading = "Analysis")]
    pub layout: LayoutArg,

    /// Names that are sure, as for `nukil extract`; may be repeated
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    #[arg(help_heading = "Analysis")]
    pub gazetteer: Vec<PathBuf>,

    /// A tagger of one's own, from `nukil train`, instead of the built-in one
    #[arg(long, value_name = "MODEL", value_hint = clap::ValueHint::FilePath)]
    #[arg(help_heading = "Analysis")]
    pub model: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct TokenizeArgs {
    #[command(flatten)]
    pub input: InputArgs,

    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", help_heading = "Output")]
    pub output_format: WordFormatArg,

    /// What offsets count
    #[arg(long, value_enum, default_value_t, value_name = "UNIT", help_heading = "Output")]
    pub offsets: OffsetsArg,

    /// plain takes all text as prose; article tells headline and prose from page furniture
    #[arg(long, value_enum, default_value_t = LayoutArg::Plain, value_name = "LAYOUT")]
    #[arg(help_heading = "Analysis")]
    pub layout: LayoutArg,

    /// What the lemmas are: dictionary forms, or one root for a family of words
    #[arg(long, value_enum, default_value_t, value_name = "PROFILE", help_heading = "Analysis")]
    pub profile: LemmaProfileArg,

    /// Give a word in another spelling the lemma of the standard one (karir, karier)
    ///
    /// So for its forms. The surfaces stay as they are. --profile root always does so.
    #[arg(long, help_heading = "Analysis")]
    pub standard_spelling: bool,

    /// Profile of stop words
    #[arg(long, value_enum, default_value_t, value_name = "PROFILE", help_heading = "Analysis")]
    pub stopwords: StopwordsArg,

    #[command(flatten)]
    pub work: WorkArgs,
}

#[derive(Args, Debug)]
pub struct ExtractArgs {
    #[command(flatten)]
    pub input: InputArgs,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub analysis: AnalysisArgs,

    #[command(flatten)]
    pub run: RunArgs,
}

#[derive(Args, Debug)]
pub struct TrainArgs {
    /// Labelled tokens to learn from
    #[arg(long, required = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub train: PathBuf,

    /// Labelled tokens by which the best of several strengths of the penalty is chosen
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub dev: Option<PathBuf>,

    /// Where the model is written
    #[arg(short, long, value_name = "MODEL", value_hint = clap::ValueHint::FilePath)]
    pub output: PathBuf,

    /// Labelled tokens that follow another guideline; the model learns from them too, but labels
    /// as the first file does. May be repeated
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub also: Vec<PathBuf>,

    /// Take people, places and organisations alone, as PER, LOC and ORG, in this program's tokens
    ///
    /// Take people, places and organisations alone, whatever the files call them, as PER, LOC and
    /// ORG, and split the text into tokens and sentences as `nukil extract` does.
    #[arg(long)]
    pub names: bool,

    /// Types that share one label (EVENT,LAW), for rare ones
    #[arg(long, value_name = "TYPES", value_delimiter = ',')]
    pub shared: Vec<String>,

    /// Learn from a copy of every document, too, in lower case, capitals or title case in turn, which
    /// counts so much beside the text itself
    #[arg(long, default_value_t = 0.0, value_name = "SHARE", value_parser = weight)]
    pub recast: f64,

    /// Strengths of the L2 penalty to try, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "0.5", value_name = "NUMBERS")]
    #[arg(value_parser = strength)]
    pub l2: Vec<f64>,

    /// Occurrences that a feature needs
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub least: u32,

    /// Most features that the model keeps
    #[arg(long, default_value_t = 380_000, value_name = "N")]
    pub most: usize,

    /// Most iterations
    #[arg(long, default_value_t = 150, value_name = "N")]
    pub iterations: usize,

    /// No progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Args, Debug)]
pub struct TagArgs {
    /// The model
    #[arg(long, value_name = "MODEL", value_hint = clap::ValueHint::FilePath)]
    pub model: PathBuf,

    /// Tokens, one a line; further columns are kept
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: PathBuf,
}

#[derive(Args, Debug)]
pub struct EvalArgs {
    /// Labelled tokens
    #[arg(value_name = "GOLD", value_hint = clap::ValueHint::FilePath)]
    pub gold: PathBuf,

    /// The model; without it the built-in one, with --names
    #[arg(long, value_name = "MODEL", value_hint = clap::ValueHint::FilePath)]
    pub model: Option<PathBuf>,

    /// Take people, places and organisations alone, in this program's tokens
    #[arg(long)]
    pub names: bool,

    /// Take the text in lower case
    #[arg(long)]
    pub lower: bool,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Input")]
pub struct InputArgs {
    /// Files, folders, globs, or - for standard input
    ///
    /// A folder is walked in the order of names; of it, files that are text (.txt), pages
    /// (.html, .htm), JSON Lines (.jsonl, .ndjson, .json) or tables (.csv, .tsv, .parquet) are read,
    /// hidden ones left out. Files compressed with gzip or Zstandard are opened, and of tar archives
    /// (.tar, .tar.gz, .tgz, .tar.zst) every such file is read.
    #[arg(required = true, value_name = "INPUT", value_hint = clap::ValueHint::AnyPath)]
    #[arg(help_heading = None)]
    pub inputs: Vec<PathBuf>,

    /// Format of the input; auto goes by the extension, then by the content
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub input_format: InputFormatArg,

    /// Column or field with the identifier; a row without one gets its position
    #[arg(long, default_value = "id", value_name = "NAME")]
    pub id_field: String,

    /// Column or field with the headline
    #[arg(long, default_value = "title", value_name = "NAME")]
    pub title_field: String,

    /// Column or field with the text
    #[arg(long, default_value = "text", value_name = "NAME")]
    pub text_field: String,

    /// Column or field with the date of publication
    #[arg(long, default_value = "date", value_name = "NAME")]
    pub date_field: String,

    /// Encoding of the input (utf-8, utf-16le, windows-1252, …); auto tells these by their bytes
    ///
    /// A byte order mark goes before both, and what an HTML page declares before auto. Bytes that
    /// cannot be decoded become U+FFFD and are counted in the column replacement_characters.
    #[arg(long, default_value = "auto", value_name = "NAME", value_parser = encoding)]
    pub encoding: Encoding,

    #[command(flatten)]
    pub limits: LimitArgs,
}

/// The encoding of the input, or nothing for what its bytes say.
#[derive(Clone, Copy, Debug)]
pub struct Encoding(pub Option<Charset>);

fn encoding(name: &str) -> Result<Encoding, String> {
    if name.eq_ignore_ascii_case("auto") {
        return Ok(Encoding(None));
    }
    let charset = Charset::for_label(name);
    charset.map(|known| Encoding(Some(known))).ok_or_else(|| "no encoding of this name".into())
}

/// How much a piece of input may ask of the program: the fields of [`Limits`], with its defaults.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Limits")]
pub struct LimitArgs {
    /// Most characters of a text; a longer one is cut at a sentence end and marked as truncated
    ///
    /// Where no sentence ends in the last 16 KiB before the limit, it is cut at white space or,
    /// failing that, between two characters.
    #[arg(long, default_value_t = limit(Limits::default().max_characters), value_name = "N")]
    pub max_characters: NonZeroUsize,

    /// Most tokens of a text; one with more is cut and marked in the same way
    #[arg(long, default_value_t = limit(Limits::default().max_tokens), value_name = "N")]
    pub max_tokens: NonZeroUsize,

    /// Refuse texts beyond these two limits instead of cutting them
    ///
    /// They are then failures of stage limits, and the exit status is 1.
    #[arg(long)]
    pub strict: bool,

    /// Most bytes of a line of JSON Lines, a record of CSV or a row of Parquet
    #[arg(long, default_value_t = limit(Limits::default().max_record_bytes), value_name = "N")]
    pub max_record_bytes: NonZeroUsize,

    /// Most bytes of an HTML page, decompressed
    #[arg(long, default_value_t = limit(Limits::default().max_page_bytes), value_name = "N")]
    pub max_page_bytes: NonZeroUsize,

    /// Most elements and texts of an HTML page
    #[arg(long, default_value_t = limit(PageLimits::default().nodes), value_name = "N")]
    pub max_page_nodes: NonZeroUsize,

    /// Most elements of an HTML page inside one another
    #[arg(long, default_value_t = limit(PageLimits::default().depth), value_name = "N")]
    pub max_page_depth: NonZeroUsize,

    /// Most attributes of a tag of an HTML page
    #[arg(long, default_value_t = limit(PageLimits::default().attributes), value_name = "N")]
    pub max_page_attributes: NonZeroUsize,

    /// Most bytes of input between reader and writer: read ahead, worked on, or to be written
    ///
    /// What is found in a text takes some twenty times its size until it is written.
    #[arg(long, default_value_t = limit(Limits::default().max_queue_bytes), value_name = "N")]
    pub max_queue_bytes: NonZeroUsize,
}

fn limit(default: usize) -> NonZeroUsize {
    NonZeroUsize::new(default).unwrap_or(NonZeroUsize::MAX)
}

impl From<LimitArgs> for Limits {
    fn from(args: LimitArgs) -> Self {
        Limits {
            max_characters: args.max_characters.get(),
            max_tokens: args.max_tokens.get(),
            strict: args.strict,
            max_record_bytes: args.max_record_bytes.get(),
            max_page_bytes: args.max_page_bytes.get(),
            page: PageLimits {
                nodes: args.max_page_nodes.get(),
                depth: args.max_page_depth.get(),
                attributes: args.max_page_attributes.get(),
            },
            max_queue_bytes: args.max_queue_bytes.get(),
        }
    }
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Folder for the tables, made if need be; - writes JSON Lines to standard output
    #[arg(short, long, default_value = "nukil-out", value_name = "DIR")]
    #[arg(value_hint = clap::ValueHint::DirPath)]
    pub output: PathBuf,

    /// Formats of the output folder, separated by commas [default: csv; jsonl with -o -]
    ///
    /// csv writes documents, mentions, entities, keywords, keyword_occurrences and quotes (.csv);
    /// parquet writes the same tables, typed, and failures (.parquet); jsonl writes records.jsonl,
    /// one record a document. failures.csv is always written.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    pub output_format: Vec<OutputFormat>,

    /// Add the tokens, with lemmas and stop words marked
    #[arg(long)]
    pub tokens: bool,

    /// What offsets count
    #[arg(long, value_enum, default_value_t, value_name = "UNIT")]
    pub offsets: OffsetsArg,

    /// Split the tables into folders by the day of publication or by the input
    ///
    /// A table is then a folder, mentions/published=2022-09-20/mentions.csv, as Hive, DuckDB and
    /// Spark know it. Rows without a value are in …=__HIVE_DEFAULT_PARTITION__. failures.csv stays
    /// one file.
    #[arg(long, value_enum, default_value_t, value_name = "COLUMN")]
    pub partition_by: PartitionArg,

    /// Go on with a run that was interrupted, behind the last part that is whole
    ///
    /// The input and the options must be those of then; the result is that of a run that was never
    /// interrupted, byte for byte. Where there is nothing to go on with, it begins at the beginning.
    #[arg(long)]
    pub resume: bool,

    /// Most documents of a part, which a run that is interrupted need not do again
    ///
    /// A part also ends after 16 MiB of text. Until all is done, parts lie in a hidden folder inside
    /// the output folder.
    #[arg(long, default_value_t = limit(4096), value_name = "N")]
    pub part_documents: NonZeroUsize,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Analysis")]
pub struct AnalysisArgs {
    /// article tells headline, dateline and prose from page furniture; plain takes all as prose
    #[arg(long, value_enum, default_value_t, value_name = "LAYOUT")]
    pub layout: LayoutArg,

    /// Read the input twice, and take lines that recur in it as page furniture
    ///
    /// A line counts when it stands in five documents of one table or folder, or one in 2,000 of
    /// many; documents that come again count once. Standard input cannot be read twice.
    #[arg(long)]
    pub learn_furniture: bool,

    /// Languages to look into, separated by commas (id,ms); others are listed as skipped
    ///
    /// ISO 639 codes as in the column language: id, ms, en, jv, su, min, … All by default.
    #[arg(long, value_delimiter = ',', value_name = "CODES", value_parser = language_code)]
    pub language: Vec<String>,

    /// Most keywords of a document
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub keywords: usize,

    /// How keywords are ranked
    #[arg(long, value_enum, default_value_t, value_name = "METHOD")]
    pub keyword_method: KeywordMethodArg,

    /// File of counts by `nukil background build`, in place of the built-in ones, for keywords
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub background: Option<PathBuf>,

    /// Names that are sure: CSV with name,label,id,aliases or JSON Lines of spaCy patterns
    ///
    /// They count wherever they stand. Aliases are joined by |; the JSON Lines are those of spaCy's
    /// entity ruler. May be repeated.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub gazetteer: Vec<PathBuf>,

    /// A tagger of one's own, from `nukil train`, instead of the built-in one
    #[arg(long, value_name = "MODEL", value_hint = clap::ValueHint::FilePath)]
    pub model: Option<PathBuf>,

    /// Leave out mentions with a score below this, from 0 to 1
    #[arg(long, default_value_t = 0.0, value_name = "SCORE", value_parser = score)]
    pub min_score: f64,

    /// Profile of stop words
    #[arg(long, value_enum, default_value_t, value_name = "PROFILE")]
    pub stopwords: StopwordsArg,

    /// File of words to add to the stop words, one a line
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub stopwords_add: Vec<PathBuf>,

    /// File of words to take out of the stop words, one a line
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub stopwords_remove: Vec<PathBuf>,
}

/// A code of two or three small letters.
fn language_code(code: &str) -> Result<String, String> {
    let code = code.trim();
    let letters = code.bytes().all(|byte| byte.is_ascii_lowercase());
    match letters && (2..=3).contains(&code.len()) {
        true => Ok(code.to_string()),
        false => Err("an ISO 639 code has two or three small letters, such as id or ms".into()),
    }
}

/// Most threads: each takes some megabytes, and a few more than processors only slow each other down.
const MOST_JOBS: usize = 512;

fn jobs(number: &str) -> Result<NonZeroUsize, String> {
    let number: NonZeroUsize = number.parse().map_err(|error| format!("{error}"))?;
    match number.get() <= MOST_JOBS {
        true => Ok(number),
        false => Err(format!("at most {MOST_JOBS}")),
    }
}

/// A number that `allowed` says yes to, which NaN must not be.
fn number(given: &str, allowed: impl Fn(f64) -> bool, expected: &str) -> Result<f64, String> {
    let number: f64 = given.trim().parse().map_err(|error| format!("{error}"))?;
    match allowed(number) {
        true => Ok(number),
        false => Err(format!("expected {expected}")),
    }
}

fn score(given: &str) -> Result<f64, String> {
    number(given, |number| (0.0..=1.0).contains(&number), "a number from 0 to 1")
}

fn strength(given: &str) -> Result<f64, String> {
    number(given, |number| number > 0.0 && number.is_finite(), "a number above 0")
}

fn weight(given: &str) -> Result<f64, String> {
    number(given, |number| number >= 0.0 && number.is_finite(), "0 or a number above 0")
}

/// How a command that works on documents goes about it.
#[derive(Args, Debug)]
#[command(next_help_heading = "Run")]
pub struct WorkArgs {
    /// Threads that work on documents; the output is the same [default: one a processor]
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    /// No progress and no messages on standard error
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Run")]
pub struct RunArgs {
    #[command(flatten)]
    pub work: WorkArgs,

    /// Write what was done and what it took to this file, as a JSON object
    ///
    /// It has counts (documents, failed, skipped, truncated, input_bytes, text_bytes, tokens,
    /// sentences, mentions, entities, quotes, keywords), wall_seconds, mb_per_second (of text),
    /// peak_memory_bytes (null where the system does not tell) and, for each stage, the seconds
    /// that all threads together spent in it.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub stats: Option<PathBuf>,

    /// Show the picture of the results at the end; auto: on a terminal
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub summary: When,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum InputFormatArg {
    /// By the extension, then by the content
    #[default]
    Auto,
    /// One document a file
    Text,
    /// One HTML page a file
    Html,
    /// One JSON object a line
    Jsonl,
    /// A table with a header row
    Csv,
    /// A Parquet file, one document a row
    Parquet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// CSV tables
    Csv,
    /// One JSON record a document
    Jsonl,
    /// The tables of CSV in Parquet
    Parquet,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PartitionArg {
    /// One file a table
    #[default]
    None,
    /// By the day of publication
    Date,
    /// By the input that the document came from
    Source,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum WordFormatArg {
    /// One JSON record a document
    #[default]
    Jsonl,
    /// The format of Universal Dependencies, clitics as words of a range
    Conllu,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LemmaProfileArg {
    /// The headword under which a dictionary lists the form (aktivitasnya: aktivitas)
    #[default]
    Lemma,
    /// One root for a family of words, for search (aktivitasnya: aktif)
    Root,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OffsetsArg {
    /// Unicode code points, as in Python
    #[default]
    Codepoint,
    /// Bytes of the UTF-8 text
    Byte,
    /// UTF-16 units, as in JavaScript
    Utf16,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LayoutArg {
    /// A page with headline, dateline, prose and furniture
    #[default]
    Article,
    /// Prose from the first to the last character
    Plain,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum KeywordMethodArg {
    /// By evidence whose weights were set by hand, for texts that are no news
    Statistical,
    /// By weights learned from the tags of news editors
    #[default]
    Learned,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PeriodArg {
    /// A day
    #[default]
    Day,
    /// A week
    Week,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StopwordsArg {
    /// Function words only
    #[default]
    Short,
    /// Also common words that say little
    Long,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    #[default]
    Auto,
    /// Whatever standard error is
    Always,
    /// At no time
    Never,
}

impl InputArgs {
    /// The inputs, and the options as the readers take them.
    pub fn inputs_and_options(self) -> (Vec<PathBuf>, ReadOptions) {
        let options = ReadOptions {
            format: match self.input_format {
                InputFormatArg::Auto => None,
                InputFormatArg::Text => Some(InputFormat::Text),
                InputFormatArg::Html => Some(InputFormat::Html),
                InputFormatArg::Jsonl => Some(InputFormat::JsonLines),
                InputFormatArg::Csv => Some(InputFormat::Csv),
                InputFormatArg::Parquet => Some(InputFormat::Parquet),
            },
            fields: Fields {
                id: self.id_field,
                title: self.title_field,
                text: self.text_field,
                date: self.date_field,
            },
            charset: self.encoding.0,
            limits: self.limits.into(),
            output: None,
        };
        (self.inputs, options)
    }
}

impl From<OffsetsArg> for OffsetUnit {
    fn from(offsets: OffsetsArg) -> Self {
        match offsets {
            OffsetsArg::Codepoint => OffsetUnit::CodePoint,
            OffsetsArg::Byte => OffsetUnit::Byte,
            OffsetsArg::Utf16 => OffsetUnit::Utf16,
        }
    }
}

impl From<PartitionArg> for PartitionBy {
    fn from(partition: PartitionArg) -> Self {
        match partition {
            PartitionArg::None => PartitionBy::None,
            PartitionArg::Date => PartitionBy::Date,
            PartitionArg::Source => PartitionBy::Source,
        }
    }
}

impl From<LayoutArg> for Layout {
    fn from(layout: LayoutArg) -> Self {
        match layout {
            LayoutArg::Article => Layout::Article,
            LayoutArg::Plain => Layout::Plain,
        }
    }
}

impl From<WordFormatArg> for WordFormat {
    fn from(format: WordFormatArg) -> Self {
        match format {
            WordFormatArg::Jsonl => WordFormat::JsonLines,
            WordFormatArg::Conllu => WordFormat::Conllu,
        }
    }
}

impl From<LemmaProfileArg> for LemmaProfile {
    fn from(profile: LemmaProfileArg) -> Self {
        match profile {
            LemmaProfileArg::Lemma => LemmaProfile::Lemma,
            LemmaProfileArg::Root => LemmaProfile::Root,
        }
    }
}

impl From<KeywordMethodArg> for KeywordMethod {
    fn from(method: KeywordMethodArg) -> Self {
        match method {
            KeywordMethodArg::Statistical => KeywordMethod::Statistical,
            KeywordMethodArg::Learned => KeywordMethod::Learned,
        }
    }
}

impl From<PeriodArg> for Period {
    fn from(period: PeriodArg) -> Self {
        match period {
            PeriodArg::Day => Period::Day,
            PeriodArg::Week => Period::Week,
        }
    }
}

impl From<StopwordsArg> for Profile {
    fn from(stopwords: StopwordsArg) -> Self {
        match stopwords {
            StopwordsArg::Short => Profile::Short,
            StopwordsArg::Long => Profile::Long,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
