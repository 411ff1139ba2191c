// Sees to it that an id stands for one record: which of its rows is kept, what becomes of the others.

namespace Recon.Runs.Normalising;

/// <summary>
/// Rows read with one id and equal content: the first (by file and line) is kept, the others are known. With other
/// content: all are rejected. What is kept is known where an open or settled record has the same content; it
/// replaces an open one of other content, and is rejected where the record was settled with other content, or where the id
/// is that of what is left of a record.
/// </summary>
/// <param name="candidates">In the order of (id, content, raw row).</param>
/// <param name="asJoined">What rows would be if their server had joined them; null where none does.</param>
/// <param name="settled">By position.</param>
sealed class DuplicateIds(
    RawRows rows, RowAccounts accounts, Candidates candidates, RowContents meanings, RowContents? asJoined, SettledState[] settled)
{
    public void Resolve(CancellationToken cancellation)
    {
        var starts = Starts();
        LearnShared(starts, cancellation);
        for (var i = 0; i < starts.Length - 1; i++)
        {
            ResolveOne(starts[i], starts[i + 1]);
        }
    }

    // Where each id begins, and the end of all.
    int[] Starts()
    {
        var starts = new List<int>(candidates.Count + 1);
        for (var position = 0; position < candidates.Count; position++)
        {
            if (position == 0 || !candidates.IdsMayRepeat
                || !candidates.Ids.Utf8(position).SequenceEqual(candidates.Ids.Utf8(position - 1)))
            {
                starts.Add(position);
            }
        }

        return [.. starts, candidates.Count];
    }

    // Of rows that share an id.
    void LearnShared(int[] starts, CancellationToken cancellation) => meanings.Learn(
        [
            .. Enumerable.Range(0, starts.Length - 1).Where(i => starts[i + 1] - starts[i] > 1)
                .SelectMany(i => candidates.Rows[starts[i]..starts[i + 1]]),
        ],
        cancellation);

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
        else if (rows.Carried(candidates.Rows[open.Value])!.Residual is { } residual)
        {
            var reason = $"id-conflict: '{ShownId(kept)}' is the id of what is left of '{OneLine.Of(residual.Of.Record, 80)}'";
            accounts.Reject(candidates.Rows[kept], Id(kept), reason);
        }
        else if (Meaning(kept) == MeaningBeside(open.Value, kept))
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
            accounts.RejectChanged(candidates.Rows[position], Id(position), reason);
        }
    }

    bool AreEqual(int[] positions) =>
        Array.TrueForAll(positions, position => Meaning(position) == Meaning(positions[0]));

    // Of a row that its server joined not all is known that the open record says.
    UInt128 MeaningBeside(int open, int kept) => rows.IsJoined(candidates.Rows[kept]) ? asJoined!.Of(candidates.Rows[open]) : Meaning(open);

    UInt128 Meaning(int position) => meanings.Of(candidates.Rows[position]);

    string Id(int position) => candidates.Ids.Text(position)!;

    string ShownId(int position) => OneLine.Of(Id(position), 80);
}
