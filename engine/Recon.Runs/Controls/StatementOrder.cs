// Which statement of an account comes before which.
using Recon.Model;

namespace Recon.Runs.Controls;

/// <summary>By closing date, then by number; runs of digits in numbers count as numbers (9 before 10, 5/2 before 5/10).</summary>
static class StatementOrder
{
    public static IComparer<string> ByNumber { get; } = Comparer<string>.Create(CompareNumbers);

    /// <summary>One delivered twice stands once; those without closing balance come first.</summary>
    public static IEnumerable<Statement> Of(IEnumerable<Statement> account) =>
        account
            .OrderBy(statement => statement.Closing?.Date)
            .ThenBy(statement => statement.Number, ByNumber)
            .ThenBy(statement => statement.Opening?.Date)
            .ThenBy(statement => statement.File, StringComparer.Ordinal)
            .ThenBy(statement => statement.Line)
            .DistinctBy(statement => (statement.Number, statement.Opening, statement.Closing));

    public static int Compare(DateOnly date, string number, DateOnly otherDate, string otherNumber) =>
        date != otherDate ? date.CompareTo(otherDate) : CompareNumbers(number, otherNumber);

    static int CompareNumbers(string left, string right)
    {
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            var (digits, otherDigits) = (Digits(left, i), Digits(right, j));
            int order;
            if (digits > 0 && otherDigits > 0)
            {
                order = CompareDigits(
                    left.AsSpan(i, digits).TrimStart('0'), right.AsSpan(j, otherDigits).TrimStart('0'));
                (i, j) = (i + digits, j + otherDigits);
            }
            else
            {
                order = left[i++].CompareTo(right[j++]);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return (left.Length - i).CompareTo(right.Length - j);
    }

    static int CompareDigits(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    static int Digits(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - start;
    }
}
