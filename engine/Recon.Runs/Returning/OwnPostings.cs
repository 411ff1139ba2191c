// What a run must know of what its pack has posted: the postings that its books name, and those that they should.
using System.Text;
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Returning;

/// <summary>Postings of the pack that concern a run; all others may come and go without a word in it.</summary>
/// <param name="Named">Those whose key stands in a cell of the books, by key.</param>
/// <param name="Overdue">Those that should have been in the books by now and were in none of the runs before, by key.</param>
public sealed record OwnPostings(IReadOnlyDictionary<string, OwnPosting> Named, IReadOnlyList<OverduePosting> Overdue)
{
    public static OwnPostings None { get; } = new(new Dictionary<string, OwnPosting>(), []);

    public bool IsEmpty => Named.Count == 0 && Overdue.Count == 0;

    /// <param name="posted">What the store has of the pack; asked only where a source has a key for postings.</param>
    /// <param name="inputs">In the order of the pack.</param>
    internal static OwnPostings Of(RunRequest request, IReadOnlyList<RawTable> inputs, OpeningState opening, Func<IReadOnlyList<OwnPosting>> posted)
    {
        List<SourceSpec> books = [.. request.Pack.Sources.Where(source => source.PostingKey is not null)];
        if (books.Count == 0 || posted() is not { Count: > 0 } all)
        {
            return None;
        }

        var search = new KeySearch(all.Select(posting => posting.Key));
        foreach (var source in books)
        {
            search.Look(source, inputs[source.Index], opening.Items.Where(item => item.Record.Source == source.Name));
        }

        return new OwnPostings(
            WithoutUndone(all).Where(posting => search.Found.Contains(posting.Key)).ToDictionary(posting => posting.Key, StringComparer.Ordinal),
            [
                .. all.Where(posting => posting.State == OwnPostingState.Awaited)
                    .Select(posting => OverdueIn(books, posting, request)).OfType<OverduePosting>()
                    .Where(overdue => !opening.HasSettled(overdue.Posting.Record))
                    .OrderBy(overdue => overdue.Posting.Key, StringComparer.Ordinal),
            ]);
    }

    /// <summary>All that a run decides from, one text a posting.</summary>
    internal IEnumerable<string> Words() =>
    [
        .. Named.Values.OrderBy(posting => posting.Key, StringComparer.Ordinal)
            .Select(posting => $"{Text(posting)} {(posting.State == OwnPostingState.Withdrawn ? "withdrawn" : "")}"),
        .. Overdue.Select(overdue => $"{Text(overdue.Posting)} {overdue.Told}"),
    ];

    // What is being reversed books nothing, nor does what reverses it.
    static IEnumerable<OwnPosting> WithoutUndone(IReadOnlyList<OwnPosting> all)
    {
        var onTheirWay = all.Where(posting => posting.State == OwnPostingState.Awaited).Select(posting => posting.Key).ToHashSet(StringComparer.Ordinal);
        var reversals = all.Select(posting => PostingKey.OfReversal(posting.Key)).ToHashSet(StringComparer.Ordinal);
        return all.Select(posting => reversals.Contains(posting.Key) || onTheirWay.Contains(PostingKey.OfReversal(posting.Key))
            ? posting with { For = null }
            : posting);
    }

    static string Text(OwnPosting posting) => string.Join(
        '\n', posting.Key, posting.Rule, posting.To, posting.Debit, posting.Credit, posting.Amount.Number.Trimmed(), posting.Amount.Currency, posting.For);

    static OverduePosting? OverdueIn(List<SourceSpec> books, OwnPosting posting, RunRequest request)
    {
        if (books.Find(source => source.Name == posting.To)?.BackWithin is not { } back || posting.Since >= request.BusinessDate)
        {
            return null;
        }

        var due = back.Calendar is { } calendar ? request.Calendars[calendar].Add(posting.Since, back.Days) : posting.Since.AddDays(back.Days);
        var days = back.Days == 1 ? "day" : "days";
        var unit = back.Calendar is { } name ? $"business {days} {name}" : days;
        return request.BusinessDate <= due ? null : new OverduePosting(
            posting, due, FormattableString.Invariant($"{ResultDocument.Iso(due)} ({back.Days} {unit} after {ResultDocument.Iso(posting.Since)})"));
    }
}

/// <summary>Finds keys in raw cells: whole cells, and 32 hex digits within longer ones.</summary>
sealed class KeySearch
{
    const int Digits = 32;
    const int LongestKey = 64;

    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _keys;
    readonly Dictionary<UInt128, string> _numbers = [];

    internal KeySearch(IEnumerable<string> keys)
    {
        var all = keys.ToHashSet(StringComparer.Ordinal);
        _keys = all.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var key in all.Where(key => key.Length == Digits))
        {
            if (UInt128.TryParse(key, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var number))
            {
                _numbers[number] = key;
            }
        }
    }

    internal HashSet<string> Found { get; } = new(StringComparer.Ordinal);

    /// <param name="carried">Open items of the source, whose rows are in no input.</param>
    internal void Look(SourceSpec source, RawTable table, IEnumerable<CarriedItem> carried)
    {
        foreach (var column in ColumnsOf(source, table))
        {
            for (var row = 0; row < column.Count; row++)
            {
                if (!column.IsNull(row))
                {
                    LookIn(column.Utf8(row));
                }
            }
        }

        foreach (var cells in carried.Select(item => item.Cells))
        {
            for (var cell = 0; cell < cells.Count; cell++)
            {
                LookIn(cells.Utf8(cell));
            }
        }
    }

    // A derived field may be made of any cell.
    static IEnumerable<TextColumn> ColumnsOf(SourceSpec source, RawTable table)
    {
        var field = source.Field(source.PostingKey!);
        List<TextColumn> named = field.Derived is not null ? []
            : [.. field.Columns.Append(field.Name).Distinct(StringComparer.Ordinal).Select(table.Column).OfType<TextColumn>()];
        return named.Count > 0 ? named : table.Columns;
    }

    void LookIn(ReadOnlySpan<byte> cell)
    {
        if (cell.Length <= LongestKey)
        {
            Span<char> text = stackalloc char[LongestKey];
            var length = Encoding.UTF8.GetChars(cell, text);
            if (_keys.TryGetValue(text[..length].Trim(), out var whole))
            {
                Found.Add(whole);
                return;
            }
        }

        // 128 bits hold just the last 32 digits.
        var (number, digits) = (UInt128.Zero, 0);
        foreach (var one in cell)
        {
            if (!char.IsAsciiHexDigit((char)one))
            {
                digits = 0;
                continue;
            }

            number = (number << 4) | (byte)(one <= '9' ? one - '0' : (one | 0x20) - 'a' + 10);
            if (++digits >= Digits && _numbers.TryGetValue(number, out var key))
            {
                Found.Add(key);
            }
        }
    }
}
