// A pack as a policy that people read: what is matched with what, how breaks are named, who does what about them.
using System.Globalization;
using Recon.Model.Rules;
using Recon.Reports.Sections;
using Recon.Runs.Results;

namespace Recon.Reports.Policy;

static class PolicySections
{
    public static Page Of(Pack pack, IReadOnlyList<PackTest> tests) => new(
        $"{pack.Id} {pack.Version}",
        $"{(pack.Owner is { } owner ? $"Owned by {owner}. " : "")}{string.Join(", ", pack.Sources.Select(source => source.Name))}: "
            + $"{Count(pack.Passes.Count, "pass", "passes")}, {Count(pack.Classes.Count, "class", "classes")} of breaks, {Count(tests.Count, "test", "tests")}",
        [
            Sources(pack), Fields(pack), Passes(pack), Classes(pack), Resolutions(pack), .. pack.Trust.Count > 0 ? (Section[])[Trust(pack)] : [],
            .. pack.Parameters.Count > 0 ? (Section[])[Parameters(pack)] : [], Examples(tests),
        ]);

    static Section Sources(Pack pack) => new(
        "What is compared",
        [new("source", IsWhole: true), new("whose view it is"), new("read from"), new("a record is known by"), new("kept where")],
        [.. pack.Sources.Select(source => (IReadOnlyList<string>)
        [
            source.Name, Role(source.Role), source.Read.Sql?.Label ?? source.Read.Path, source.Id ?? "its content",
            source.Where is { } where ? PassWords.OneLine(where.Text) : "always",
        ])],
        "");

    static Section Fields(Pack pack) => new(
        "What is read of a record",
        [new("source", IsWhole: true), new("field", IsWhole: true), new("kind"), new("column"), new("how")],
        [.. pack.Sources.SelectMany(source => source.Fields.Select(field => (IReadOnlyList<string>)
        [
            source.Name, field.Name, $"{(field.Optional ? "optional " : "")}{field.Kind.ToString().ToLowerInvariant()}",
            field.Derived is null ? field.DebitColumn is { } debit ? $"{debit} or {field.CreditColumn}" : field.Column : "computed",
            How(field),
        ]))],
        "")
    {
        IsFolded = true,
    };

    static string How(FieldSpec field) => field.Derived is { } code ? PassWords.OneLine(code.Text) : string.Join("; ", new[]
    {
        field.Currency is { Constant: { } currency } ? currency.Code : field.Currency?.Column is { } column ? $"currency in {column}" : "",
        field.Sign is { } sign ? $"{string.Join("/", sign.Debit)} is {(sign.DebitIsPlus ? "plus" : "minus")} by {sign.Column}" : "",
        string.Join(", ", field.Clean.Select(step => step.Kind.ToString().ToLowerInvariant() + (step.Argument is { } text ? $" '{text}'" : ""))),
    }.Where(text => text.Length > 0));

    static Section Passes(Pack pack) => new(
        "What is matched, in this order: each pass looks at what the ones before left open",
        [new("pass", IsWhole: true), new("matches"), new("where"), new("where several fit")],
        [.. pack.Passes.Select(pass => (IReadOnlyList<string>)
            [pass.Id, PassWords.Joined(pass), PassWords.Conditions(pass), PassWords.WhenSeveralFit(pass)])],
        "");

    static Section Classes(Pack pack) => new(
        "How breaks are named: the first that holds",
        [new("class", IsWhole: true), new("status"), new("what it is"), new("until")],
        [.. pack.Classes.Select(rule => (IReadOnlyList<string>)[rule.Id, ResultDocument.Word(rule.Status), On(rule), Until(rule.Until)])],
        "");

    static string On(ClassSpec rule) => rule.On switch
    {
        BreakCondition.MatchOf match => $"a difference that {match.Pass} left",
        BreakCondition.OpenOf { Toward: { } other } open => $"a record of {open.Source} without one of {other}",
        BreakCondition.OpenOf open => $"a record of {open.Source} without a counterpart",
        BreakCondition.MissingOf missing => $"{missing.Source} is missing in {missing.Pass}",
        BreakCondition.AmbiguousOf ambiguous => $"several fit in {ambiguous.Pass}",
        _ => "everything else",
    } + (rule.When is { } when ? $", where {PassWords.OneLine(when.Text)}" : "");

