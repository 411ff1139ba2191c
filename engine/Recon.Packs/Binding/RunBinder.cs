// Binds the section `run`: the business date where nobody names one, and the schedule.
using System.Globalization;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class RunBinder(PackScope scope, string? packId)
{
    public (BusinessDateSpec? Date, ScheduleSpec? Schedule) Bind(Keys root)
    {
        if (root.Map("run") is not { } map)
        {
            return (null, null);
        }

        var run = new Keys(map, root.PlaceOf("run"), PackShapes.Run, scope.Report);
        return (BindDate(run), new ScheduleBinder(scope, packId).Bind(run));
    }

    BusinessDateSpec? BindDate(Keys run)
    {
        if (run.Map("business_date") is not { } date)
        {
            return null;
        }

        var keys = new Keys(date, run.PlaceOf("business_date"), PackShapes.BusinessDate, scope.Report);
        return new BusinessDateSpec(
            scope.Integer(keys.Scalar("days"), -31, 31) ?? Defaults.BusinessDateDays,
            scope.Calendar(keys.Scalar("calendar")),
            CutOff(keys.Scalar("cut_off")),
            scope.Zone(keys.Scalar("zone")) ?? Defaults.Zone);
    }

    TimeOnly? CutOff(ScalarNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var invariant = CultureInfo.InvariantCulture;
        if (TimeOnly.TryParseExact(node.Text, "HH:mm", invariant, DateTimeStyles.None, out var time))
        {
            return time;
        }

        scope.Report.Add(
            Findings.BadDate, node.Place, "\"18:00\"", node.Text, "a time of day (hours:minutes)");
        return null;
    }
}
