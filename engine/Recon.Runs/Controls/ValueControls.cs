// Controls on the values of one field: unique, required.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Controls;

static class ValueControls
{
    const int ValuesShown = 3;

    /// <summary>Fails where a value stands in two rows read, were they equal from end to end. NULL is no value.</summary>
    public static Finding Unique(SourceSpec source, string field, NormalisedSource normalised)
    {
        // Every row read became a record of its own id.
        if (field == source.Id && normalised.Counts.New == normalised.Counts.Read)
        {
            return Finding.Passed($"{normalised.Counts.Read} rows, no value of '{field}' twice");
        }

        var (values, rows) = Values(normalised.Controlled[field], normalised);
        var positions = IdOrder.Of(values, rows, contents: null, CancellationToken.None).Positions
            ?? [.. Enumerable.Range(0, rows.Length)];
        var repeated = new List<string>();
        for (int start = 0, end; start < positions.Length; start = end)
        {
            end = start + 1;
            while (end < positions.Length
                && values.Utf8(positions[end]).SequenceEqual(values.Utf8(positions[start])))
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] group = [.. positions[start..end].Select(position => rows[position])];
                var shown = OneLine.Of(values.Text(positions[start])!, 80);
                repeated.Add($"'{shown}' stands in {group.Length} rows: {normalised.Raw.Places(group)}");
            }
        }

        if (repeated.Count == 0)
        {
            return Finding.Passed($"{normalised.Counts.Read} rows, no value of '{field}' twice");
        }

        var more = repeated.Count > ValuesShown ? $"; and {repeated.Count - ValuesShown} more values" : "";
        return Finding.Failed(string.Join("; ", repeated.Take(ValuesShown)) + more);
    }

    /// <summary>Fails where a row read has no value of the field; a cell that could not be read is another matter.</summary>
    public static Finding Required(string field, NormalisedSource normalised)
    {
        var controlled = normalised.Controlled[field];
        var missing = new List<int>();
        if (controlled.Values is { } values)
        {
            var unreadable = values.Faults.Where(fault => fault.Kind != CellFaultKind.Missing)
                .Select(fault => fault.Row).ToHashSet();
            for (var row = 0; row < normalised.Raw.ReadCount; row++)
            {
                if (values.IsNull(row) && !unreadable.Contains(row))
                {
                    missing.Add(row);
                }
            }
        }
        else
        {
            missing.AddRange(controlled.DerivedRows.Where(
                (row, position) => !normalised.Raw.IsCarried(row) && controlled.Derived!.IsNull(position)));
        }

        return missing.Count == 0
            ? Finding.Passed($"{normalised.Counts.Read} rows, none without '{field}'")
            : Finding.Failed(
                $"{missing.Count} of {normalised.Counts.Read} rows without '{field}': " +
                normalised.Raw.Places(missing));
    }

    // All values of rows read that are not NULL, with their raw rows.
    static (TextColumn Values, int[] Rows) Values(ControlledField controlled, NormalisedSource normalised)
    {
        if (controlled.Values is { } values)
        {
            int[] read = [.. Enumerable.Range(0, normalised.Raw.ReadCount).Where(row => !values.IsNull(row))];
            return (CanonicalColumn.Of(values, read), read);
        }

        var rows = controlled.DerivedRows;
        int[] positions =
        [
            .. Enumerable.Range(0, rows.Length)
                .Where(position => !normalised.Raw.IsCarried(rows[position]) && !controlled.Derived!.IsNull(position)),
        ];
        var derived = CanonicalColumn.Of(controlled.Derived!.Gather(positions));
        return (derived, [.. positions.Select(position => rows[position])]);
    }
}
