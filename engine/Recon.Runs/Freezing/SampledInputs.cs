// A part of frozen inputs in which every match is whole.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Freezing;

/// <summary>
/// Keeps families of records: those that stand in one match or one break belong together, with all that they belong to. Which families stay
/// depends on their names alone, so that another share keeps what a smaller one kept.
/// </summary>
public static class SampledInputs
{
    /// <param name="percent">About how many of a hundred families stay, from 1 to 100.</param>
    public static FrozenInputs Of(FrozenInputs inputs, DecidedRun decided, int percent)
    {
        var stays = StaysIn(decided, percent);
        return inputs with
        {
            Tables = [.. inputs.Tables.Select((table, i) => FrozenRows.Of(table, RowsOf(table, decided.Sources[i], stays, percent), _ => null))],
            Opening = inputs.Opening with { Items = [.. inputs.Opening.Items.Where(item => stays(item.Record))] },
        };
    }

    /// <summary>Which records stay.</summary>
    internal static Func<RecordId, bool> StaysIn(DecidedRun decided, int percent)
    {
        Require.That(percent is >= 1 and <= 100);
        var families = new Families(decided.Submission.Record);
        return record => IsWithin(families.Of(record).ToString(), percent);
    }

    /// <summary>The rows that stay, ascending. What is no record, because it was left out or could not be read, stays by its place.</summary>
    internal static IReadOnlyList<int> RowsOf(RawTable table, Normalising.NormalisedSource source, Func<RecordId, bool> stays, int percent)
    {
        var recordOf = new Dictionary<int, int>();
        for (var row = 0; row < source.Records.Count; row++)
        {
            if (source.ReadRowOf(row) is { } raw)
            {
                recordOf.Add(raw, row);
            }
        }

        return
        [
            .. Enumerable.Range(0, table.Count).Where(raw => recordOf.TryGetValue(raw, out var row)
                ? stays(new RecordId(source.Records.Name, source.Records.Id(row)))
                : IsWithin($"{table.Source} {table.FileName(raw)} {table.Line(raw) ?? raw}", percent)),
        ];
    }

    static bool IsWithin(string name, int percent) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % 100 < percent;

    /// <summary>Records that belong together, each family under the name of its first member.</summary>
    sealed class Families
    {
        readonly Dictionary<RecordId, RecordId> _parents = [];

        public Families(RunRecord record)
        {
            foreach (var match in MatchView.All(record))
            {
                Join(match.Records);
            }

            foreach (var item in record.Breaks)
            {
                Join(item.Records);
            }
        }

        public RecordId Of(RecordId record)
        {
            var root = record;
            while (_parents.TryGetValue(root, out var parent))
            {
                root = parent;
            }

            for (var at = record; at != root;)
            {
                (at, _parents[at]) = (_parents[at], root);
            }

            return root;
        }

        void Join(IReadOnlyList<RecordId> records)
        {
            for (var i = 1; i < records.Count; i++)
            {
                var (one, other) = (Of(records[0]), Of(records[i]));
                if (one != other)
                {
                    var isFirst = string.CompareOrdinal(one.ToString(), other.ToString()) < 0;
                    _parents[isFirst ? other : one] = isFirst ? one : other;
                }
            }
        }
    }
}
