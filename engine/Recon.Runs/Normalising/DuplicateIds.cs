// Sees to it that an id stands for one record: which of its rows is kept, what becomes of the others.

namespace Recon.Runs.Normalising;

/// <summary>
/// Rows read with one id and equal content: the first (by file and line) is kept, the others are known. With other
/// content: all are rejected. What is kept is known where an open or settled record has the same content; it
/// replaces an open one of other content, and is rejected where the record was settled with other content.
/// </summary>
/// <param name="candidates">In the order of (id, content, raw row).</param>
/// <param name="meanings">What an id stands for, by raw row: the raw content, or the hash of an automatic id.</param>
/// <param name="settled">By position.</param>
sealed class DuplicateIds(
    RawRows rows, RowAccounts accounts, Candidates candidates, UInt128[] meanings, SettledState[] settled)
{
    public void Resolve()
    {
        for (int start = 0, end; start < candidates.Count; start = end)
        {
            end = start + 1;
            while (end < candidates.Count
                && candidates.Ids.Utf8(end).SequenceEqual(candidates.Ids.Utf8(start)))
            {
                end++;
            }

            ResolveOne(start, end);
        }
    }

    void ResolveOne(int start, int end)
    {
        if (end - start == 1)
        {
            if (!rows.IsCarried(candidates.Rows[start]))
            {
                CompareWithSettled(start);
            }

            return;
        }

        var carried = Positions(start, end, isCarried: true);
        var read = Positions(start, end, isCarried: false);
        var open = KeptCarried(carried);
        if (KeptRead(read) is not { } kept)
        {
            return;
        }

        if (open is null)
        {
            CompareWithSettled(kept);
        }
        else if (Meaning(kept) == Meaning(open.Value))
        {
            accounts.Know(candidates.Rows[kept]);
        }
        else
        {
            accounts.Replace(candidates.Rows[open.Value], Id(kept));
        }
    }

    int[] Positions(int start, int end, bool isCarried) =>
        [.. Enumerable.Range(start, end - start).Where(
            position => rows.IsCarried(candidates.Rows[position]) == isCarried)];

    // Two open items can come to share an id only where a new version of the pack reads ids elsewhere.
    int? KeptCarried(int[] carried)
    {
        if (carried.Length < 2)
        {
            return carried.Length == 0 ? null : carried[0];
        }

        var areEqual = AreEqual(carried);
        foreach (var position in areEqual ? carried[1..] : carried)
        {
            var row = candidates.Rows[position];
            var reason = $"id-conflict: '{ShownId(position)}' is the id of {carried.Length} open items";
            accounts.Reject(row, Id(position), reason);
        }

        return areEqual ? carried[0] : null;
    }

    int? KeptRead(int[] read)
    {
        if (read.Length == 0)
        {
            return null;
        }

        if (AreEqual(read))
        {
            foreach (var position in read[1..])
            {
                accounts.Know(candidates.Rows[position]);
            }

            return read[0];
        }

        // One reason for all of them, so that they stay together in the order of rejects.
        int[] group = [.. read.Select(position => candidates.Rows[position])];
        var places = rows.Places(group);
        var reason = $"id-conflict: '{ShownId(read[0])}' stands for {group.Length} rows that differ: {places}";
        foreach (var position in read)
        {
            accounts.Reject(candidates.Rows[position], Id(position), reason);
        }

        return null;
    }

    void CompareWithSettled(int position)
    {
        if (settled[position] == SettledState.Same)
        {
            accounts.Know(candidates.Rows[position]);
        }
        else if (settled[position] == SettledState.Other)
        {
            var reason = $"changed after it was settled: '{ShownId(position)}' had other content then";
            accounts.Reject(candidates.Rows[position], Id(position), reason);
        }
    }

    bool AreEqual(int[] positions) =>
        Array.TrueForAll(positions, position => Meaning(position) == Meaning(positions[0]));

    UInt128 Meaning(int position) => meanings[candidates.Rows[position]];

    string Id(int position) => candidates.Ids.Text(position)!;

    string ShownId(int position) => OneLine.Of(Id(position), 80);
}
