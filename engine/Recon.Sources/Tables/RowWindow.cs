// Bytes that a file is read into.
using Recon.Model.Columns;

namespace Recon.Sources.Tables;

/// <summary>Bytes that a file is read into, and the rows of them that are kept.</summary>
/// <param name="bytes">How many: 64, or twice, four times … as many.</param>
sealed class RowWindow(int bytes)
{
    public byte[] Bytes { get; private set; } = GC.AllocateUninitializedArray<byte>(bytes);

    public CutRows Kept { get; } = new();

    /// <summary>Makes it twice as long.</summary>
    public void Grow()
    {
        var longer = GC.AllocateUninitializedArray<byte>(Bytes.Length * 2);
        Bytes.CopyTo(longer, 0);
        Bytes = longer;
    }
}
