// A pack over two tables of one database, with and without push-down, and what a run of it says.
using System.Collections.Concurrent;
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Sources;
using Xunit;

namespace Recon.Tests.Sources.Databases.Joining;

/// <summary>Two runs of one pack, one of which lets the server join: all that they say below <c>run</c> must be equal.</summary>
sealed class JoinedPack : IDisposable
{
    /// <summary>The memo stays behind, though the classes ask for it of what is open.</summary>
    const string Fields =
        "{ id: text, code: optional text, amount: { type: optional money, currency: { column: ccy } }, note: text, memo: optional text }";

    // Most packs of the tests differ in passes only, and are compiled once.
    static readonly ConcurrentDictionary<string, Lazy<CompiledImage>> Images = new(StringComparer.Ordinal);

    readonly PackLoad _whole;
    readonly PackLoad _joined;
    readonly PackProgram _wholeRules;
    readonly PackProgram _joinedRules;

    public JoinedPack(
        string pass = "key: [code, amount]", string tie = "ask", string read = "", string? readRight = null, string left = "books",
        string right = "bank")
    {
        (_whole, _wholeRules) = Load(Text("", pass, tie, read, readRight ?? read, left, right));
        (_joined, _joinedRules) = Load(Text("push_down: true\n    ", pass, tie, read, readRight ?? read, left, right));
    }

    public Pack Pack => _joined.Pack!;

    /// <summary>The same without push-down.</summary>
    public Pack Whole => _whole.Pack!;

    public ICompiledRules Rules => _joinedRules;

    public static string Text(string pushDown, string pass, string tie, string read, string readRight, string left, string right) => $$"""
        recon: 1
        pack: { id: joined, version: 1.0.0 }
        sources:
          books:
            role: books
            read: { sql: LEDGER, query: "SELECT * FROM {{left}}"{{read}} }
            id: id
            fields: {{Fields}}
          bank:
            role: external
            read: { sql: LEDGER, query: "SELECT * FROM {{right}}"{{readRight}} }
            id: id
            fields: {{Fields}}
        passes:
          - id: exact
            join: books 1:1 bank
            {{pass}}
            tie: {{tie}}
            {{pushDown}}
          - id: near
            join: books 1:1 bank
            key: code
            within: { books.amount ~ bank.amount: 1.00 EUR }
            tie: { oldest: id }
        classify:
          - id: fee
            status: expected
            on: { open: books }
            when: |
              books.memo == "fee"
            until: { days: 3, then: rest }
          - id: unnoted
            status: suspicious
            on: { open: bank }
            when: |
              bank.memo == null
          - { id: rest, status: suspicious, otherwise: true }
        resolve:
          - { for: fee, tier: manual }
          - { for: unnoted, tier: manual }
          - { for: rest, tier: manual }
        """;

    /// <summary>Runs both on the dates given, and asserts that they decide alike.</summary>
    /// <param name="before">Called before the run of a date, to change the tables.</param>
    /// <returns>The records of the run with push-down, date by date.</returns>
    public List<RunRecord> SameAnswers(Connection connection, int dates = 1, Action<int>? before = null)
    {
        var (whole, joined, records) = (new MemoryRunStore(), new MemoryRunStore(), new List<RunRecord>());
        for (var date = 0; date < dates; date++)
        {
            before?.Invoke(date);
            var expected = Run(_whole.Pack!, _wholeRules, connection, whole, date);
            var found = Run(_joined.Pack!, _joinedRules, connection, joined, date);
            Assert.Equal(BelowRun(expected), BelowRun(found));
            records.Add(found);
        }

        return records;
    }

    public static RunRecord Run(Pack pack, ICompiledRules rules, Connection connection, MemoryRunStore store, int date = 0) =>
        new Runner(new SourceReader("none", _ => connection), store).Run(RequestOf(pack, rules, date), CancellationToken.None).Record;

    public static RunRequest RequestOf(Pack pack, ICompiledRules rules, int date = 0) => new(
        pack, rules, Asked.Date.AddDays(date), new Dictionary<string, BusinessCalendar>(), new Dictionary<string, bool>(), Threads: 2,
        QueuesPostings: true, DateTimeOffset.UnixEpoch, "test");

    public static int JoinedIn(RunRecord record) => record.Sources[0].Files[0].Joined;

    public static string? WholeBecause(RunRecord record) => record.Sources[0].Files[0].NotJoined;

    public void Dispose()
    {
        _wholeRules.Dispose();
        _joinedRules.Dispose();
    }

    static (PackLoad, PackProgram) Load(string text)
    {
        var load = PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(text)), null, PackOptions.Default);
        Assert.Empty(load.Diagnostics.Where(found => found.Severity == Severity.Error).Select(found => $"{found.Code} {found.Message} {found.Hint}"));
        var image = Images.GetOrAdd(
            RuleCompiler.HashOf(load.Rules, load.Sources, load.Parameters),
            _ => new Lazy<CompiledImage>(() => RuleCompiler.Compile(load.Rules, load.Sources, load.Parameters, CancellationToken.None)));
        return (load, PackProgram.Load(image.Value, load.Parameters));
    }

    // Breaks and their ids begin with the pack, which is the same of both.
    static string BelowRun(RunRecord record)
    {
        using var written = new MemoryStream();
        ResultDocument.WriteBelowRun(record, written);
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
