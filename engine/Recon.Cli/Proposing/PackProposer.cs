// Tries passes on the data and keeps those that match something, with what each matched.
using System.Globalization;
using System.Text;
using Recon.Cli.Commands;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Sources.Profiling;

namespace Recon.Cli.Proposing;

/// <summary>What a pass matched of the data.</summary>
/// <param name="Shares">Of the records of each side, in per cent with one decimal.</param>
/// <param name="Samples">Up to three of its matches, as ids.</param>
sealed record PassMeasure(ProposedPass Pass, int Matches, IReadOnlyList<string> Shares, IReadOnlyList<string> Samples);

/// <param name="folder">Where the workspace stands, its inputs in <c>in</c>.</param>
sealed class PackProposer(string folder, string id, Action<StageProgress>? progress, CancellationToken cancellation)
{
    const int SamplesShown = 3;

    /// <summary>Writes the pack, its tests and the workspace into the folder.</summary>
    public IReadOnlyList<PassMeasure> Propose(string left, string right, string currency)
    {
        var inputs = Path.Combine(folder, "in");
        var (one, other) = (
            ProposedSource.Of(InputFileName.SourceIn(left), "books", FileProfile.Of(inputs, left, cancellation), currency),
            ProposedSource.Of(InputFileName.SourceIn(right), "external", FileProfile.Of(inputs, right, cancellation), currency));
        var pairing = Pairing.Of(one, other);
        if (pairing is { IsTurned: true, Amounts: { } amounts })
        {
            // A column that tells debit from credit is read the other way round; where there is none a field is derived.
            (one, other) = amounts.Left.HasSign ? (one.Turned(amounts.Left), other) : (one, amounts.Right.HasSign ? other.Turned(amounts.Right) : other);
            pairing = Pairing.Of(one, other);
        }

        Write("recon.yaml", PackDraft.Workspace(DateOf(one, other)));
        var draft = new PackDraft(id, one, other, pairing, [], new Dictionary<string, string>());
        foreach (var pass in ProposedPass.Of(one, other, pairing))
        {
            draft = Tried(draft with { Passes = [.. draft.Passes, pass] }) is { } run && Summary(run, pass).Matches > 0
                ? draft with { Passes = [.. draft.Passes, pass] }
                : draft;
        }

        if (draft.Passes.Count == 0)
        {
            throw new ReconException(
                $"{left} and {right}: no columns of theirs belong together: neither a reference nor an amount with a day stands in both; "
                    + "recon new NAME writes a pack to start from", FaultKind.InputWrong);
        }

        return Written(draft);
    }

    IReadOnlyList<PassMeasure> Written(PackDraft draft)
    {
        var run = Tried(draft) ?? throw new InvalidOperationException("bug: the proposed pack is wrong");
        List<PassMeasure> measures = [.. draft.Passes.Select(pass => MeasureOf(run, draft, pass))];
        draft = draft with
        {
            Notes = measures.ToDictionary(
                measure => measure.Pass.Id,
                measure => $"{measure.Shares[0]} of {draft.Left.Name}, {measure.Shares[1]} of {draft.Right.Name}: {string.Join("; ", measure.Samples)}"),
        };
        Write("pack.yaml", draft.Text());
        Write("pack.test.yaml", ProposedTests.Text(draft, run));
        return measures;
    }

    // A pass that the data does not allow (a column of another kind, say) is none.
    DecidedRun? Tried(PackDraft draft)
    {
        Write("pack.yaml", draft.Text());
        var workspace = OpenedWorkspace.Open(folder);
        var options = CommonOptions.PackOptionsOf(null, [], workspace.Calendars.Keys) with { Connections = workspace.ConnectionNames };
        using var loaded = LoadedPack.From(folder, options, cancellation);
        if (loaded.HasErrors)
        {
            return null;
        }

        var request = RunCommand.RequestOf(workspace, loaded, workspace.Date!.Value, Environment.ProcessorCount, queuesPostings: false);
        return new Runner(workspace.Reader(), new MemoryRunStore(), progress).Explore(request, cancellation);
    }

    static PassSummary Summary(DecidedRun run, ProposedPass pass) => run.Submission.Record.Passes.Single(summary => summary.Id == pass.Id);

    static PassMeasure MeasureOf(DecidedRun run, PackDraft draft, ProposedPass pass)
    {
        var summary = Summary(run, pass);
        string[] names = [draft.Left.Name, draft.Right.Name];
        var sources = run.Submission.Record.Sources;
        return new PassMeasure(
            pass, summary.Matches,
            [.. names.Select(name => Share(summary.Records[summary.Leg.ToList().IndexOf(name)], sources.Single(source => source.Name == name).New))],
            [.. MatchView.All(run.Submission.Record).Where(match => match.Pass == pass.Id).Take(SamplesShown).Select(Shown)]);
    }

    static string Shown(MatchView match) => string.Join(
        " ~ ", match.Records.GroupBy(record => record.Source).Select(side => string.Join(" + ", side.Select(record => Shown(record.Id)))));

    static string Shown(string id) => id.Length <= 24 ? id : $"{id[..20]}…";

    static string Share(int part, int whole) =>
        whole == 0 ? "0.0 %" : string.Create(CultureInfo.InvariantCulture, $"{part * 1000L / whole / 10}.{part * 1000L / whole % 10} %");

    // The day in the name of our file, else the last of the data; without one, a day that is as good as any.
    static DateOnly DateOf(ProposedSource one, ProposedSource other)
    {
        if (InputFileName.DateIn(one.Profile.File) is { } named)
        {
            return named;
        }

        var days = one.Days.Concat(other.Days).SelectMany(ProposedSource.DaysOf).OfType<DateOnly>().ToList();
        return days.Count == 0 ? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) : days.Max();
    }

    void Write(string file, string text) => File.WriteAllText(
        Path.Combine(folder, file), PackArranger.Arrange(new PackText(file, Encoding.UTF8.GetBytes(text))).Text ?? text,
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
