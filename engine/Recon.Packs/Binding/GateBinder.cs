// Binds the section `gates`.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class GateBinder(PackScope scope)
{
    public GateSpec? Bind(Keys root)
    {
        if (root.Map("gates") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, root.PlaceOf("gates"), PackShapes.Gates, scope.Report);
        var lost = scope.Integer(keys.Scalar("matches_lost"), 0, int.MaxValue);
        if (keys.Map("auto_posts") is not { } posts)
        {
            return new GateSpec(null, null, lost);
        }

        var bounds = new Keys(posts, keys.PlaceOf("auto_posts"), PackShapes.AutoPosts, scope.Report);
        return new GateSpec(scope.Integer(bounds.Scalar("added"), 0, int.MaxValue), Value(bounds), lost);
    }

    Money? Value(Keys bounds)
    {
        var node = bounds.Scalar("value");
        var value = scope.Money(node);
        if (value is { Number.Sign: < 0 })
        {
            scope.Report.Add(Findings.BadNumber, node!.Place, null, node.Text, "an amount of 0 or more");
        }

        return value;
    }
}
