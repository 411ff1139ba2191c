// Controls on a file's totals: count and sum against its trailer.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising;

namespace Recon.Runs.Controls;

static class TotalControls
{
    const string TrailerPrefix = "trailer.";

    /// <summary>All rows read, those too that no record could be made of.</summary>
    public static Finding Count(ControlSpec control, RawTable read)
    {
        var counts = new int[Math.Max(read.Files.Count, 1)];
        for (var row = 0; row < read.Count; row++)
        {
            counts[read.FileOf?[row] ?? 0]++;
        }

        foreach (var reject in read.Rejects)
        {
            counts[FileIndex(read, reject.File)]++;
        }

        return Compare(control, read, file => file is { } index ? counts[index] : counts.Sum(), CompareCount);
    }

    /// <summary>All rows read with an amount; a row whose amount could not be read fails the control.</summary>
    public static Finding Sum(ControlSpec control, RawTable read, ControlledField field)
    {
        CurrencyTotals[] byFile = [.. Enumerable.Range(0, Math.Max(read.Files.Count, 1)).Select(
            _ => new CurrencyTotals())];
        var all = new CurrencyTotals { Unreadable = read.Rejects.Count };
        foreach (var reject in read.Rejects)
        {
            byFile[FileIndex(read, reject.File)].Unreadable++;
        }

        var amounts = new ControlledAmounts(field, read.Count);
        for (var row = 0; row < read.Count; row++)
        {
            amounts.AddTo(byFile[read.FileOf?[row] ?? 0], row);
            amounts.AddTo(all, row);
        }

        return Compare(control, read, file => file is { } index ? byFile[index] : all, CompareSum);
    }

    // With a figure of the pack's own: once, over all files. With a trailer: file by file.
    static Finding Compare<T>(
        ControlSpec control, RawTable read, Func<int?, T> found, Func<T, Figure, Finding> compare)
    {
        if (!control.Operand!.StartsWith(TrailerPrefix, StringComparison.Ordinal))
        {
            return compare(found(null), new Figure("the pack says", control.Operand, Dialect.Canonical));
        }

        if (read.Files.Count == 0)
        {
            return Finding.Unchecked("no file was read");
        }

        var name = control.Operand[TrailerPrefix.Length..];
        return Finding.Of([.. read.Files.Index().Select(file => CompareFile(file.Index, file.Item.Name))]);

        Finding CompareFile(int index, string file)
        {
            TrailerValue[] trailers = [.. read.Trailer.Where(
                value => value.File == file && value.Name == name)];
            return trailers.Length == 0
                ? Finding.Failed($"{file}: no trailer line with '{name}' (the file may have been cut off)")
                : compare(found(index), new Figure(
                    $"{PlaceOf(trailers[0])}: {control.Operand} is", trailers[0].Text, read.Dialect));
        }
    }

    // Totals that a query gave have no line.
    static string PlaceOf(TrailerValue value) => value.Line > 0 ? $"{value.File}:{value.Line}" : value.File;

    static Finding CompareCount(int rows, Figure figure)
    {
        if (!figure.TryRead(out var number, out var currency) || currency != default)
        {
            return Finding.Failed(
                $"{figure.Says} '{figure.Text}', which is no number; {rows} rows were read");
        }

        var detail = $"{figure.Says} {figure.Text}, rows read: {rows}";
        return number == new ExactNumber(rows, 0) ? Finding.Passed(detail) : Finding.Failed(detail);
    }

    static Finding CompareSum(CurrencyTotals totals, Figure figure)
    {
        if (!figure.TryRead(out var number, out var currency))
        {
            return Finding.Failed(
                $"{figure.Says} '{figure.Text}', which is no amount; the rows add up to {totals}");
        }

        var detail = $"{figure.Says} {figure.Text}, the rows add up to {totals}";
        if (totals.Unreadable > 0)
        {
            return Finding.Failed($"{detail} without {totals.Unreadable} whose amount could not be read");
        }

        return totals.Currencies > 1 ? Finding.Failed($"{detail}: a total of one currency was expected")
            : totals.Equal(number, currency) ? Finding.Passed(detail)
            : Finding.Failed(detail);
    }

    static int FileIndex(RawTable read, string? file)
    {
        for (var i = 0; i < read.Files.Count; i++)
        {
            if (read.Files[i].Name == file)
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>A figure to compare with, and who says so: <c>a.csv:4: trailer.rows is</c>.</summary>
    sealed record Figure(string Says, string Text, Dialect Dialect)
    {
        /// <summary>A number, or a number, a blank and a currency.</summary>
        public bool TryRead(out ExactNumber number, out Currency currency)
        {
            currency = default;
            var text = Text.Trim();
            var blank = text.LastIndexOf(' ');
            if (blank > 0 && Currency.TryParse(text[(blank + 1)..], out currency))
            {
                text = text[..blank].TrimEnd();
            }

            return ExactNumber.TryParse(
                Encoding.UTF8.GetBytes(text), out number, Dialect.Point, Dialect.Grouping);
        }
    }
}

/// <summary>The amounts of a field by raw row, read or derived.</summary>
sealed class ControlledAmounts
{
    readonly AmountValues? _values;
    readonly ScaledColumn? _derived;
    readonly int[] _positionOf = [];
    readonly HashSet<int> _unreadable = [];

    public ControlledAmounts(ControlledField field, int readCount)
    {
        _values = field.Values as AmountValues;
        if (_values is not null)
        {
            _unreadable = [.. _values.Faults.Select(fault => fault.Row)];
            return;
        }

        _derived = (ScaledColumn)field.Derived!;
        _positionOf = new int[readCount];
        Array.Fill(_positionOf, -1);
        foreach (var (position, row) in field.DerivedRows.Index().Where(entry => entry.Item < readCount))
        {
            _positionOf[row] = position;
        }
    }

    public void AddTo(CurrencyTotals totals, int row)
    {
        if (_values is not null)
        {
            if (!_values.IsNull(row))
            {
                totals.Add(_values.Units(row), _values.Scale(row), _values.CurrencyOf(row));
            }

            totals.Unreadable += _unreadable.Contains(row) ? 1 : 0;
            return;
        }

        var position = _positionOf[row];
        if (position < 0)
        {
            totals.Unreadable++;
        }
        else if (!_derived!.IsNull(position))
        {
            var currency = (_derived as MoneyColumn)?.CurrencyOf(position) ?? default;
            totals.Add(_derived.Units(position), _derived.Scale, currency);
        }
    }
}
