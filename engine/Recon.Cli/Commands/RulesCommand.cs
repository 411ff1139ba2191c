// recon rules: the rules of packs in their order, and how often each hit in the newest run.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Reports;
using Recon.Reports.Sections;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

static class RulesCommand
{
    static readonly Argument<string> Target = CommonOptions.Workspace();
    static readonly PackOpener Packs = new();
    static readonly Option<string[]> Outputs = new("--out") { Description = "FORMAT=PATH with pretty or json, where '-' is stdout; repeatable" };

    static readonly IReadOnlyDictionary<string, ReportFormat> Formats = Report.Formats
        .Where(known => known.Value is ReportFormat.Pretty or ReportFormat.Json).ToDictionary(StringComparer.Ordinal);

    static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>A rule and what it did.</summary>
    /// <param name="Hits">Matches of a pass, breaks of a class, postings of a resolution; null where nothing was run yet.</param>
    sealed record Rule(string Pack, string Kind, string Id, string Said, Place Place, int? Hits);

    internal static Command Create()
    {
        var command = new Verb("rules",
            "Lists the rules of packs in the order in which they are asked, with their lines, and how often each hit in the newest run.",
            "recon rules examples/card-payments",
            "recon rules rules/card-payments --out json=-")
        {
            Target, Packs.Environment, Packs.Parameters, CommonOptions.Store, Outputs,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(List(parsed, cancellation)));
        return command;
    }

    static int List(ParseResult parsed, CancellationToken cancellation)
    {
        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs), Formats);
        var workspace = OpenedWorkspace.Open(parsed.GetValue(Target)!, parsed.GetValue(CommonOptions.Store)) with
        {
            Environment = parsed.GetValue(Packs.Environment),
        };
        new OutputGuard(workspace, []).Check(targets);
        using IDisposable? opened = workspace.HasStore ? workspace.OpenExistingStore() : null;
        var rules = new List<Rule>();
        foreach (var directory in workspace.Packs)
        {
            using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
            rules.AddRange(RulesOf(loaded.Pack!, opened is IRunStore store ? NewestOf(store, loaded.Pack!.Id) : null));
        }

        foreach (var target in targets.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : targets)
        {
            if (target.Format == ReportFormat.Json)
            {
                target.Write((stream, _) => WriteJson(rules, stream));
            }
            else
            {
                Terminal.Print([.. rules.GroupBy(rule => rule.Pack, StringComparer.Ordinal).Select(pack => SectionOf(pack.Key, [.. pack]))]);
            }
        }

        return ExitCode.Fine;
    }

    static RunRecord? NewestOf(IRunStore store, string pack) =>
        RunHead.Standing(store.Runs(pack, int.MaxValue)).FirstOrDefault() is { } newest ? store.FindRun(newest.Id)!.Record : null;

    static IEnumerable<Rule> RulesOf(Pack pack, RunRecord? run) =>
    [
        .. pack.Passes.Select(pass => new Rule(
            pack.Id, "pass", pass.Id, string.Join(" ~ ", pass.Leg.Names), pass.Place, run?.Passes.Where(done => done.Id == pass.Id).Sum(done => done.Matches))),
        .. pack.Classes.Select(rule => new Rule(
            pack.Id, "class", rule.Id, ResultDocument.Word(rule.Status), rule.Place, run?.Breaks.Count(item => item.Class == rule.Id))),
        .. pack.Resolutions.Select(rule => new Rule(
            pack.Id, "resolve", rule.For, ResultDocument.Word(rule.Tier), rule.Place, run?.Posts.Count(posting => posting.Rule == rule.For))),
    ];

    static Section SectionOf(string pack, IReadOnlyList<Rule> rules) => new(
        pack,
        [new("rule", IsWhole: true), new("id", IsWhole: true), new("said"), new("place", IsWhole: true), new("hits", IsNumber: true)],
        [.. rules.Select(rule => (IReadOnlyList<string>)[rule.Kind, rule.Id, rule.Said, $"{rule.Place.File}:{rule.Place.Line}", Hits(rule)])],
        "No rules.",
        rules.All(rule => rule.Hits is null) ? "nothing was run yet: hits are those of the newest run" : null);

    static string Hits(Rule rule) => rule.Hits?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    static void WriteJson(IReadOnlyList<Rule> rules, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteString("format_version", "1.0");
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("pack", rule.Pack);
            json.WriteString("kind", rule.Kind);
            json.WriteString("id", rule.Id);
            json.WriteString("said", rule.Said);
            json.WriteString("file", rule.Place.File);
            json.WriteNumber("line", rule.Place.Line);
            if (rule.Hits is { } hits)
            {
                json.WriteNumber("hits", hits);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
