// Lengths of time as a pack writes them: 90s, 10m, 4h, 2d.
using System.Globalization;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

static class Durations
{
    static readonly (char Unit, TimeSpan Length)[] Units =
    [
        ('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1)),
    ];

    /// <summary>A whole number and its unit; null, reported, where it is none, or not within the bounds.</summary>
    public static TimeSpan? Bind(ScalarNode? node, TimeSpan least, TimeSpan most, PackScope scope) =>
        node is null || scope.Text(node) is not { } text ? null : Bind(node, text, least, most, scope.Report);

    /// <summary>As above, where no parameter can stand.</summary>
    public static TimeSpan? Bind(ScalarNode node, string text, TimeSpan least, TimeSpan most, Report report)
    {
        if (TryParse(text, out var length) && length >= least && length <= most)
        {
            return length;
        }

        report.Add(Findings.BadText, node.Place, "90s, 10m, 4h or 2d", text, $"a length of time from {Text(least)} to {Text(most)}");
        return null;
    }

    /// <summary>In the largest unit of which it is a whole number.</summary>
    public static string Text(TimeSpan length)
    {
        var (unit, one) = Units.First(unit => length.Ticks % unit.Length.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{length.Ticks / one.Ticks}{unit}");
    }

    static bool TryParse(string text, out TimeSpan length)
    {
        length = default;
        if (text.Length is < 2 or > 7 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var unit = Array.Find(Units, unit => unit.Unit == text[^1]);
        length = count * unit.Length;
        return unit.Unit != default;
    }
}
