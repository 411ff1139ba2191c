// What was believed about matches and how far their dates lie apart, match by match.
namespace Recon.Model.Columns;

/// <summary>Believed values of one field of the event by match.</summary>
/// <param name="From">Index into the leg's sources of who is believed; 255 where nobody is.</param>
/// <param name="Against">Bit i: source i of the leg says otherwise.</param>
public sealed record TruthColumns(string Field, TextColumn Values, byte[] From, byte[] Against)
{
    public const byte Nobody = 255;
}

/// <summary>By how much dates inside their window differ: <c>1d</c>, <c>-2 business days</c>, <c>00:05:00</c>.</summary>
/// <param name="Values">Of the matches from <paramref name="First"/> on; all others have none.</param>
public sealed record LagColumn(string Fields, TextColumn Values, int First = 0)
{
    /// <summary>Null where the match has none.</summary>
    public string? Text(int match) => match >= First && match - First < Values.Count ? Values.Text(match - First) : null;
}
