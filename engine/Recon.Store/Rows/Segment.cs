// A part of what a run wrote in bulk, with its hash.
using Recon.Model;

namespace Recon.Store.Rows;

/// <param name="Sha256">Of <paramref name="Data"/>, in lower-case hex.</param>
sealed record Segment(int Ordinal, string Sha256, byte[] Data)
{
    /// <summary>Segments with the ordinals 0, <paramref name="step"/>, 2 × <paramref name="step"/> …, each made when it is asked for.</summary>
    public static IEnumerable<Segment> Of(IEnumerable<byte[]> parts, int step = 1) =>
        parts.Select((data, i) => new Segment(i * step, StoreText.Sha256(data), data));

    /// <summary>Writes them to a table with the columns run, ordinal, sha256, data.</summary>
    public static void Write(RunTableWriter rows, long number, IEnumerable<Segment> segments)
    {
        foreach (var segment in segments)
        {
            rows.Add(number, segment.Ordinal, segment.Sha256, segment.Data);
        }
    }

    public static Segment Read(Row row) => new(row.Int(1), row.Text(2), row.Bytes(3));

    /// <exception cref="ReconException">The bytes do not have their hash.</exception>
    public byte[] DataOf(Database database, string what) => StoreText.Sha256(Data) == Sha256
        ? Data
        : throw database.Damaged($"{what} are damaged: segment {Ordinal}");
}
