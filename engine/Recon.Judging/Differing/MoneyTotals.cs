// Exact sums of money, each currency for itself.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>Sums by currency. A plain number counts as money of no currency.</summary>
sealed class MoneyTotals
{
    // Sorted by currency; almost always one.
    readonly List<Money> _sums = [];

    /// <summary>One entry a currency that was added, also where its sum is 0; sorted by code.</summary>
    public IReadOnlyList<Money> All => [.. _sums];

    /// <summary>As <see cref="All"/>, without sums of 0.</summary>
    public IReadOnlyList<Money> NotZero => [.. _sums.Where(money => !money.IsZero)];

    /// <exception cref="OverflowException">The sum leaves ±10^37 units.</exception>
    public void Add(Money money)
    {
        var place = 0;
        while (place < _sums.Count && _sums[place].CurrencyCode.CompareTo(money.CurrencyCode) < 0)
        {
            place++;
        }

        if (place < _sums.Count && _sums[place].CurrencyCode == money.CurrencyCode)
        {
            _sums[place] += money;
        }
        else
        {
            _sums.Insert(place, money);
        }
    }

    public void Add(IReadOnlyList<Money> amounts)
    {
        foreach (var money in amounts)
        {
            Add(money);
        }
    }

    public void Subtract(IReadOnlyList<Money> amounts)
    {
        foreach (var money in amounts)
        {
            Add(-money);
        }
    }

    /// <summary>Adds a term over rows; gives the first row whose value is NULL, else −1.</summary>
    public int AddTerm(Term term, RecordTable table, ReadOnlySpan<int> rows)
    {
        var column = (ScaledColumn)table.Column(term.Field);
        foreach (var row in rows)
        {
            if (column.IsNull(row))
            {
                return row;
            }

            var value = ValueAt(column, row);
            Add(term.Minus ? -value : value);
        }

        return -1;
    }

    /// <summary>Adds a term over the rows of a subject: of a record that its match holds in part, that part.</summary>
    /// <returns>The first row whose value is NULL; -1 where none is.</returns>
    public int AddTerm(Term term, Subject subject, int side)
    {
        var missing = AddTerm(term, subject.View.Tables[side], subject.Rows[side]);
        foreach (var row in subject.Rows[side])
        {
            if (subject.View.LeftOf(side, row, term.Field) is { } left)
            {
                Add(term.Minus ? left : -left);
            }
        }

        return missing;
    }

    /// <summary>The operand over rows, one entry a currency, sorted; null where a value is NULL.</summary>
    public static IReadOnlyList<Money>? Of(Operand operand, RecordTable table, ReadOnlySpan<int> rows)
    {
        var totals = new MoneyTotals();
        foreach (var term in operand.Terms)
        {
            if (totals.AddTerm(term, table, rows) >= 0)
            {
                return null;
            }
        }

        return totals.All;
    }

    static Money ValueAt(ScaledColumn column, int row) =>
        column is MoneyColumn money ? money.Money(row) : new Money(column.Number(row), default);
}
