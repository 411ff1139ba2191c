// What the id of a row stands for: the raw content, or the hash that an automatic id is made of.
namespace Recon.Runs.Normalising;

/// <param name="automatic">By row, where ids are automatic; else null.</param>
/// <remarks>As <see cref="RowContents"/>: many readers, or one that calls <see cref="Learn"/>.</remarks>
sealed class RowMeanings(RowContents contents, UInt128[]? automatic)
{
    /// <summary>Hashes many rows at once, so that <see cref="Of(int)"/> knows them.</summary>
    public void Learn(int[] rows, CancellationToken cancellation)
    {
        if (automatic is null)
        {
            contents.Learn(rows, cancellation);
        }
    }

    public UInt128 Of(int row) => automatic is null ? contents.Of(row) : automatic[row];

    /// <summary>The same of many rows, in their order.</summary>
    public UInt128[] Of(int[] rows, CancellationToken cancellation) =>
        automatic is null ? contents.Of(rows, cancellation) : Array.ConvertAll(rows, row => automatic[row]);
}
