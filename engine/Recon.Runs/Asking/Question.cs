// A query with the values of its parameters, as a server is asked.
using System.Globalization;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Asking;

/// <param name="Label">The query as people know it: <c>LEDGER: sql/ledger.sql</c>.</param>
public sealed record Question(string Label, string Sql, IReadOnlyList<QuestionValue> Values)
{
    /// <summary>The question of a source for a date.</summary>
    public static Question Of(SourceSpec source, DateOnly businessDate) =>
        new(source.Read.Sql!.Label, source.Read.Sql.Query, ValuesOf(source, source.Read.Sql.Asked, businessDate));

    /// <summary>The question for totals.</summary>
    public static Question OfTrailer(SourceSpec source, SqlTrailer trailer, DateOnly businessDate) => new(
        $"{source.Read.Sql!.Connection}: {trailer.File ?? "trailer"}", trailer.Query, ValuesOf(source, trailer.Asked, businessDate));

    static IReadOnlyList<QuestionValue> ValuesOf(SourceSpec source, IReadOnlyList<string> asked, DateOnly businessDate) =>
        [.. asked.Select(name => ValueOf(source, name, businessDate))];

    static QuestionValue ValueOf(SourceSpec source, string name, DateOnly date)
    {
        var sql = source.Read.Sql!;
        var first = date.AddDays(1 - (sql.WindowDays ?? 1));
        return name switch
        {
            "business_date" => new QuestionValue.OfDate(name, date),
            "window_from" => new QuestionValue.OfDate(name, first),
            "window_to" => new QuestionValue.OfDate(name, date),
            "window_start" => new QuestionValue.OfInstant(name, StartOf(first, source.TimeZone)),
            "window_end" => new QuestionValue.OfInstant(name, StartOf(date.AddDays(1), source.TimeZone)),
            _ => Given(sql.Arguments.First(argument => argument.Name == name)),
        };
    }

    static QuestionValue Given(SqlArgument given) => given.Kind switch
    {
        FieldKind.Date => new QuestionValue.OfDate(given.Name, DateOnly.ParseExact(given.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        FieldKind.Number => new QuestionValue.OfNumber(given.Name, given.Value),
        _ => new QuestionValue.OfText(given.Name, given.Value),
    };

    // The first moment of a day; where clocks leave midnight out, the moment at which they do.
    static DateTime StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(midnight))
        {
            return DateTime.SpecifyKind(midnight - zone.GetUtcOffset(midnight.AddDays(-1)), DateTimeKind.Utc);
        }

        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return DateTime.SpecifyKind(midnight - offset, DateTimeKind.Utc);
    }
}

/// <summary>A value for <c>@name</c>.</summary>
public abstract record QuestionValue(string Name)
{
    /// <summary><c>@name = value</c>, for people.</summary>
    public sealed override string ToString() => $"@{Name} = {Shown}";

    protected abstract string Shown { get; }

    public sealed record OfText(string Name, string Text) : QuestionValue(Name)
    {
        protected override string Shown => $"'{Text}'";
    }

    public sealed record OfDate(string Name, DateOnly Date) : QuestionValue(Name)
    {
        protected override string Shown => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <param name="Utc">A moment, of kind UTC.</param>
    public sealed record OfInstant(string Name, DateTime Utc) : QuestionValue(Name)
    {
        protected override string Shown => Utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }

    /// <param name="Digits">Canonical text: digits with a point.</param>
    public sealed record OfNumber(string Name, string Digits) : QuestionValue(Name)
    {
        protected override string Shown => Digits;

        /// <summary>As a number of the driver, which is exact or not at all.</summary>
        /// <exception cref="ReconException">It has more digits than that can hold.</exception>
        public decimal Exact => decimal.TryParse(Digits, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            && ExactNumber.TryParse(System.Text.Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), out var kept)
            && ExactNumber.TryParse(System.Text.Encoding.ASCII.GetBytes(Digits), out var meant) && kept == meant
            ? value
            : throw new ReconException($"@{Name}: {Digits} has more digits than a parameter of a query can hold; give it as a text", FaultKind.InputWrong);
    }
}
