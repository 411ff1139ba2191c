// Business keys for sources that have none: the content of the row and its occurrence.
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Normalising;

/// <summary>
/// <c>id: auto</c>: the first 16 hex digits of the SHA-256 of the normalised row (its fields that are read, by name, in
/// canonical text), <c>-</c>, and the occurrence from 1 among identical rows of one statement, else of the run's different
/// files (<see cref="OccurrenceScopes"/>). The same row in two runs has the same id, so that over runs the number of
/// occurrences is the largest, not the sum.
/// </summary>
static class AutoIds
{
    /// <summary>First 128 bits of the hash of each accepted row, by row; what an id stands for.</summary>
    public static UInt128[] Hashes(
        RawRows rows,
        SourceSpec source,
        FieldValues[] values,
        int[] accepted,
        int threads,
        CancellationToken cancellation)
    {
        var fields = source.Fields.Zip(values)
            .OrderBy(field => field.First.Name, StringComparer.Ordinal)
            .Select(field => (Name: Encoding.UTF8.GetBytes(field.First.Name), Values: field.Second))
            .ToArray();
        var hashes = new UInt128[rows.Count];
        RowRanges.ForEach(
            accepted.Length,
            threads,
            (from, to) =>
            {
                var (text, batch) = (new CanonicalText(), new Sha256Batch());
                var (ends, found) = (new int[Sha256Batch.Lanes], new UInt128[Sha256Batch.Lanes]);
                for (int start = from, end; start < to; start = end)
                {
                    end = Math.Min(start + ends.Length, to);
                    text.Clear();
                    for (var i = start; i < end; i++)
                    {
                        Write(fields, accepted[i], text);
                        ends[i - start] = text.Utf8.Length;
                    }

                    batch.Hash(text.Utf8, ends.AsSpan(0, end - start), found);
                    for (var i = start; i < end; i++)
                    {
                        hashes[accepted[i]] = found[i - start];
                    }
                }
            },
            cancellation);
        return hashes;
    }

    /// <summary>Ids of the accepted rows, in their order.</summary>
    /// <param name="contents">By row: they decide the order of occurrences, so that the order in the file does not.</param>
    public static TextColumn Ids(
        RawRows rows, int[] accepted, UInt128[] hashes, RowContents contents, CancellationToken cancellation)
    {
        var occurrences = Occurrences(rows, accepted, hashes, contents, cancellation);
        var builder = new TextColumnBuilder();
        Span<byte> id = stackalloc byte[32];
        for (var i = 0; i < accepted.Length; i++)
        {
            if (rows.Carried(accepted[i])?.Residual is { } residual)
            {
                builder.Append(residual.Of.Id);
                continue;
            }

            var high = (ulong)(hashes[accepted[i]] >> 64);
            Require.That(high.TryFormat(id, out var hexDigits, "x16", CultureInfo.InvariantCulture));
            id[hexDigits] = (byte)'-';
            Require.That(Utf8Formatter.TryFormat(occurrences[i], id[(hexDigits + 1)..], out var digits));
            builder.Append(id[..(hexDigits + 1 + digits)]);
        }

        return builder.Build();
    }

    static void Write((byte[] Name, FieldValues Values)[] fields, int row, CanonicalText text)
    {
        foreach (var (name, values) in fields)
        {
            if (!values.IsNull(row))
            {
                text.AppendPart(name);
                var begin = text.BeginPart();
                values.Write(row, text);
                text.EndPart(begin);
            }
        }
    }

    static int[] Occurrences(
        RawRows rows, int[] accepted, UInt128[] hashes, RowContents contents, CancellationToken cancellation)
    {
        var occurrences = new int[accepted.Length];
        Array.Fill(occurrences, 1);
        var keys = new ulong[accepted.Length];
        var positions = new int[accepted.Length];
        var scopes = new OccurrenceScopes(rows.Read);
        for (var i = 0; i < accepted.Length; i++)
        {
            (keys[i], positions[i]) = ((ulong)(hashes[accepted[i]] >> 64), i);
        }

        Array.Sort(keys, positions);
        var groups = new List<(int Start, int End)>();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
            {
            }

            if (end - start > 1 || rows.IsCarried(accepted[positions[start]]))
            {
                groups.Add((start, end));
            }
        }

        contents.Learn(
            [.. groups.SelectMany(group => positions[group.Start..group.End]).Select(position => accepted[position])], cancellation);
        foreach (var (start, end) in groups)
        {
            Number(rows, scopes, accepted, positions.AsSpan(start..end), hashes, contents, occurrences);
        }

        return occurrences;
    }

    // Rows read: 1, 2, … in each scope. Carried items keep their number where it is free; what is left of one has none.
    static void Number(
        RawRows rows,
        OccurrenceScopes scopes,
        int[] accepted,
        Span<int> group,
        UInt128[] hashes,
        RowContents contents,
        int[] occurrences)
    {
        group.Sort((left, right) => Compare(Key(left), Key(right)));
        (UInt128 Hash, bool Carried, long Scope, int Number) last = default;
        foreach (var position in group)
        {
            var row = accepted[position];
            if (rows.Carried(row)?.Residual is not null)
            {
                continue;
            }

            var isCarried = rows.IsCarried(row);
            var scope = isCarried ? 0 : scopes.Of(row);
            var isNext = last.Number > 0
                && (last.Hash, last.Carried, last.Scope) == (hashes[row], isCarried, scope);
            var next = isNext ? last.Number + 1 : 1;
            occurrences[position] = isCarried ? Math.Max(next, EarlierNumber(rows, row)) : next;
            last = (hashes[row], isCarried, scope, occurrences[position]);
        }

        (UInt128 Hash, bool Carried, long Order, UInt128 Content, string Id, int Row) Key(int position)
        {
            var row = accepted[position];
            return rows.Carried(row) is { } item
                ? (hashes[row], true, EarlierNumber(rows, row), contents.Of(row), item.Record.Id, row)
                : (hashes[row], false, scopes.Of(row), contents.Of(row), "", row);
        }
    }

    static int Compare(
        (UInt128 Hash, bool Carried, long Order, UInt128 Content, string Id, int Row) left,
        (UInt128 Hash, bool Carried, long Order, UInt128 Content, string Id, int Row) right)
    {
        var order = left.Hash.CompareTo(right.Hash);
        order = order != 0 ? order : left.Carried.CompareTo(right.Carried);
        order = order != 0 ? order : left.Order.CompareTo(right.Order);
        order = order != 0 ? order : left.Content.CompareTo(right.Content);
        order = order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
        return order != 0 ? order : left.Row.CompareTo(right.Row);
    }

    static int EarlierNumber(RawRows rows, int row)
    {
        var id = rows.Carried(row)!.Record.Id;
        return id.Length > 17 && id[16] == '-'
            && int.TryParse(id.AsSpan(17), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : 1;
    }
}
