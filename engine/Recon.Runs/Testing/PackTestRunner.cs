// Runs the tests that authors write beside their rules.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Testing;

/// <summary>How a test ended.</summary>
/// <param name="Failures">What differs, one entry a finding; empty where it passed.</param>
public sealed record PackTestResult(PackTest Test, PackTestVerdict Verdict, IReadOnlyList<PackTestFailure> Failures);

/// <summary>One thing that differs.</summary>
/// <param name="Place">The expectation that it is about; the test itself where it is about no single one.</param>
public sealed record PackTestFailure(Place Place, string Text);

public enum PackTestVerdict
{
    Passed,
    Failed,

    /// <summary>Marked <c>todo: true</c> and failing, as it should.</summary>
    Todo,
}

/// <summary>
/// Runs each test in an empty store. For free: the rows in other orders must give the same bytes, the sources in the reverse
/// order the same matches, breaks and postings, and the same run again must return the record and post nothing.
/// </summary>
public static class PackTestRunner
{
    public static PackTestResult Run(
        Pack pack, ICompiledRules rules, PackTest test, IReadOnlyDictionary<string, BusinessCalendar> calendars,
        IReadOnlyDictionary<string, bool> accounts, CancellationToken cancellation)
    {
        var failures = new List<PackTestFailure>();
        try
        {
            var request = Request(pack, rules, test, calendars, accounts);
            failures.AddRange(Findings(request, test, cancellation));
        }
        catch (ReconException fault)
        {
            failures.Add(new PackTestFailure(test.Place, fault.Message));
        }

        return (test.Todo, failures.Count) switch
        {
            (false, 0) => new(test, PackTestVerdict.Passed, []),
            (false, _) => new(test, PackTestVerdict.Failed, failures),
            (true, 0) => new(test, PackTestVerdict.Failed, [new(test.Place, "the known gap is closed: take 'todo: true' away")]),
            (true, _) => new(test, PackTestVerdict.Todo, failures),
        };
    }

    /// <summary>True where all that the test expects comes out; rows and sources are not tried in other orders.</summary>
    public static bool Holds(
        Pack pack, ICompiledRules rules, PackTest test, IReadOnlyDictionary<string, BusinessCalendar> calendars,
        IReadOnlyDictionary<string, bool> accounts, CancellationToken cancellation)
    {
        try
        {
            using var store = new MemoryRunStore(posted: test.Posted);
            var run = new Runner(new GivenReader(test, RowOrder.AsWritten), store).Run(Request(pack, rules, test, calendars, accounts), cancellation);
            return !ExpectationCheck.Of(test, run.Record).Any();
        }
        catch (ReconException)
        {
            return false;
        }
    }

    static List<PackTestFailure> Findings(RunRequest request, PackTest test, CancellationToken cancellation)
    {
        using var store = new MemoryRunStore(posted: test.Posted);
        var first = new Runner(new GivenReader(test, RowOrder.AsWritten), store).Run(request, cancellation);
        var failures = new List<PackTestFailure>(ExpectationCheck.Of(test, first.Record));
        var bytes = BytesOf(first.Record);
        var again = new Runner(new GivenReader(test, RowOrder.Strided), store).Run(request, cancellation);
        if (!again.WasRecorded || BytesOf(again.Record) != bytes)
        {
            Add("the same run again is not the recorded run");
        }

        foreach (var order in new[] { RowOrder.Reversed, RowOrder.Strided })
        {
            using var fresh = new MemoryRunStore(posted: test.Posted);
            var shuffled = new Runner(new GivenReader(test, order), fresh).Run(request, cancellation);
            if (BytesOf(shuffled.Record) != bytes)
            {
                Add($"the order of rows changes the result ({order.ToString().ToLowerInvariant()})");
            }
        }

        if (!request.Pack.Passes.Any(DependsOnOrder) && WithSourcesSwapped(request, test, first.Record, cancellation) is { } difference)
        {
            Add($"the order of sources: changes the result; {difference}");
        }

        return failures;

        void Add(string text) => failures.Add(new PackTestFailure(test.Place, text));
    }

    // The smallest of equally good lists of pairs hangs on the side it is read from; of three sources, so do who takes first and
    // which of several interchangeable records stands where.
    static bool DependsOnOrder(PassSpec pass) => pass.IsOfSeveral
        ? pass.Tie.Kind != TieKind.Ask
        : pass.Tie is { Kind: TieKind.Best, UnlessAmbiguous: false };

    static string? WithSourcesSwapped(
        RunRequest request, PackTest test, RunRecord asWritten, CancellationToken cancellation)
    {
        using var fresh = new MemoryRunStore(posted: test.Posted);
        var swapped = new Runner(new GivenReader(test, RowOrder.AsWritten), fresh)
            .Run(request with { Pack = SwappedSources.Of(request.Pack) }, cancellation);
        return Outcomes.Difference("as written", asWritten, "in the reverse order", swapped.Record);
    }

    static RunRequest Request(
        Pack pack, ICompiledRules rules, PackTest test, IReadOnlyDictionary<string, BusinessCalendar> calendars,
        IReadOnlyDictionary<string, bool> accounts)
    {
        var date = test.Date
            ?? (test.At is DateTimeOffset now && pack.BusinessDate is BusinessDateSpec rule ? BusinessDates.At(rule, now, calendars) : (DateOnly?)null)
            ?? throw new ReconException("the test names no business date: write date: 2026-02-27", FaultKind.InputWrong);
        var at = test.At ?? new DateTimeOffset(date, new TimeOnly(12, 0), TimeSpan.Zero);
        return new RunRequest(pack, rules, date, calendars, accounts, Threads: 1, QueuesPostings: true, at, By: "test")
        {
            Rates = test.Rates,
        };
    }

    static string BytesOf(RunRecord record)
    {
        using var bytes = new MemoryStream();
        ResultDocument.WriteBelowRun(record with { Rejects = [] }, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
