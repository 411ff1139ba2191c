// A case of normalising as an analyst writes it: fields, rows, and what must come of them.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Controls;
using Recon.Runs.Normalising;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Runs.Normalising;

/// <summary>
/// Lines up to <c>expect</c>: <c>source</c>, <c>dialect</c>, <c>field</c>, <c>derive</c>, <c>where</c>, <c>control</c>, tables
/// (<c>file</c>, <c>test rows</c>, and <c>earlier open</c> or <c>earlier settled</c> for what an earlier run left behind).
/// A line that begins with <c>before</c> was so in the earlier run's pack.
/// </summary>
sealed class NormalisingCase
{
    readonly CasePack _now = new();
    readonly CasePack _before = new();
    readonly List<CaseFile> _files = [];
    readonly List<(bool Settled, CaseFile File)> _earlier = [];
    readonly List<Statement> _statements = [];
    readonly List<StatementClosing> _closings = [];
    bool _isByField;

    public static NormalisingCase Parse(string given)
    {
        var parsed = new NormalisingCase();
        CaseFile? file = null;
        var line = 0;
        foreach (var raw in given.Split('\n'))
        {
            var text = raw.TrimEnd();
            line++;
            if (text.StartsWith('#') || text.Length == 0)
            {
                file = text.Length == 0 ? null : file;
            }
            else if (file is not null)
            {
                file.Add(text);
            }
            else
            {
                file = parsed.Line(text);
            }
        }

        return parsed;
    }

    public string Run(int threads)
    {
        var source = _now.Source();
        var (carried, settled) = Earlier();
        var read = CaseFile.Table(source.Name, _now.Dialect, _files, _statements, _isByField);
        var input = new NormalisingInput(source, read, carried, settled, _now, threads) { Closings = _closings };
        var normalised = Normaliser.Normalise(input, TestContext.Current.CancellationToken);
        var controls = ControlChecks.Check(source, read, normalised, _closings);
        var closings = StatementClosings.After(source.Name, _statements, _closings);
        return CaseReport.Of(normalised, controls, _statements.Count > 0 ? closings : []);
    }

    // The earlier run: its records are open or settled, as the case says of their file.
    (List<CarriedItem> Carried, List<SettledRecords> Settled) Earlier()
    {
        var (carried, settled) = (new List<CarriedItem>(), new List<SettledRecords>());
        var pack = _now.With(_before);
        foreach (var (isSettled, file) in _earlier)
        {
            var read = CaseFile.Table(pack.Source().Name, pack.Dialect, [file], [], isByField: false);
            var input = new NormalisingInput(pack.Source(), read, [], [], pack, Threads: 1);
            var normalised = Normaliser.Normalise(input, TestContext.Current.CancellationToken);
            var rows = Enumerable.Range(0, normalised.Records.Count).ToArray();
            if (isSettled)
            {
                settled.Add(normalised.SettledOf(rows));
            }
            else
            {
                carried.AddRange(rows.Select(row => normalised.CarriedItemOf(row, [])));
            }
        }

        return (carried, settled);
    }

    CaseFile? Line(string text)
    {
        var (word, rest) = Cut(text, ' ');
        switch (word)
        {
            case "before": _before.Line(rest); break;
            case "statement": _statements.Add(StatementOf(rest)); break;
            case "accepted": _closings.Add(ClosingOf(rest)); break;
            case "file": _files.Add(new CaseFile(rest)); return _files[^1];
            case "test": _files.Add(new CaseFile("")); _isByField = true; return _files[^1];
            case "earlier":
                var (state, name) = Cut(rest, ' ');
                _earlier.Add((state == "settled", new CaseFile(name)));
                return _earlier[^1].File;
            default: _now.Line(text); break;
        }

        return null;
    }

    // a.xml:3 DE1 5: opening 1.00 EUR 2026-02-26; closing 3.00 EUR 2026-02-27; movements 2.00 EUR; entries 2
    static Statement StatementOf(string text)
    {
        var (head, rest) = Cut(text, ": ");
        var parts = head.Split(' ');
        var place = parts[0].Split(':');
        var values = rest.Split("; ").Select(part => Cut(part, ' '))
            .ToDictionary(part => part.Item1, part => part.Item2);
        return new Statement(
            place[0],
            int.Parse(place[1], CultureInfo.InvariantCulture),
            parts[1],
            parts[2],
            values.TryGetValue("opening", out var opening) ? BalanceOf(opening) : null,
            values.TryGetValue("closing", out var closing) ? BalanceOf(closing) : null,
            values.TryGetValue("movements", out var movements) ? MoneyOf(movements) : null,
            int.Parse(values.GetValueOrDefault("entries", "0"), CultureInfo.InvariantCulture))
        {
            MovementsNote = values.GetValueOrDefault("note"),
        };
    }