    static string Until(DeadlineSpec? until)
    {
        var unit = until?.Calendar is { } calendar ? $"business day of {calendar}" : "day";
        return until is null ? "" : $"{PassWords.Plural(until.Days, unit)} after {until.From ?? "it appeared"}, then {until.Then}";
    }

    static Section Resolutions(Pack pack) => new(
        "Who does what",
        [new("class", IsWhole: true), new("who"), new("entry"), new("up to")],
        [.. pack.Resolutions.Select(rule => (IReadOnlyList<string>)[rule.For, Who(rule), Entry(rule.Post), UpTo(rule)])],
        "");

    static string Who(ResolutionSpec rule) => rule.Tier switch
    {
        Tier.Auto => "the engine corrects it",
        Tier.AutoFlag => "the engine corrects it, and says so to people",
        Tier.Escalate => "people, at once",
        _ => "people",
    } + (rule.Assign is { } assign ? $": {assign}" : "");

    static string Entry(PostSpec? post) => post is null ? "" : $"in {post.To}: debit {post.Debit}, credit {post.Credit}, {PassWords.Sum(post.Amount)}";

    static string UpTo(ResolutionSpec rule) => string.Join("; ", new[]
    {
        rule.Limit.Each.Count > 0 ? $"{string.Join(", ", rule.Limit.Each)} each" : "",
        Ceiling(rule.Limit.Run, "a run"), Ceiling(rule.Limit.Day, "a day"), Ceiling(rule.Limit.Account, "an account and day"),
    }.Where(text => text.Length > 0));

    static string Ceiling(Ceiling? ceiling, string unit)
    {
        var bounds = ceiling?.Values.Select(value => value.ToString()).Concat(ceiling.Count is { } count ? [Count(count, "posting", "postings")] : []);
        return bounds is null ? "" : $"{string.Join(", ", bounds)} {unit}";
    }

    static Section Trust(Pack pack) => new(
        "Who is believed where sides disagree, the first before the others",
        [new("of the event"), new("believed")],
        [.. pack.Trust.Select(rule => (IReadOnlyList<string>)[rule.Field, string.Join(", ", rule.Sources.Select(side => $"{side.Source}.{side.Field}"))])],
        "");

    static Section Parameters(Pack pack) => new(
        "Values that the rules name",
        [new("parameter", IsWhole: true), new("kind"), new("value")],
        [.. pack.Parameters.Select(parameter => (IReadOnlyList<string>)[parameter.Name, parameter.Kind.ToString().ToLowerInvariant(), parameter.Value])],
        "");

    static Section Examples(IReadOnlyList<PackTest> tests) => new(
        "Examples: the tests beside the rules",
        [new("what holds"), new("given"), new("then")],
        [.. tests.Select(test => (IReadOnlyList<string>)[test.Name, Given(test), Then(test.Expect)])],
        "There are none.");

    static string Given(PackTest test) => string.Join("; ", test.Given.SelectMany(source =>
        source.Value.Select(row => $"{source.Key}: {string.Join(", ", row.Cells.Select(cell => $"{cell.Key} {cell.Value}"))}")));

    static string Then(Expectation expect) => string.Join("; ",
    [
        .. Items("matched", expect.Matched), .. Items("break", expect.Breaks), .. Items("posted", expect.Posts), .. Items("rejected", expect.Rejects),
        .. Items("left out", expect.Duplicates),
    ]);

    static IEnumerable<string> Items(string word, IReadOnlyList<ExpectedItem>? items) => items switch
    {
        null => [],
        [] => [$"{word}: nothing"],
        _ => items.Select(item => $"{word}: {string.Join(", ", item.Members.Select(member => $"{member.Key} {member.Value}").Concat(
            item.Records is { } records ? [string.Join(" ~ ", records)] : []))}"),
    };

    static string Role(SourceRole role) => role switch
    {
        SourceRole.Books => "our books",
        SourceRole.External => "the other side",
        _ => "a third party",
    };

    static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
