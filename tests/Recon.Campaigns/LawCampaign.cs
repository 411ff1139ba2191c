// The laws of matching and of whole runs, each on many random small books.
using System.Diagnostics;
using System.Reflection;
using Recon.Tests.Laws;
using Recon.Tests.Runs;
using Xunit;

namespace Recon.Campaigns;

/// <summary>
/// Runs what <c>dotnet test</c> runs on fewer books, from one seed that is printed; stdout is the result as Markdown, to be kept
/// under <c>results/</c>.
/// </summary>
static class LawCampaign
{
    public static readonly Type[] OfRollForward = [typeof(RollForwardLaws)];

    public static readonly Type[] All =
    [
        typeof(MatchingLaws), typeof(BestChoiceLaws), typeof(LargeBlockLaws), typeof(SearchLaws), typeof(SeveralLaws), typeof(FormatLaws),
        typeof(RunLawsTests), typeof(PartLawsTests), typeof(RollForwardLaws),
    ];

    /// <returns>0 where every law held, else 1; each that did not is told with the seed that shows it.</returns>
    internal static int Run(Type[] laws, int books, long seed)
    {
        (Law.Books, Law.Seed) = (books, (ulong)seed);
        Console.WriteLine($"# The laws on {books:N0} random small books, seed {seed}");
        Console.WriteLine();
        Console.WriteLine("| law | books | held | seconds |");
        Console.WriteLine("|---|---:|---|---:|");
        var broken = new List<string>();
        foreach (var law in laws.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            Try(law, broken);
        }

        Console.WriteLine();
        Console.WriteLine(broken.Count == 0 ? "Every law held." : string.Join("\n\n", broken));
        return broken.Count == 0 ? 0 : 1;
    }

    static void Try(MethodInfo law, List<string> broken)
    {
        var start = Stopwatch.GetTimestamp();
        Law.Tried = 0;
        var held = true;
        try
        {
            law.Invoke(Activator.CreateInstance(law.DeclaringType!), null);
        }
        catch (TargetInvocationException failure)
        {
            held = false;
            broken.Add($"{law.Name}: {failure.InnerException}");
        }

        var name = law.Name.Replace('_', ' ');
        if (Law.Tried > 0 || !held)
        {
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine($"| {law.DeclaringType!.Name}: {name} | {Law.Tried:N0} | {(held ? "yes" : "NO")} | {seconds:F0} |");
        }
    }
}
