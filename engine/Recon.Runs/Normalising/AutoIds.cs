// Business keys for sources that have none: what the row says and its occurrence.
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>
/// <c>id: auto</c>: the first 16 hex digits of the SHA-256 of the row, <c>-</c>, and its occurrence from 1 among rows that say the
/// same (<see cref="OccurrenceScopes"/>). What a row says are all of its cells, those too that no field reads, but not those that
/// name its statement (<see cref="RawTable.DeliveryColumns"/>): so the same row in two runs has the same id, whatever pack reads
/// it. Over runs the number of occurrences is the largest, not the sum, but for statements that go on from those of earlier runs.
/// </summary>
/// <remarks>
/// An open item keeps the id it came with. Where that is an id of another form, because an older engine or pack gave it, the row
/// takes this id when it comes again.
/// </remarks>
sealed class AutoIds
{
    readonly RawRows _rows;
    readonly int[] _accepted;
    readonly UInt128[] _hashes;
    readonly OccurrenceScopes _scopes;
    readonly int[] _numbers;
    readonly EarlierNumbers _earlier;

    // By position; null where the id is made of hash and number.
    readonly Dictionary<int, string> _given = [];
    int _shared;

    AutoIds(RawRows rows, int[] accepted, RowContents meanings, NormalisingInput input, CancellationToken cancellation)
    {
        _rows = rows;
        _accepted = accepted;
        meanings.Learn(accepted, cancellation);
        _hashes = meanings.Of(accepted, cancellation);
        _numbers = new int[accepted.Length];
        Array.Fill(_numbers, 1);
        var hashOf = new UInt128[rows.ReadCount];
        for (var i = 0; i < accepted.Length && !rows.IsCarried(accepted[i]); i++)
        {
            hashOf[accepted[i]] = _hashes[i];
        }

        _scopes = new OccurrenceScopes(
            rows.Read, hashOf, [.. input.Closings.Where(closing => closing.Source == input.Source.Name)]);
        _earlier = new EarlierNumbers(
            [.. accepted.Where(rows.IsCarried).Select(row => rows.Carried(row)!)],
            [.. input.Settled.Where(settled => settled.Source == input.Source.Name)]);
        _earlier.Learn(accepted.Index().Where(entry => GoesOn(entry.Item)).Select(entry => _hashes[entry.Index]), cancellation);
    }

    /// <param name="accepted">Rows, ascending.</param>
    /// <param name="meanings">What each row says, without the cells that name its statement.</param>
    /// <returns>
    /// Ids of the accepted rows, in their order, and how many rows count once though two statements that do not follow each other
    /// list them.
    /// </returns>
    public static (TextColumn Ids, int Shared) Of(
        RawRows rows, int[] accepted, RowContents meanings, NormalisingInput input, CancellationToken cancellation)
    {
        var ids = new AutoIds(rows, accepted, meanings, input, cancellation);
        ids.Number();
        return (ids.Written(), ids._shared);
    }

    bool GoesOn(int row) => !_rows.IsCarried(row) && _scopes.Of(row).GoesOnFromEarlier;

    void Number()
    {
        var (keys, positions) = (new ulong[_hashes.Length], new int[_hashes.Length]);
        for (var i = 0; i < positions.Length; i++)
        {
            (keys[i], positions[i]) = ((ulong)(_hashes[i] >> 64), i);
        }

        Array.Sort(keys, positions);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
            {
            }

            var first = _accepted[positions[start]];
            if (end - start > 1 || _rows.IsCarried(first) || GoesOn(first))
            {
                foreach (var alike in positions[start..end].GroupBy(position => _hashes[position]))
                {
                    Number([.. alike.Order()]);
                }
            }
        }
    }

    // Carried rows keep their ids; rows read are 1, 2, … along their chain. What is left of a row that was read is none of these.
    void Number(int[] alike)
    {
        var standing = new SortedSet<int>();
        var older = new List<string>();
        var read = new List<(StatementPlace Place, int Position)>();
        foreach (var position in alike)
        {
            if (_rows.Carried(_accepted[position]) is not { } item)
            {
                read.Add((_scopes.Of(_accepted[position]), position));
                continue;
            }

            _given.Add(position, item.Record.Id);
            if (item.Residual is not null)
            {
                continue;
            }

            if (AutoId.NumberIn(item.Record.Id, _hashes[position]) is { } number)
            {
                standing.Add(number);
            }
            else
            {
                older.Add(item.Record.Id);
            }
        }

        older.Sort(Utf8Order.Compare);
        if (read.Count > 0)
        {
            Count(read, standing, older, Math.Max(_earlier.HighestOf(_hashes[alike[0]]), LastOf(older.Count, standing)));
        }
    }

    // Those of another form have the numbers that no open item of this form has.
    static int LastOf(int older, SortedSet<int> standing)
    {
        var number = 0;
        for (var left = older; left > 0; left -= standing.Contains(number) ? 0 : 1)
        {
            number++;
        }

        return number;
    }

    void Count(List<(StatementPlace Place, int Position)> read, SortedSet<int> standing, List<string> older, int earlier)
    {
        var count = new OccurrenceCount(earlier);
        foreach (var (place, position) in read.OrderBy(row => row.Place.Number).ThenBy(row => row.Place.Copy))
        {
            var number = count.Next(place);
            _numbers[position] = number;
            if (older.Count > 0 && !standing.Contains(number)
                && number - 1 - standing.Count(taken => taken < number) is var rank && rank < older.Count)
            {
                _given.Add(position, older[rank]);
            }
        }

        _shared += count.Shared;
    }

    TextColumn Written()
    {
        var builder = new TextColumnBuilder();
        Span<byte> id = stackalloc byte[AutoId.LongestUtf8];
        for (var i = 0; i < _accepted.Length; i++)
        {
            if (_given.TryGetValue(i, out var given))
            {
                builder.Append(given);
                continue;
            }

            builder.Append(id[..AutoId.Write(_hashes[i], _numbers[i], id)]);
        }

        return builder.Build();
    }
}
