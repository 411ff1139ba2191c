// Says which rule the process is at, so that whoever watches it can name the rule that ended it.
namespace Recon.Model.Rules;

/// <summary>One watcher for the whole process, as a process ends as a whole. Says nothing where nobody watches.</summary>
public static class RuleAtWork
{
    static Action<string>? _watcher;

    public static bool IsWatched => _watcher is not null;

    /// <summary>From now on every rule is said to <paramref name="watcher"/> before it is compiled or asked, from any thread.</summary>
    public static void Watch(Action<string> watcher) => _watcher = watcher;

    /// <summary>The rule, its file and line.</summary>
    public static void Say(string what, RuleRef rule)
    {
        if (_watcher is { } watcher)
        {
            watcher($"{what} {rule.Path} ({rule.Place.File}:{rule.Place.Line}:{rule.Place.Column})");
        }
    }
}
