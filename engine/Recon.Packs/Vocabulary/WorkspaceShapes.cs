// The keys of a workspace file, recon.yaml.
using Recon.Packs.Binding;
using static Recon.Packs.Vocabulary.Forms;

namespace Recon.Packs.Vocabulary;

static class WorkspaceShapes
{
    static readonly Member[] Servers =
        [.. ConnectionBinder.Servers.Select(server => Key(server.Word, Text, "A connection string without password, or `secret:NAME`; of SQLite a path."))];

    static readonly Member[] Settings =
    [
        Key("password", Secret, "The environment variable with the password.").Such("secret:BOOKS_PASSWORD"),
        Key("connect_timeout", Duration, "How long connecting may take.").Such("10s"),
        Key("command_timeout", Duration, "How long one question may take, to its last row.").Such("2h"),
        Key("isolation", Word(ConnectionBinder.Isolations), "SQL Server only: how a source is read as of one moment.").Else("snapshot"),
    ];

    public static readonly Shape ConnectionThere = new(
        "connection-in", "a connection in an environment", "What is otherwise in an environment.", [.. Servers, .. Settings]);

    public static readonly Shape Connection = new(
        "connection", "a connection", "Where a database is.",
        [.. Servers, .. Settings, Key("in", Named(Map(ConnectionThere), null), "What is otherwise with `--env`.")])
    {
        OneOf = [.. Servers.Select(server => server.Key)],
    };

    public static readonly Shape Labels = new(
        "labels", "labels", "Pairs that the runs of a pack are measured against.",
        Key("csv", Text, "The file of pairs.").Must(),
        Key("columns", Named(Text, null, NameOf.Nothing), "Source: header of the column with its ids.").Else("named as the sources"));

    public static readonly Shape Rates = new(
        "rates", "rates", "A table of exchange rates.",
        Key("csv", Text, "The file, in the form of the European Central Bank.").Must().Such("rates/ecb.csv"),
        Key("base", Forms.Currency, "The currency of which one unit is so many of the others.").Else("EUR"));

    public static readonly Shape Serve = new(
        "serve", "'serve'", "How `recon serve` works on the workspace.",
        Key("parallel", Whole(1, 64), "Runs at one time."),
        Key("listen", Text, "An address and a port, or `none`.").Such("\"127.0.0.1:8087\""),
        Key("lease", Duration, "How long a run is somebody's who does not say more."),
        Key("look", Duration, "How often it looks what is due."),
        Key("stop_within", Duration, "How long runs may go on after it was told to stop."));

    public static readonly Shape Maintenance = new(
        "maintenance", "a window of maintenance", "When nothing is started.",
        Key("cron", Text, "When it begins, again and again.").Such("\"0 0 22 ? * SAT\""),
        Key("zone", Text, "In which the hours are read.").Else("UTC"),
        Key("for", Duration, "How long it is.").Such("4h"),
        Key("from", Moment, "When it begins, once.").Such("2026-12-24T18:00:00Z"),
        Key("until", Moment, "When it ends.").Such("2026-12-27T06:00:00Z"))
    {
        OneOf = ["cron", "from"],
    };

    public static readonly Shape Evidence = new(
        "evidence", "'evidence'", "Where the matches of large runs are kept.",
        Key("folder", Text, "A folder of Parquet files.").Else("beside the store"),
        Key("from", Text, "Of runs with so many matches and more, or `never`.").Else("1_000_000"));

    public static readonly Shape Policy = new(
        "policy", "a policy", "For how long the matches of runs are kept.",
        Key("evidence", Duration, "In days.").Must().Such("400d"),
        Key("superseded", Duration, "In days, of revisions that do not stand for their date.").Such("90d"),
        Key("packs", OneOrMore(Text), "Only of these, which other policies then leave alone.").Such("[payments.card]"));

    public static readonly Shape Target = new(
        "target", "a target", "Where postings for books go.",
        Key("file", Text, "JSON lines.").Such("out/ledger.jsonl"),
        Key("http", Text, "An address that takes each posting as a POST.").Such("\"https://erp.example/postings\""),
        Key("sql", Text, "One of `connections`."),
        Key("table", Text, "A name, or schema and name.").Such("books.recon_postings"),
        Key("token", Secret, "The environment variable with a bearer token.").Such("secret:ERP_TOKEN"),
        Key("timeout", Duration, "Of one try.").Such("5s"),
        Key("private", TrueFalse, "The address may be one of this machine or of a private network.").Else("false"))
    {
        OneOf = ["file", "http", "sql"],
    };

    public static readonly Shape Workspace = new(
        "workspace", "a workspace", "All that differs between environments; a pack holds no address and no secret.",
        Key("recon", Word("1"), "Version of the language.").Must(),
        Key("packs", List(Text, 1), "Folders of packs.").Must().Such("[../rules/card-payments]"),
        Key("date", Date, "The business date; examples set it."),
        Key("inputs", Text, "The folder below which packs read.").Else(Packs.Workspace.DefaultInputs),
        Key("store", Text, "An SQLite file, or one of `connections`.").Else(Packs.Workspace.DefaultStore),
        Key("calendars", Named(Text, HostName), "Name: CSV file with a column `date`; the days in it and weekends are closed."),
        Key("accounts", Named(Word(WorkspaceBinder.AccountKinds), null), "Account: whether it is an asset."),
        Key("labels", Named(Either(Text, Map(Labels)), null), "Id of a pack: pairs that its runs are measured against."),
        Key("rates", Named(Either(Text, Map(Rates)), null), "Name: table of exchange rates.").Such("{ ECB: rates/ecb.csv }"),
        Key("connections", Named(Map(Connection), HostName), "Databases by name."),
        Key("serve", Map(Serve), "How `recon serve` works on it."),
        Key("maintenance", OneOrMore(Map(Maintenance)), "When nothing is started."),
        Key("evidence", Map(Evidence), "Where the matches of large runs are kept."),
        Key("retention", Named(Map(Policy), HostName), "For how long matches are kept, by the name of the policy."),
        Key("targets", Named(Map(Target), null), "Where postings go, by the name of the books, or `pack/books`."));
}
