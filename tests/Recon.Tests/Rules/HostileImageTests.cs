// An image that no check of a text ever saw is refused for what stands in it.
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Recon.Model;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Rules;

public sealed class HostileImageTests
{
    const string Hash = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>What it does, and what is said of it.</summary>
    public static TheoryData<string, string, string> Hostile => new()
    {
        { "reads a file", "static class Rule0 { public static bool Holds() => System.IO.File.Exists(\"/etc/passwd\"); }", "System.IO.File" },
        { "asks for the time", "static class Rule0 { public static bool Holds() => System.DateTime.Now.Hour > 3; }", "System.DateTime" },
        { "sees the environment", "static class Rule0 { public static bool Holds() => System.Environment.ProcessId > 3; }", "System.Environment" },
        { "sees types", "static class Rule0 { public static bool Holds(object o) => o.GetType() != null; }", "System.Object.GetType" },
        {
            "starts a task",
            "static class Rule0 { public static bool Holds() => System.Threading.Tasks.Task.Run(() => 1).Result == 1; }",
            "System.Threading.Tasks"
        },
        { "hashes by a secret of the process", "static class Rule0 { public static bool Holds(string s) => s.GetHashCode() == 1; }", "GetHashCode" },
        { "compares by culture", "static class Rule0 { public static bool Holds(string s) => s.CompareTo(\"a\") > 0; }", "CompareTo" },
        { "lets a text grow", "static class Rule0 { public static string Holds(string s) => s.PadLeft(1000000000); }", "PadLeft" },
        {
            "never ends",
            "static class Rule0 { public static bool Holds(int i) { while (i < 9) i = i - 1; return true; } }",
            "Rule0.Holds has a jump back"
        },
        {
            "never ends in a lambda",
            "static class Rule0 { public static System.Func<int, bool> Holds() => i => { while (i < 9) i = i - 1; return true; }; }",
            "has a jump back"
        },
        {
            "writes at an address",
            "static class Rule0 { public static unsafe bool Holds(long at) { *(int*)at = 1; return true; } }",
            "the instruction stind.i4"
        },
        {
            "calls an address",
            "static class Program { public static unsafe bool Holds(long at) => ((delegate*<bool>)at)(); }",
            "the instruction calli"
        },
        {
            "takes memory of the stack",
            "static class Program { public static unsafe int Holds() { int* a = stackalloc int[9]; return a[3]; } }",
            "the instruction localloc"
        },
        {
            "runs when it is loaded",
            "static class Rule0 { static readonly int[] Few = { 1, 2 }; public static bool Holds() => Few.Length == 2; }",
            "Rule0 runs code when it is loaded"
        },
        {
            "calls the system",
            """
            static class Rule0
            {
                [System.Runtime.InteropServices.DllImport("libc")] public static extern int getpid();
                public static bool Holds() => getpid() > 0;
            }
            """,
            "parts outside of itself"
        },
        {
            "lays fields over each other",
            """
            [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
            struct Both
            {
                [System.Runtime.InteropServices.FieldOffset(0)] public string A;
                [System.Runtime.InteropServices.FieldOffset(0)] public int[] B;
            }
            static class Rule0 { public static int Holds(Both both) => both.B[0]; }
            """,
            "Both lays its fields out over each other"
        },
        {
            "refers to another assembly",
            "static class Rule0 { public static bool Holds() => new System.Data.DataTable() == null; }",
            "it refers to System.Data"
        },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void An_image_that_does_what_no_rule_may_is_not_loaded(string what, string code, string said)
    {
        var image = Compile(code);
        Assert.False(RuleCompiler.Accepts(image), what);
        var failure = Assert.Throws<ReconException>(() => PackProgram.Load(Hash, image, []));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_rules_is_accepted_and_a_changed_bit_of_it_ends_no_run()
    {
        var image = RulesOfAPack.OfFile(RepositoryRoot.Of("rules", "card-payments", "pack.yaml")).Compile().Image!;
        Assert.True(RuleCompiler.Accepts(image));
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var changed = image.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            RuleCompiler.Accepts(changed);
        }
    }

    // As an attacker has it who reaches the cache: everything of the platform, unsafe code, no check.
    static byte[] Compile(string code)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        using var image = new MemoryStream();
        var compiled = CSharpCompilation.Create(
            "rules", [CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken)], platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true))
            .Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(compiled.Success, string.Join('\n', compiled.Diagnostics));
        return image.ToArray();
    }
}