    // accepted DE1 4: 100.00 EUR 2026-02-26
    static StatementClosing ClosingOf(string text)
    {
        var (head, rest) = Cut(text, ": ");
        var (account, number) = Cut(head, ' ');
        return new StatementClosing(CasePack.Name, account, number, BalanceOf(rest));
    }

    static Balance BalanceOf(string text)
    {
        var (money, date) = Cut(text, text.LastIndexOf(' '), 1);
        return new Balance(
            MoneyOf(money), DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    static Money MoneyOf(string text) =>
        Money.TryParse(text, out var money) ? money : throw new FormatException(text);

    public static (string Head, string Tail) Cut(string text, char at) => Cut(text, text.IndexOf(at), 1);

    public static (string Head, string Tail) Cut(string text, string at) =>
        Cut(text, text.IndexOf(at, StringComparison.Ordinal), at.Length);

    static (string Head, string Tail) Cut(string text, int at, int length) =>
        at < 0 ? (text, "") : (text[..at].Trim(), text[(at + length)..].Trim());
}

/// <summary>A table of a case: header, rows, perhaps a trailer; the header is line 1 of the file.</summary>
sealed class CaseFile(string name)
{
    readonly List<(int Line, string[] Cells)> _rows = [];
    readonly List<TrailerValue> _trailer = [];
    readonly List<Reject> _rejects = [];
    string[] _header = [];
    int _line;

    public string Name => name;

    string Sha256 => CaseHash.Of(_rows.Select(row => string.Join('|', row.Cells)).Prepend(string.Join('|', _header)));

    public void Add(string text)
    {
        _line++;
        if (_header.Length == 0)
        {
            _header = [.. text.Split('|').Select(cell => cell.Trim())];
        }
        else if (text.StartsWith("TRAILER", StringComparison.Ordinal))
        {
            _trailer.AddRange(text.Split('|').Skip(1).Select(cell => NormalisingCase.Cut(cell, '='))
                .Select(value => new TrailerValue(name, _line, value.Head, value.Tail)));
        }
        else if (text.StartsWith("BROKEN ", StringComparison.Ordinal))
        {
            _rejects.Add(new Reject(CasePack.Name, name, _line, null, text["BROKEN ".Length..], ""));
        }
        else
        {
            _rows.Add((_line, [.. text.Split('|').Select(Cell)]));
        }
    }

    /// <summary>Several files as a reader hands them over; column <c>@statement</c> names statements from 0.</summary>
    public static RawTable Table(
        string source,
        Dialect dialect,
        IReadOnlyList<CaseFile> given,
        IReadOnlyList<Statement> statements,
        bool isByField)
    {
        CaseFile[] files = [.. given.OrderBy(file => file.Name, StringComparer.Ordinal)];
        string[] names = [.. files.SelectMany(file => file._header).Distinct().Where(
            column => column[0] != '@')];
        var rows = files.SelectMany((file, index) => file._rows.Select(
            row => (File: file, Index: index, row.Line, row.Cells))).ToList();
        return new RawTable
        {
            Source = source,
            Dialect = dialect,
            ColumnNames = names,
            Columns = [.. names.Select(
                column => TextColumn.Of(rows.Select(row => row.File.Value(row.Cells, column))))],
            Count = rows.Count,
            IsByField = isByField,
            Files = isByField ? [] : [.. files.Select(file => new InputFile(file.Name, file.Sha256, 0))],
            FileOf = isByField ? null : [.. rows.Select(row => (ushort)row.Index)],
            LineOf = isByField ? null : new RowLines(rows.Select(row => row.Line)),
            StatementOf = files.Any(file => file._header.Contains("@statement"))
                ? [.. rows.Select(row => int.Parse(
                    row.File.Value(row.Cells, "@statement") ?? "-1", CultureInfo.InvariantCulture))]
                : null,
            Statements = statements,
            DeliveryColumns = statements.Count > 0 ? ["statement", "sequence"] : [],
            Trailer = [.. files.SelectMany(file => file._trailer)],
            Rejects = [.. files.SelectMany(file => file._rejects)],
        };
    }

    string? Value(string[] cells, string column)
    {
        var index = Array.IndexOf(_header, column);
        return index < 0 || index >= cells.Length ? null : cells[index];
    }

    // "…" keeps blanks at the ends.
    static string Cell(string text)
    {
        var cell = text.Trim();
        return cell is ['"', .., '"'] ? cell[1..^1] : cell;
    }
}

/// <summary>What stands for the bytes of a file that is only in memory.</summary>
static class CaseHash
{
    public static string Of(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
