// The keys of `sources`: how a source is read, its fields, its controls.
using Recon.Packs.Binding;
using static Recon.Packs.Vocabulary.Forms;

namespace Recon.Packs.Vocabulary;

static class SourceShapes
{
    static readonly string[] Kinds = [.. FieldBinder.Kinds.Select(kind => kind.Word)];

    static readonly Form Kind = new Form.Text($"^(optional +)?({string.Join('|', Kinds)})$", OrNumber: false)
    {
        Offered = [.. Kinds, .. Kinds.Select(kind => $"optional {kind}")],
    };

    static readonly Member Column = Key("column", Text, "Its header.");

    static readonly Member Position = Key("position", Whole(1, 10_000), "Its place in a file without header, from 1.");

    public static readonly Shape CurrencyColumn = new("currency-column", "a currency", "The column with the currency.", Column, Position)
    {
        OneOf = ["column", "position"],
    };

    public static readonly Shape Sign = new(
        "sign", "a sign", "A column that tells debit from credit.",
        Column,
        Position,
        Key("debit", OneOrMore(Text), "What stands there for a debit.").Must().Such("D"),
        Key("credit", OneOrMore(Text), "What stands there for a credit.").Must().Such("C"),
        Key("plus", Word(FieldBinder.PlusSides), "Which of them is money in: `debit` for an asset account in our books.").Else("credit"))
    {
        OneOf = ["column", "position"],
    };

    public static readonly Shape CleaningStep = new(
        "cleaning-step", "a cleaning step", "A step with a text.",
        Key("drop_prefix", Text, "Taken away where the text begins with it.").Such("\"INV-\""),
        Key("remove", Text, "Taken away wherever it stands.").Such("\" \""))
    {
        OneOf = ["drop_prefix", "remove"],
    };

    public static readonly Shape Field = new(
        "field", "a field", "A column and what it holds.",
        Key("type", Kind, "Its kind; `optional` where a cell may be empty.").Must().Such("text", "optional text", "money"),
        Key("column", Text, "Header, or the name of a column of statements.").Else("the field's name"),
        Key("position", Whole(1, 10_000), "Place of the column in a file without header, from 1."),
        Key("clean", OneOrMore(Either(Word(CleaningSteps.Bare), Map(CleaningStep))), "Steps of cleaning, in order; text only.")
            .Such("[trim, upper, { drop_prefix: \"INV-\" }]"),
        Key("currency", Either(Forms.Currency, Map(CurrencyColumn)), "Of all amounts of the column, or the column that says it.")
            .Such("EUR", "{ column: ccy }"),
        Key("sign", Map(Sign), "A column that tells debit from credit.").Such("{ column: side, debit: D, credit: C }"),
        Key("debit", Text, "One of two columns of which one is filled: minus."),
        Key("credit", Text, "One of two columns of which one is filled: plus."),
        Key("zone", Text, "Of instants without offset.").Else("the source's").Such("Europe/Berlin"),
        Key("format", Text, "A .NET pattern for the dates or instants of this column.").Such("\"dd.MM.yyyy\""));

    public static readonly Shape Derived = new(
        "derived-field", "a derived field", "A field computed from fields.",
        Key("type", Kind, "Its kind.").Else("optional text"),
        Key("value", Code, "The C# that computes it.").Must().Such("bank.amount - bank.fee"));

    public static readonly Shape Trailer = new(
        "trailer", "a trailer", "The last line of a file, with its totals.",
        Key("first_cell", Text, "The text by which the last line is recognised.").Must().Such("TRAILER"))
    {
        Others = new Form.Named(Whole(1, 10_000), Identifier, NameOf.Nothing),
    };

    public static readonly Shape QueryTrailer = new(
        "query-trailer", "a trailer of a query", "A second query whose one row has the totals.",
        Key("query", Text, "A SELECT of one row.").Must(),
        Key("values", List(Like(Identifier), 1), "Its columns, which controls ask for as `trailer.NAME`.").Must().Such("[rows, total]"));

    public static readonly Shape Wait = new(
        "wait", "'missing'", "How long a scheduled run looks for the file again.", Key("wait", Duration, "After its slot.").Must().Such("4h"));

    public static readonly Shape Window = new(
        "window", "a window", "The days that a query is asked for.",
        Key("days", Whole(1, 3660), "So many days that end with the business date.").Must().Such("5"));

    public static readonly Shape TypedValue = new(
        "typed-value", "a typed value", "A value with its kind.",
        [.. SqlReadBinder.Kinds.Select(kind => Key(kind.Word, Text, $"A {kind.Word}."))])
    {
        OneOf = [.. SqlReadBinder.Kinds.Select(kind => kind.Word)],
    };

    static readonly Form FilePath = Text;

