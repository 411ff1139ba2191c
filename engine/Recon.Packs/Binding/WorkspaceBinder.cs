// Binds a workspace file.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class WorkspaceBinder(Report report)
{
    public static readonly (string, bool)[] AccountKinds = [("asset", true), ("other", false)];

    public Workspace Bind(MapNode root, Place start)
    {
        var keys = new Keys(root, start, WorkspaceShapes.Workspace, report);
        PackBinder.CheckLanguage(keys, report);
        return new Workspace(
            Packs(keys), Date(keys.Scalar("date")), Path(keys.Scalar("inputs")) ?? Workspace.DefaultInputs,
            Path(keys.Scalar("store")) ?? Workspace.DefaultStore, Calendars(keys), Accounts(keys), Labels(keys), Rates(keys))
        {
            Connections = new ConnectionBinder(report).Bind(keys),
            Serve = new ServeBinder(report).Bind(keys),
            Targets = new TargetBinder(report).Bind(keys),
            Evidence = new KeepingBinder(report).Evidence(keys),
            Retention = new KeepingBinder(report).Retention(keys),
        };
    }

    List<string> Packs(Keys keys)
    {
        var packs = new List<string>();
        foreach (var node in keys.NeedList("packs", "packs: [../rules/card-payments]")?.Items ?? [])
        {
            if (Path(keys.Shape<ScalarNode>(node, "the folder of a pack")) is not { } path)
            {
                continue;
            }

            if (packs.Contains(path))
            {
                report.Add(Findings.DuplicateName, node.Place, "name it once", "packs", path);
            }

            packs.Add(path);
        }

        if (keys.Find("packs") is ListNode { Items.Count: 0 })
        {
            report.Add(Findings.Empty, keys.PlaceOf("packs"), "name at least one pack", "'packs'");
        }

        return packs;
    }

    DateOnly? Date(ScalarNode? node) =>
        node is not null && Literals.Canonical(node, Model.Columns.FieldKind.Date, report) is { } text
            && Literals.TryDate(text, out var date)
            ? date : null;

    /// <summary>A path of the host, relative to the workspace or absolute.</summary>
    string? Path(ScalarNode? node)
    {
        if (node is { Text: "" } or { IsNull: true })
        {
            report.Add(Findings.NoValue, node.Place, "a path", node.Text);
            return null;
        }

        return node?.Text;
    }

    Dictionary<string, string> Calendars(Keys keys)
    {
        var calendars = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in keys.Map("calendars")?.Entries ?? [])
        {
            if (entry.Key.Text is "TARGET2" or "weekdays" || !CalendarName().IsMatch(entry.Key.Text))
            {
                var built = entry.Key.Text is "TARGET2" or "weekdays";
                report.Add(
                    built
                        ? Findings.ReservedName
                        : Findings.BadName, entry.Key.Place, "BANK-NL", entry.Key.Text,
                    built ? "this calendar is built in" : "the name of a calendar");
            }
            else if (Path(keys.Shape<ScalarNode>(entry.Value, "a CSV file with a column 'date'")) is { } path)
            {
                calendars[entry.Key.Text] = path;
            }
        }

        return calendars;
    }

    Dictionary<string, bool> Accounts(Keys keys)
    {
        var accounts = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var entry in keys.Map("accounts")?.Entries ?? [])
        {
            if (keys.Shape<ScalarNode>(entry.Value, "asset or other") is { } kind
                && Words.Choose(kind, AccountKinds, report, out var asset))
            {
                accounts[entry.Key.Text] = asset;
            }
        }

        return accounts;
    }

    Dictionary<string, LabelSpec> Labels(Keys keys)
    {
        var labels = new Dictionary<string, LabelSpec>(StringComparer.Ordinal);
        foreach (var entry in keys.Map("labels")?.Entries ?? [])
        {
            if (entry.Value is MapNode map)
            {
                var label = new Keys(map, entry.Key.Place, WorkspaceShapes.Labels, report);
                if (Path(label.NeedScalar("csv", "the file of pairs")) is { } file)
                {
                    labels[entry.Key.Text] = new LabelSpec(file, Columns(label));
                }
            }
            else if (Path(keys.Shape<ScalarNode>(entry.Value, "a CSV file of pairs")) is { } path)
            {
                labels[entry.Key.Text] = new LabelSpec(path, new Dictionary<string, string>());
            }
        }

        return labels;
    }

    Dictionary<string, RateSpec> Rates(Keys keys)
    {
        var rates = new Dictionary<string, RateSpec>(StringComparer.Ordinal);
        foreach (var entry in keys.Map("rates")?.Entries ?? [])
        {
            if (entry.Value is MapNode map)
            {
                var table = new Keys(map, entry.Key.Place, WorkspaceShapes.Rates, report);
                if (Path(table.NeedScalar("csv", "the file of rates")) is { } file && BaseOf(table.Scalar("base")) is { } named)
                {
                    rates[entry.Key.Text] = new RateSpec(file, named);
                }
            }
            else if (Path(keys.Shape<ScalarNode>(entry.Value, "a CSV file of rates")) is { } path)
            {
                rates[entry.Key.Text] = new RateSpec(path, Defaults.RateBase);
            }
        }

        return rates;
    }

    Currency? BaseOf(ScalarNode? node)
    {
        if (node is null)
        {
            return Defaults.RateBase;
        }

        if (Currency.TryParse(node.Text, out var currency))
        {
            return currency;
        }

        report.Add(Findings.BadText, node.Place, "three capital letters: EUR", node.Text, "a currency");
        return null;
    }

    static Dictionary<string, string> Columns(Keys label)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in label.Map("columns")?.Entries ?? [])
        {
            if (label.Shape<ScalarNode>(entry.Value, "the header of the column with the ids") is { } column)
            {
                columns[entry.Key.Text] = column.Text;
            }
        }

        return columns;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CalendarName();
}
