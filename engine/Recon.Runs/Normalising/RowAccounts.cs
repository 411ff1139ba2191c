// Keeps account of every raw row: each ends in exactly one place.
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
    readonly List<string> _replacedIds = [];

    public IReadOnlyList<string> ReplacedIds => _replacedIds;

    /// <summary>Number of open items whose new version is left out.</summary>
    public int Withdrawn { get; private set; }

    /// <summary>A carried item that is rejected names no file: its row was read long ago.</summary>
    public void Reject(int row, string? id, string reason)
    {
        Settle(row, RowFate.Rejected);
        var content = rows.ContentText(row);
        if (rows.Carried(row) is { } item)
        {
            _rejects.Add(new Reject(source, null, null, item.Record.Id, $"carried: {reason}", content));
            return;
        }

        _rejects.Add(new Reject(source, rows.Read.FileName(row), rows.Read.Line(row), id, reason, content));
    }

    /// <summary>An open item must not vanish because a condition leaves it out now: it becomes a reject.</summary>
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

    public void Replace(int row, string id)
    {
        Require.That(rows.IsCarried(row));
        Settle(row, RowFate.Replaced);
        _replacedIds.Add(id);
    }

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
        Require.That(_rejects.Count == counts.Rejected + counts.CarriedRejected);
        return counts;
    }

    /// <summary>By (source, reason, content, file, line), ordinal.</summary>
    public IReadOnlyList<Reject> SortedRejects()
    {
        _rejects.Sort(static (left, right) => Compare(left, right));
        return _rejects;
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
