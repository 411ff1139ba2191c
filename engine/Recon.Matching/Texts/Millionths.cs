// Fractions from 0 to 1 as whole millionths, so that a threshold is met on every machine or on none.
namespace Recon.Matching.Texts;

static class Millionths
{
    /// <summary>1.</summary>
    public const int Whole = 1_000_000;

    /// <summary>part / whole to the nearest millionth, halves upward.</summary>
    /// <param name="part">0 to <paramref name="whole"/>.</param>
    /// <param name="whole">At least 1.</param>
    public static int Of(Int128 part, Int128 whole) => (int)(((2 * part * Whole) + whole) / (2 * whole));

    /// <summary>As digits, at least two behind the point: <c>0.90</c>, <c>0.866667</c>.</summary>
    public static string Text(int millionths)
    {
        var digits = new Model.ExactNumber(millionths, 6).Trimmed();
        return digits.Rescaled(Math.Max(2, digits.Scale)).ToString();
    }
}
