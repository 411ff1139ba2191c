// The quick readers of cells and the quick order of ids, against the plain ones.
using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Normalising;
using Recon.Runs.Normalising.Cells;
using Xunit;

namespace Recon.Tests.Runs.Normalising;

public sealed class CellTests
{
    static readonly string[] Changes = ["", "0", "3", "9", " ", "x", "."];

    static readonly string[] Prefixes = ["", "PAYMENT-", "Ä"];

    static readonly Gen<string> Ends = Gen.String[Gen.Char["\0aA0é€\uD83D"], 0, 20];

    [Theory]
    [InlineData("dd.MM.yyyy")]
    [InlineData("yyyyMMdd")]
    [InlineData("MM/dd/yyyy HH:mm:ss")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fff")]
    [InlineData("dd'.'MM'.'yyyy HH'h'mm")]
    public void A_fixed_pattern_reads_what_dotnet_reads(string pattern)
    {
        var compiled = FixedPattern.TryCompile(pattern)!;
        Gen.Select(Gen.DateTime, Gen.Int[0, 40], Gen.OneOf(Changes))
            .Sample((time, at, change) =>
        {
            var text = time.ToString(pattern, CultureInfo.InvariantCulture);
            at = Math.Min(at, text.Length - 1);
            text = change.Length == 0 ? text : text[..at] + change + text[(at + 1)..];
            var expected = DateTime.TryParseExact(
                text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var plain);
            var read = compiled.TryRead(Encoding.UTF8.GetBytes(text), out var ticks);
            return read == expected && (!read || ticks == plain.Ticks);
        });
    }

    [Theory]
    [InlineData("d.M.yyyy")]
    [InlineData("dd.MM.yy")]
    [InlineData("MMM dd yyyy")]
    [InlineData("d")]
    [InlineData("yyyy-MM-dd zzz")]
    [InlineData("HH:mm")]
    [InlineData("yyyy-MM-dd-dd")]
    public void Other_patterns_are_left_to_dotnet(string pattern) =>
        Assert.Null(FixedPattern.TryCompile(pattern));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Pacific/Apia")]
    public void Local_times_become_the_moment_the_zone_says(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var quick = new LocalTimes(zone);
        var first = new DateTime(1975, 1, 1).Ticks / TimeSpan.TicksPerMinute;
        Gen.Long[first, first + (70L * 366 * 24 * 60)].Sample(minute =>
        {
            var local = new DateTime(minute * TimeSpan.TicksPerMinute);
            var exists = quick.TryToUtc(local.Ticks, out var utcTicks);
            var moments = Enumerable.Range(-15 * 2, 31 * 2)
                .Select(halfHours => local.AddMinutes(halfHours * 30))
                .Where(utc => TimeZoneInfo.ConvertTimeFromUtc(
                    DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone) == local)
                .Order().ToList();
            return exists ? moments.Count > 0 && moments[0].Ticks == utcTicks : moments.Count == 0;
        }, threads: 1);
    }

    // Half hours, two hours, midnight, a day that was left out, winter as the exception, new offsets for good.
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Europe/Dublin")]
    [InlineData("Europe/Moscow")]
    [InlineData("Europe/Lisbon")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("America/Caracas")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Antarctica/Troll")]
    [InlineData("Asia/Pyongyang")]
    [InlineData("Pacific/Apia")]
    [InlineData("Pacific/Kwajalein")]
    public void Around_every_change_of_the_clocks_a_local_time_is_the_first_moment_that_shows_it(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var times = new LocalTimes(zone);
        var changes = Enumerable.Range(0, 70 * 366 * 24)
            .Select(hour => new DateTime(1971, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour))
            .Where(utc => zone.GetUtcOffset(utc) != zone.GetUtcOffset(utc.AddHours(1))).ToList();
        Assert.NotEmpty(changes);
        var wrong = new List<string>();
        foreach (var utc in changes)
        {
            var begin = utc.AddHours(-27);
            var shown = Enumerable.Range(0, 54 * 4).Select(quarter => begin.AddMinutes(quarter * 15))
                .GroupBy(moment => (moment + zone.GetUtcOffset(moment)).Ticks)
                .ToDictionary(moments => moments.Key, moments => moments.Min().Ticks);
            foreach (var quarter in Enumerable.Range(-6 * 4, 12 * 4))
            {
                var local = (utc + zone.GetUtcOffset(utc)).AddMinutes(quarter * 15);
                var exists = times.TryToUtc(local.Ticks, out var found);
                if (exists != shown.TryGetValue(local.Ticks, out var first) || (exists && found != first))
                {
                    wrong.Add($"{local:s} {(exists ? new DateTime(found).ToString("s") : "none")}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Ids_stand_in_the_order_of_their_bytes() =>
        Gen.Select(Gen.OneOf(Prefixes), Ends.Array[0, 80]).Sample((prefix, ends) =>
        {
            var texts = ends
                .Select(end => prefix + end.Replace("\uD83D", "😀", StringComparison.Ordinal))
                .ToArray();
            var ids = TextColumn.Of(texts);
            int[] rows = [.. Enumerable.Range(0, texts.Length)];
            var order = IdOrder.Of(ids, rows, contents: null, TestContext.Current.CancellationToken).Positions ?? rows;
            var plain = rows.Order(Comparer<int>.Create((left, right) =>
                Encoding.UTF8.GetBytes(texts[left]).AsSpan()
                    .SequenceCompareTo(Encoding.UTF8.GetBytes(texts[right]))));
            return plain.SequenceEqual(order);
        });

    [Fact]
    public void Many_ids_with_long_shared_beginnings_are_sorted()
    {
        string[] texts = [.. Enumerable.Range(0, 3000).Select(
            i => $"PAYMENT-2026-{i * 7919 % 3000 / 100:D9}-{i * 31 % 97:D12}")];
        int[] rows = [.. Enumerable.Range(0, texts.Length)];
        var order = IdOrder.Of(TextColumn.Of(texts), rows, contents: null, TestContext.Current.CancellationToken).Positions!;
        Assert.Equal(rows.OrderBy(row => texts[row], StringComparer.Ordinal).ThenBy(row => row), order);
    }

    [Fact]
    public void Totals_are_exact_whatever_their_size() =>
        Gen.Select(Gen.Long, Gen.Int[0, 37 - 19], Gen.Int[0, 28]).Array[0, 200].Sample(parts =>
        {
            var total = new ExactSum();
            BigInteger plain = 0;
            foreach (var (digits, zeros, scale) in parts)
            {
                var units = digits * (Int128)BigInteger.Pow(10, zeros);
                total.Add(units, scale);
                plain += units * BigInteger.Pow(10, 28 - scale);
            }

            var written = total.Total.ToString();
            var point = written.IndexOf('.', StringComparison.Ordinal);
            var decimals = point < 0 ? 0 : written.Length - point - 1;
            var read = BigInteger.Parse(
                written.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            return read * BigInteger.Pow(10, 28 - decimals) == plain;
        });

    [Fact]
    public void A_canonical_number_has_no_zeros_at_its_end()
    {
        Gen.Select(Gen.Long, Gen.Int[0, 28]).Sample((units, scale) =>
        {
            var (one, other) = (new CanonicalText(), new CanonicalText());
            one.AppendNumber(units, scale);
            other.Append(
                Encoding.UTF8.GetBytes(new Recon.Model.ExactNumber(units, scale).Trimmed().ToString()));
            return one.Utf8.SequenceEqual(other.Utf8);
        });
    }
}
