// Binds `run.schedule`: the hours at which a pack runs by itself.
using Recon.Model.Rules;
using Recon.Model.Scheduling;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class ScheduleBinder(PackScope scope, string? packId)
{
    public static readonly (string Word, MisfireRule Rule)[] Misfires =
        [("catch-up", MisfireRule.CatchUp), ("skip", MisfireRule.Skip), ("once", MisfireRule.Once)];

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static string Name(MisfireRule rule) => Misfires.First(pair => pair.Rule == rule).Word;

    /// <summary>Null where there is none, or it has no hours.</summary>
    public ScheduleSpec? Bind(Keys run)
    {
        if (run.Map("schedule") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, run.PlaceOf("schedule"), PackShapes.Schedule, scope.Report);
        var cron = Cron(keys.NeedScalar("cron", "cron: \"0 30 6 ? * MON-FRI\""), scope);
        var after = Packs(keys, "after");
        if (after.Count == 0 && !keys.IsMisspelt("after"))
        {
            keys.RefuseIfPresent("wait", "there is no pack to wait for", "name it under 'after'");
        }

        var spec = new ScheduleSpec(
            cron ?? CronExpression.Parse("0 0 0 * * ?", out _)!,
            scope.Zone(keys.Scalar("zone")) ?? Defaults.Zone,
            scope.Calendar(keys.Scalar("calendar")),
            Words.Choose(keys, "misfire", Misfires, Defaults.Misfire, scope.Report),
            Durations.Bind(keys.Scalar("grace"), Second, TimeSpan.FromDays(1), scope) ?? Defaults.Grace,
            after,
            Durations.Bind(keys.Scalar("wait"), Second, TimeSpan.FromDays(7), scope) ?? Defaults.WaitForPacks,
            Durations.Bind(keys.Scalar("time_limit"), Second, TimeSpan.FromDays(2), scope),
            Packs(keys, "not_with"),
            Retry(keys));
        return cron is null ? null : spec;
    }

    /// <summary>A cron expression; null, reported, where it is none.</summary>
    public static CronExpression? Cron(ScalarNode? node, PackScope scope) =>
        scope.Text(node) is { } text ? Cron(node!, text, scope.Report) : null;

    /// <summary>As above, where no parameter can stand.</summary>
    public static CronExpression? Cron(ScalarNode node, string text, Report report)
    {
        var cron = CronExpression.Parse(text, out var fault);
        if (cron is null)
        {
            report.Add(Findings.BadCron, node.Place, "\"0 30 6 ? * MON-FRI\" is half past six from Monday to Friday", text, fault);
        }

        return cron;
    }

    RetrySpec Retry(Keys schedule)
    {
        var standard = Defaults.Retry;
        if (schedule.Map("retry") is not { } map)
        {
            return standard;
        }

        var keys = new Keys(map, schedule.PlaceOf("retry"), PackShapes.Retry, scope.Report);
        return new RetrySpec(
            scope.Integer(keys.Scalar("times"), 0, 20) ?? standard.Times,
            Durations.Bind(keys.Scalar("first_pause"), Second, TimeSpan.FromMinutes(15), scope) ?? standard.FirstPause);
    }

    List<PackReference> Packs(Keys keys, string key)
    {
        var packs = new List<PackReference>();
        foreach (var node in keys.OneOrMore(key))
        {
            if (keys.Shape<ScalarNode>(node, "the id of a pack") is not { } scalar || scope.Text(scalar) is not { } id)
            {
                continue;
            }

            if (id == packId)
            {
                scope.Report.Add(Findings.OwnPack, node.Place, "name another pack", id, key);
            }
            else if (packs.Exists(pack => pack.Id == id))
            {
                scope.Report.Add(Findings.DuplicateName, node.Place, "name it once", "packs", id);
            }
            else
            {
                packs.Add(new PackReference(id, node.Place));
            }
        }

        return packs;
    }
}
