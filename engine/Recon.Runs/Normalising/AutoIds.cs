// Business keys for sources that have none: what the row says and its occurrence.
using System.Buffers.Text;
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising;

/// <summary>
/// <c>id: auto</c>: the first 16 hex digits of the SHA-256 of the row, <c>-</c>, and its occurrence from 1 among rows that say the
/// same (<see cref="OccurrenceScopes"/>). What a row says are all of its cells, those too that no field reads, but not those that
/// name its statement (<see cref="RawTable.DeliveryColumns"/>): so the same row in two runs has the same id, whatever pack reads
/// it. Over runs the number of occurrences is the largest, not the sum.
/// </summary>
/// <remarks>
/// An open item keeps the id it came with. Where that is an id of another form, because an older engine or pack gave it, the row
/// takes this id when it comes again.
/// </remarks>
sealed class AutoIds
{
    const int HexDigits = 16;

    readonly RawRows _rows;
    readonly int[] _accepted;
    readonly UInt128[] _hashes;
    readonly OccurrenceScopes _scopes;
    readonly int[] _numbers;

    // By position; null where the id is made of hash and number.
    readonly Dictionary<int, string> _given = [];
    int _shared;

    AutoIds(RawRows rows, int[] accepted, RowContents meanings, CancellationToken cancellation)
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

        _scopes = new OccurrenceScopes(rows.Read, hashOf);
    }

    /// <param name="accepted">Rows, ascending.</param>
    /// <param name="meanings">What each row says, without the cells that name its statement.</param>
    /// <returns>
    /// Ids of the accepted rows, in their order, and how many rows count once though two statements that do not follow each other
    /// list them.
    /// </returns>
    public static (TextColumn Ids, int Shared) Of(
        RawRows rows, int[] accepted, RowContents meanings, CancellationToken cancellation)
    {
        var ids = new AutoIds(rows, accepted, meanings, cancellation);
        ids.Number();
        return (ids.Written(), ids._shared);
    }

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

            if (end - start > 1 || _rows.IsCarried(_accepted[positions[start]]))
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

            if (NumberIn(item.Record.Id, _hashes[position]) is { } number)
            {
                standing.Add(number);
            }
            else
            {
                older.Add(item.Record.Id);
            }
        }

        older.Sort(Utf8Order.Compare);
        Count(read, standing, older);
    }

    void Count(List<(StatementPlace Place, int Position)> read, SortedSet<int> standing, List<string> older)
    {
        var count = new OccurrenceCount();
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

    /// <summary>The occurrence in an id of this form that stands for this hash; null in any other.</summary>
    static int? NumberIn(string id, UInt128 hash) =>
        id.Length > HexDigits + 1 && id[HexDigits] == '-'
        && ulong.TryParse(id.AsSpan(0, HexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
        && high == (ulong)(hash >> 64)
        && int.TryParse(id.AsSpan(HexDigits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    TextColumn Written()
    {
        var builder = new TextColumnBuilder();
        Span<byte> id = stackalloc byte[32];
        for (var i = 0; i < _accepted.Length; i++)
        {
            if (_given.TryGetValue(i, out var given))
            {
                builder.Append(given);
                continue;
            }

            var high = (ulong)(_hashes[i] >> 64);
            Require.That(high.TryFormat(id, out var hexDigits, "x16", CultureInfo.InvariantCulture));
            id[hexDigits] = (byte)'-';
            Require.That(Utf8Formatter.TryFormat(_numbers[i], id[(hexDigits + 1)..], out var digits));
            builder.Append(id[..(hexDigits + 1 + digits)]);
        }

        return builder.Build();
    }
}
