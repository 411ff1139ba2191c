// The keys of a pack, and of those sections that are short: pack, params, run, exposure, gates.
using Recon.Packs.Binding;
using static Recon.Packs.Vocabulary.Forms;

namespace Recon.Packs.Vocabulary;

static class PackShapes
{
    public static readonly Shape Header = new(
        "header", "'pack'", "Who the pack is.",
        Key("id", Like("^[a-z][a-z0-9.-]{0,99}$"), "Part of every key of a posting: never change it.").Must().Such("payments.card"),
        Key("version", Like(@"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$"), "Of this pack: three numbers, as Semantic Versioning has them.")
            .Must().Such("1.0.0"),
        Key("owner", Text, "The team that owns it.").Such("settlement-ops"),
        Description);

    public static readonly Shape Parameter = new(
        "parameter", "a parameter", "A value that may differ by environment; `$name` in YAML, `Params.name` in C#.",
        Key("type", Word(Parameters.Kinds), "Of what kind the value is.").Must(),
        Key("default", Text, "The value, where the environment has none of its own.").Such("0.02 EUR"),
        Key("in", Named(Text, null), "Environment: value; taken with `--env`. `--param` wins over both.").Such("{ prod: 2.00 EUR }"),
        Description);

    public static readonly Shape BusinessDate = new(
        "business-date", "'business_date'", "The business date of a run where nobody names one.",
        Key("days", Whole(-31, 31), "Added to today, in business days where `calendar` is named.").Else("0"),
        Key("calendar", Calendar, "Whose business days are counted.").Such("TARGET2"),
        Key("cut_off", Text, "Before it, it is still yesterday: hours and minutes, in quotes.").Else("midnight").Such("\"18:00\""),
        Key("zone", Text, "Whose day it is.").Else("UTC").Such("Europe/Berlin"));

    public static readonly Shape Retry = new(
        "retry", "'retry'", "What becomes of a run that a transient fault ended.",
        Key("times", Whole(0, 20), "How often it is tried again.").Else("5"),
        Key("first_pause", Duration, "Before the first try; doubled each time, up to 15m.").Else("30s"));

    public static readonly Shape Schedule = new(
        "schedule", "'schedule'", "When `recon serve` runs the pack by itself.",
        Key("cron", Text, "Seconds, minutes, hours, day of the month, month, day of the week, as Quartz reads them.").Must().Such("\"0 30 6 ? * MON-FRI\""),
        Key("zone", Text, "In which the hours are read.").Else("UTC").Such("Europe/Berlin"),
        Key("calendar", Calendar, "Only on its business days."),
        Key("misfire", Word(ScheduleBinder.Misfires), "What becomes of slots that nobody took because no service was up.").Else("catch-up"),
        Key("grace", Duration, "Found so late, a slot is still on time.").Else("5m"),
        Key("after", OneOrMore(Text), "Packs that must have a recorded run of the same business date first.").Such("[shop.orders]"),
        Key("wait", Duration, "How long after its slot a run waits for them.").Else("1d"),
        Key("time_limit", Duration, "A run that takes longer is cancelled and counts as a transient fault.").Such("2h"),
        Key("not_with", OneOrMore(Text), "Packs that never run at the same time."),
        Key("retry", Map(Retry), "After a transient fault."));

    public static readonly Shape Run = new(
        "run", "'run'", "For which date, and when.",
        Key("business_date", Map(BusinessDate), "The business date of a run where nobody names one.").Such("{ days: -1, calendar: TARGET2 }"),
        Key("schedule", Map(Schedule), "When `recon serve` runs the pack by itself."));

    public static readonly Shape Exposure = new(
        "exposure", "'exposure'", "By what value at risk is told apart.",
        Key("by", List(Word(ExposureBinder.Dimensions)), "What the lines tell apart; `currency` is always there.")
            .Else("[currency, source, class, age]"),
        Key("ages", List(Whole(0, 36500)), "The last day of each bucket, ascending; what is older is in one more.").Else("[1, 7, 30, 90]"));

    public static readonly Shape AutoPosts = new(
        "gate", "a gate", "How many postings a change may add that the engine would make by itself.",
        Key("added", Whole(0, int.MaxValue), "At most so many."),
        Key("value", Money, "At most so much of them in this currency, and none in another.").Such("50.00 EUR"));

    public static readonly Shape Gates = new(
        "gates", "'gates'", "How much a change of the rules may do on the word of its author.",
        Key("auto_posts", Map(AutoPosts), "Postings that the engine would make by itself and did not before.").Such("{ added: 25, value: 50.00 EUR }"),
        Key("matches_lost", Whole(0, int.MaxValue), "At most so many matches of which a record would be open."));

    static readonly Member Language = Key("recon", Word("1"), "Version of the language.").Must();

    static readonly Member Tests = Key("tests", List(Map(TestShapes.Test)), "The promises of the pack, which `recon test` holds it to.");

    public static readonly Shape Pack = new(
        "pack", "a pack", "One reconciliation, owned by one team.",
        Language,
        Key("pack", Map(Header), "Who the pack is.").Must(),
        Key("use", OneOrMore(Text), "Files that several packs share: sections in YAML, functions in C#.").Such("[../_shared/sources.yaml, lib/Refs.cs]"),
        Key("params", Named(Map(Parameter)), "Values that may differ by environment.").Such("{ rounding: { type: money, default: 0.02 EUR } }"),
        Key("sources", Named(Map(SourceShapes.Source)), "What is read, by the name under which rules speak of it.").Must(),
        Key("trust", Named(List(Field, 1)), "Who is believed about a field of the event when sides disagree, the most trusted first.")
            .Such("{ amount: [provider.gross, ledger.amount] }"),
        Key("passes", List(PassShapes.Pass), "What matches, in order; each sees only what is still open on its leg.").Must(),
        Key("classify", List(Map(ClassShapes.Class)), "What breaks are; the first hit wins, the last is `otherwise`.").Must(),
        Key("resolve", List(Map(ClassShapes.Resolution)), "How far the engine may go by itself, by class."),
        Key("breaker", Either(Word("off"), Map(ClassShapes.Breaker)), "Stops a run that would post out of all proportion."),
        Key("exposure", Map(Exposure), "By what value at risk is told apart."),
        Key("run", Map(Run), "For which date, and when."),
        Key("gates", Map(Gates), "How much a change of the rules may do on the word of its author."),
        Tests);

    public static readonly Shape TestFile = new(
        "test-file", "a file of tests", "The tests beside a pack, in `pack.test.yaml`.", Language with { IsNeeded = false }, Tests.Must());
}
