// Frozen inputs decide as the true ones, masked or not, and nothing of them is taken on trust.
using System.Text.Json;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class SnapshotTests
{
    static readonly string[] Examples = ["card-payments", "bank-statement", "trades", "crypto-custody", "positions-and-balances", "ledger-in-sqlite"];

    public static TheoryData<string> AllExamples => [.. Examples];

    [Theory]
    [MemberData(nameof(AllExamples))]
    public async Task A_masked_snapshot_is_decided_as_what_it_was_made_of(string example)
    {
        using var folder = Copied(example);
        var live = await Planned(folder, example, "live.json");
        await Fine(folder, "snapshot", "make", $"examples/{example}", "--mask", "--name", "masked");
        Assert.Equal(Figures(live), Figures(await Planned(folder, example, "masked.json", "--data", "masked")));
    }

    [Fact]
    public async Task Without_a_mask_every_line_is_the_same()
    {
        using var folder = Copied("card-payments");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--name", "plain");
        var (live, frozen) = (await Fine(folder, "plan", "examples/card-payments"), await Fine(folder, "plan", "examples/card-payments", "--data", "plain"));
        Assert.Equal(live.Out, frozen.Out);
    }

    [Fact]
    public async Task Open_items_of_the_date_before_are_carried_into_it()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("examples", "five-days"), "five-days");
        await Fine(folder, "run", "five-days");
        folder.Copy(RepositoryRoot.Of("examples", "five-days", "arrives", "tuesday"), "five-days/in");
        string[] tuesday = ["five-days", "--date", "2026-03-03"];
        await Fine(folder, ["plan", .. tuesday, "--out", $"json={folder.Of("live.json")}"]);
        await Fine(folder, ["snapshot", "make", .. tuesday, "--mask", "--name", "tuesday"]);
        await Fine(folder, "plan", "five-days", "--data", "tuesday", "--out", $"json={folder.Of("masked.json")}");
        var live = Figures(File.ReadAllText(folder.Of("live.json")));
        Assert.Equal(live, Figures(File.ReadAllText(folder.Of("masked.json"))));
        Assert.Contains(live, line => line.StartsWith("ledger carried", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_was_hidden_is_in_a_masked_snapshot()
    {
        using var folder = Copied("card-payments");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--mask", "--name", "masked");
        var all = string.Concat(Directory.EnumerateFiles(folder.Of("examples/card-payments/.recon/snapshots/masked")).Select(File.ReadAllText));
        Assert.All(
            ["L-2031", "ch_031", "DE89370400440532013000", "STR-7781", "BR-0007"],
            hidden => Assert.DoesNotContain(hidden, all, StringComparison.Ordinal));
        Assert.Contains("\"void\"", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_keeps_matches_whole_and_two_masks_of_one_key_agree()
    {
        using var folder = Copied("card-payments");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--sample", "40%", "--name", "some");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--name", "all");
        var some = await Planned(folder, "card-payments", "some.json", "--data", "some");
        var all = Matches(await Planned(folder, "card-payments", "all.json", "--data", "all"));
        var kept = Matches(some);
        Assert.InRange(kept.Count, 1, all.Count - 1);
        Assert.Subset(all, kept);
    }

    [Fact]
    public async Task A_changed_rule_is_planned_on_a_snapshot_in_the_place_of_inputs_that_are_gone()
    {
        using var folder = Copied("card-payments");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--mask", "--name", "masked");
        Directory.Delete(folder.Of("examples/card-payments/in"), recursive: true);
        folder.Copy(folder.Of("rules/card-payments"), "before");
        var pack = folder.Of("rules/card-payments/pack.yaml");
        File.WriteAllText(pack, File.ReadAllText(pack).Replace("default: 0.02 EUR", "default: 0.01 EUR", StringComparison.Ordinal));
        var plan = await Fine(folder, "plan", "examples/card-payments", "--base", "before", "--data", "masked");
        Assert.Contains("2 records of 158 would end otherwise", plan.Out, StringComparison.Ordinal);
        Assert.Contains("the snapshot masked, masked", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_that_was_changed_is_found()
    {
        using var folder = Copied("card-payments");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--name", "plain");
        var rows = folder.Of("examples/card-payments/.recon/snapshots/plain/ledger.rows.jsonl");
        File.WriteAllText(rows, File.ReadAllText(rows).Replace("79.00", "79.01", StringComparison.Ordinal));
        var plan = await WarmCli.RunAsync(folder.Path, "plan", "examples/card-payments", "--data", "plain");
        Assert.True(plan.ExitCode == 7, plan.Everything);
        Assert.Contains("ledger.rows.jsonl: it is not as it was written", plan.Error, StringComparison.Ordinal);
        var pull = await WarmCli.RunAsync(folder.Path, "snapshot", "pull", "examples/card-payments/.recon/snapshots", "-w", "rules/card-payments");
        Assert.True(pull.ExitCode == 7, pull.Everything);
        Assert.False(Directory.Exists(folder.Of("rules/card-payments/.recon/snapshots/plain")));
    }

    /// <summary>Whoever writes a snapshot writes its hashes too: what is in it is trusted no more than any file.</summary>
    [Theory]
    [InlineData("ledger.rows.jsonl", "[0,2,null", "[7,2,null")]
    [InlineData("ledger.rows.jsonl", "[0,2,null", "[0,-2,null")]
    [InlineData("ledger.rows.jsonl", "\"capture\",", "")]
    [InlineData("ledger.rows.jsonl", "\"columns\":[", "\"columns\":[null,")]
    [InlineData("ledger.rows.jsonl", "\"point\":46", "\"point\":460")]
    [InlineData("ledger.rows.jsonl", "\"source\":\"ledger\"", "\"source\":\"x\"")]
    [InlineData("bank.rows.jsonl", "\"files\":[", "\"files\":[null,")]
    [InlineData("opening.settled.json", "\"Settled\":[]", "\"Settled\":[{\"Key\":\"ledger\",\"Value\":[\"zz\"]}]")]
    [InlineData("opening.settled.json", "\"Balances\":[]", "\"Balances\":[null]")]
    [InlineData("snapshot.json", "\"ledger.rows.jsonl\"", "\"../../ledger.rows.jsonl\"")]
    [InlineData("snapshot.json", "\"files\": [", "\"files\": [null,")]
    public async Task A_snapshot_that_was_written_by_somebody_else_is_refused(string file, string before, string after)
    {
        using var folder = Copied("card-payments");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--name", "p");
        var place = folder.Of("examples/card-payments/.recon/snapshots/p");
        var (changed, manifest) = (Path.Combine(place, file), Path.Combine(place, "snapshot.json"));
        var hash = HashOf(changed);
        var text = File.ReadAllText(changed);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(changed, text.Replace(before, after, StringComparison.Ordinal));
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(hash, HashOf(changed), StringComparison.Ordinal));
        var plan = await WarmCli.RunAsync(folder.Path, "plan", "examples/card-payments", "--data", "p");
        Assert.True(plan.ExitCode == 7, plan.Everything);
    }

    static string HashOf(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));

    [Fact]
    public async Task Snapshots_are_pulled_from_a_folder_once_and_listed()
    {
        using var folder = Copied("card-payments");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--name", "a", "--into", "share");
        await Fine(folder, "snapshot", "make", "examples/card-payments", "--name", "b", "--into", "share");
        await Fine(folder, "snapshot", "pull", "share", "-w", "examples/card-payments");
        var again = await Fine(folder, "snapshot", "pull", "share", "-w", "examples/card-payments");
        Assert.Contains("a is here already", again.Error, StringComparison.Ordinal);
        var list = await Fine(folder, "snapshot", "list", "-w", "examples/card-payments");
        Assert.Equal(["a", "b"], list.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("a share from 1% to 100%", "--sample", "0%")]
    [InlineData("say --mask too", "--key", "NO_SUCH_KEY")]
    [InlineData("is not set, or shorter than 16", "--mask", "--key", "NO_SUCH_KEY")]
    [InlineData("up to 100 letters", "--name", "../outside")]
    public async Task Words_that_make_no_sense_are_said_to(string said, params string[] words)
    {
        using var folder = Copied("card-payments");
        var make = await WarmCli.RunAsync(folder.Path, ["snapshot", "make", "examples/card-payments", .. words]);
        Assert.True(make.ExitCode == 64, make.Everything);
        Assert.Contains(said, make.Error, StringComparison.Ordinal);
    }

    static TemporaryFolder Copied(string example)
    {
        var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules"), "rules");
        folder.Copy(RepositoryRoot.Of("examples", example), $"examples/{example}");
        return folder;
    }

    static async Task<CliResult> Fine(TemporaryFolder folder, params string[] words)
    {
        var result = await WarmCli.RunAsync(folder.Path, words);
        Assert.True(result.ExitCode == 0, result.Everything);
        return result;
    }

    static async Task<string> Planned(TemporaryFolder folder, string example, string file, params string[] words)
    {
        await Fine(folder, ["plan", $"examples/{example}", .. words, "--out", $"json={folder.Of(file)}"]);
        return File.ReadAllText(folder.Of(file));
    }

    /// <summary>What a mask may not change: records by what became of them, and money by class and currency.</summary>
    static List<string> Figures(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        string[] counted = ["new", "carried", "matched", "open", "excluded"];
        return
        [
            .. root.GetProperty("sources").EnumerateArray().SelectMany(source => counted.Select(
                count => $"{source.GetProperty("name")} {count} {source.GetProperty(count)}")),
            .. root.GetProperty("matches").EnumerateArray().Select(match => $"{match.GetProperty("pass")} {match.GetProperty("class")} "
                + $"{match.GetProperty("tier")} {match.GetProperty("records").GetArrayLength()} {match.GetProperty("differences")}")
                .Order(StringComparer.Ordinal),
            .. root.GetProperty("open").EnumerateArray().Select(item => $"{item.GetProperty("source")} {item.GetProperty("class")} {item.GetProperty("tier")}")
                .Order(StringComparer.Ordinal),
            .. root.GetProperty("posts").EnumerateArray().Select(post => $"{post.GetProperty("debit")} {post.GetProperty("credit")} "
                + $"{post.GetProperty("amount")} {post.GetProperty("state")}").Order(StringComparer.Ordinal),
            .. root.GetProperty("exposure").EnumerateArray().Select(line => line.ToString()).Order(StringComparer.Ordinal),
        ];
    }

    static HashSet<string> Matches(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("matches").EnumerateArray().Select(match => match.GetProperty("records").ToString())];
    }
}
