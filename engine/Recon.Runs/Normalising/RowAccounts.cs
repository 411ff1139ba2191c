// Keeps account of every raw row: each ends in exactly one place.
using System.Text;
using Recon.Model;

namespace Recon.Runs.Normalising;

enum RowFate : byte
{
    /// <summary>A record, unless something else becomes of it.</summary>
    InScope,
    Rejected,
    Excluded,
    Known,

    /// <summary>A carried item whose new version was read, and counts or is left out.</summary>
    Replaced,
}

/// <summary>The fate of each row (see <see cref="RawRows"/>); a fate once given stays.</summary>
sealed class RowAccounts(RawRows rows, string source)
{
    readonly RowFate[] _fates = new RowFate[rows.Count];
    readonly List<Reject> _rejects = [.. rows.Read.Rejects];
    readonly Dictionary<int, string> _replacedBy = [];
    readonly Dictionary<int, Reject> _held = [];
    readonly HashSet<int> _changed = [];

    public IReadOnlyCollection<string> ReplacedIds => _replacedBy.Values;

    /// <summary>Number of open items whose new version is left out.</summary>
    public int Withdrawn { get; private set; }

    /// <summary>A carried item that is rejected names no file: its row was read long ago.</summary>
    public void Reject(int row, string? id, string reason)
    {
        Settle(row, RowFate.Rejected);
        var content = rows.ContentText(row);
        if (rows.Carried(row) is { } item)
        {
            _held.Add(row, new Reject(source, null, null, item.Record.Id, $"{CarriedFate.RejectedAs}{reason}", content));
            return;
        }

        _rejects.Add(new Reject(source, rows.Read.FileName(row), rows.Read.Line(row), id, reason, content));
    }

    /// <summary>An open item must not vanish because a condition leaves it out now: it is rejected, and stays carried.</summary>
    public void Exclude(int row, string condition)
    {
        if (rows.IsCarried(row))
        {
            Reject(row, null, $"left out by where: {condition}");
            return;
        }

        Settle(row, RowFate.Excluded);
    }

    public void Know(int row)
    {
        Require.That(!rows.IsCarried(row));
        Settle(row, RowFate.Known);
    }

    /// <summary>A row under the name of a record that an earlier run settled with another content.</summary>
    public void RejectChanged(int row, string id, string reason)
    {
        Reject(row, id, reason);
        _changed.Add(row);
    }

    /// <summary>Rows read now that nothing is decided about any more: they are known, or were settled with other content. Ascending.</summary>
    public int[] DecidedBefore() =>
        [.. Enumerable.Range(0, rows.ReadCount).Where(row => _fates[row] == RowFate.Known || _changed.Contains(row))];

    public void Replace(int row, string id)
    {
        Require.That(rows.IsCarried(row));
        Settle(row, RowFate.Replaced);
        _replacedBy.Add(row, id);
    }

    /// <summary>What became of each carried item, in the order of the carried rows.</summary>
    /// <param name="records">The records in scope, with the raw row of each.</param>
    /// <remarks>
    /// An item that this pack cannot read, and whose record was read now and is in scope, is replaced by that one; what was left of a record
    /// is in no file.
    /// </remarks>
    public IReadOnlyList<CarriedFate> FatesIn(RecordTable records, int[] rawRowOf)
    {
        if (rows.Count == rows.ReadCount)
        {
            return [];
        }

        var recordOf = new int[rows.Count - rows.ReadCount];
        Array.Fill(recordOf, -1);
        for (var record = 0; record < rawRowOf.Length; record++)
        {
            if (rows.IsCarried(rawRowOf[record]))
            {
                recordOf[rawRowOf[record] - rows.ReadCount] = record;
            }
        }

        foreach (var row in _held.Keys.Where(row => rows.Carried(row)!.Residual is null).Order().ToList())
        {
            var id = rows.Carried(row)!.Record.Id;
            if (records.RowOf(Encoding.UTF8.GetBytes(id)) is >= 0 and var record && !rows.IsCarried(rawRowOf[record]))
            {
                _held.Remove(row);
                _replacedBy.Add(row, id);
                _fates[row] = RowFate.Replaced;
            }
        }

        return [.. recordOf.Select((record, i) => FateOf(rows.ReadCount + i, record, records))];
    }

    CarriedFate FateOf(int row, int record, RecordTable records) => new(
        rows.Carried(row)!,
        _replacedBy.TryGetValue(row, out var id) ? records.RowOf(Encoding.UTF8.GetBytes(id)) : record,
        IsReplaced: _fates[row] == RowFate.Replaced,
        _held.TryGetValue(row, out var reject) ? reject.Reason[CarriedFate.RejectedAs.Length..] : null);

    /// <summary>An open item whose new version is left out: that one decides.</summary>
    public void Withdraw(int row)
    {
        Require.That(rows.IsCarried(row));
        Settle(row, RowFate.Replaced);
        Withdrawn++;
    }

    public bool IsInScope(int row) => _fates[row] == RowFate.InScope;

    /// <summary>Raw rows in scope, ascending.</summary>
    public int[] RowsInScope()
    {
        var inScope = new int[_fates.AsSpan().Count(RowFate.InScope)];
        for (int row = 0, next = 0; next < inScope.Length; row++)
        {
            if (IsInScope(row))
            {
                inScope[next++] = row;
            }
        }

        return inScope;
    }

    /// <summary>Rows that their server joined and that are no records, but for those that are known.</summary>
    public int JoinedLost()
    {
        var joined = _fates.AsSpan(0, rows.Read.Joined);
        return joined.Length - joined.Count(RowFate.InScope) - joined.Count(RowFate.Known);
    }

    public RowCounts Count()
    {
        var read = _fates.AsSpan(0, rows.ReadCount);
        var carried = _fates.AsSpan(rows.ReadCount);
        var counts = new RowCounts(
            Read: rows.ReadCount + rows.Read.Rejects.Count,
            Rejected: read.Count(RowFate.Rejected) + rows.Read.Rejects.Count,
            Excluded: read.Count(RowFate.Excluded),
            Known: read.Count(RowFate.Known),
            New: read.Count(RowFate.InScope),
            Carried: carried.Count(RowFate.InScope),
            CarriedRejected: carried.Count(RowFate.Rejected),
            CarriedReplaced: carried.Count(RowFate.Replaced));
        Require.That(counts.Read == counts.Rejected + counts.Excluded + counts.Known + counts.New);
        Require.That(carried.Length == counts.Carried + counts.CarriedRejected + counts.CarriedReplaced);
        Require.That(_rejects.Count == counts.Rejected && _held.Count == counts.CarriedRejected);
        return counts;
    }

    /// <summary>By (source, reason, content, file, line), ordinal.</summary>
    public IReadOnlyList<Reject> SortedRejects()
    {
        List<Reject> all = [.. _rejects, .. _held.Values];
        all.Sort(static (left, right) => Compare(left, right));
        return all;
    }

    static int Compare(Reject left, Reject right)
    {
        var order = string.CompareOrdinal(left.Source, right.Source);
        order = order != 0 ? order : string.CompareOrdinal(left.Reason, right.Reason);
        order = order != 0 ? order : string.CompareOrdinal(left.Content, right.Content);
        order = order != 0 ? order : string.CompareOrdinal(left.File, right.File);
        return order != 0 ? order : Nullable.Compare(left.Line, right.Line);
    }

    void Settle(int row, RowFate fate)
    {
        Require.That(_fates[row] == RowFate.InScope);
        _fates[row] = fate;
    }
}