    public static readonly Shape Read = new(
        "read", "'read'", "Where a source is, and how it is written.",
        Key("csv", FilePath, "A path below the inputs of the workspace, with `*`, `{business_date}` and `{pack}`.").Such("\"psp/{business_date}/*.csv\""),
        Key("camt053", FilePath, "Bank statements in XML, ISO 20022.").Such("\"bank/{business_date}.xml\""),
        Key("mt940", FilePath, "Bank statements of SWIFT.").Such("\"bank/{business_date}.sta\""),
        Key("sql", Text, "A connection that `recon.yaml` names.").Such("LEDGER"),
        Key("missing", Either(Word(ReadBinder.Missing), Map(Wait)), "No file: end with exit code 4, go on with no rows, or wait.")
            .Else("fail").Such("empty", "{ wait: 4h }"),
        Key("separator", Word(ReadBinder.Separators), "Between cells.").Else(","),
        Key("quote", Word(ReadBinder.Quotes), "Around cells.").Else("\""),
        Key("encoding", Word(ReadBinder.Encodings), "A byte order mark in the file wins.").Else("utf-8"),
        Key("decimal", Word(ReadBinder.Points), "Before the decimals.").Else("."),
        Key("grouping", Word(ReadBinder.Groupings), "Between thousands.").Else("none"),
        Key("dates", Text, "A .NET pattern for `date` fields.").Else("ISO").Such("\"dd.MM.yyyy\""),
        Key("instants", Text, "A .NET pattern for `instant` fields.").Else("ISO 8601").Such("\"dd.MM.yyyy HH:mm:ss\""),
        Key("header", TrueFalse, "Whether the first line names the columns.").Else("true"),
        Key("skip", Whole(0, 1000), "Lines before the header.").Else("0"),
        Key("trailer", Either(Map(QueryTrailer), Map(Trailer)), "The totals of a file or of a query.").Such("{ first_cell: TRAILER, rows: 2, total: 3 }"),
        Key("query", Text, "One SELECT, as a block, or the name of a file `….sql` below the folder of the pack.").Such("sql/ledger.sql"),
        Key("parameters", Named(Either(Text, Map(TypedValue))), "Given to the query for `@name`.").Such("{ account: $account }"),
        Key("window", Map(Window), "Gives the query `@window_from`, `@window_to`, `@window_start` and `@window_end`.").Such("{ days: 5 }"),
        Key("columns", Named(Word(SqlReadBinder.Types), null), "All columns of the answer and their types."))
    {
        OneOf = [.. ReadBinder.Formats.Select(format => format.Key)],
    };

    static readonly Form StatementControl = Text;

    public static readonly Shape Control = new(
        "control", "a control", "A check on the whole before anything is matched.",
        Key("unique", Forms.Field, "No two rows share the value."),
        Key("count", Text, "So many rows were read.").Such("trailer.rows"),
        Key("sum", Forms.Field, "All rows read add up to what `equals` says."),
        Key("equals", Text, "What a sum equals.").Such("trailer.total"),
        Key("required", Forms.Field, "No row was rejected for want of it."),
        Key("check", StatementControl, "Of statements: `opening + movements = closing`, `opening = previous closing`."),
        Key("on_fail", Word(ControlBinder.OnFail), "End the run, or go on, say so and post nothing by itself.").Else("stop"))
    {
        OneOf = ["unique", "count", "sum", "required", "check"],
    };

    public static readonly Shape Source = new(
        "source", "a source", "One view of what happened.",
        Key("role", Word(SourceBinder.Roles), "Our ledger (only it receives postings), a counterparty's view, a third party's.").Must(),
        Key("read", Map(Read), "Where it is and how it is written.").Must().Such("{ csv: \"ledger/{business_date}.csv\" }"),
        Key("id", Forms.Field, "The business key: a text field, or `auto`.").Must().Such("entry_no", "auto"),
        Key("value", Forms.Field, "The money field that exposure weighs.").Else("the only one"),
        Key("counterparty", Forms.Field, "The text field that says whom a record concerns."),
        Key("posting_key", Forms.Field, "Only for books: the text field where our own postings come back."),
        Key("back_within", Forms.Text, "How long postings may take to come back.").Else("3 business days; 5d without a calendar").Such("3 business days", "5d"),
        Key("zone", Text, "Where instants of this source become dates.").Else("UTC").Such("Europe/Berlin"),
        Key("calendar", Calendar, "Its business days.").Such("TARGET2"),
        Key("fields", Named(Either(Kind, Map(Field))), "Name: kind, or name: `{ type: kind, … }`.").Must().Such("{ id: text, amount: money }"),
        Key("derive", Named(Either(Code, Map(Derived))), "Fields computed from fields, in C#."),
        Key("where", Code, "Which rows count; the others are excluded and counted.").Else("all rows").Such("ledger.kind != \"void\""),
        Key("controls", List(Either(StatementControl, Map(Control))), "Checks on the whole before anything is matched.").Such("[ { unique: entry_no } ]"),
        Description);
}
