// What a finding offers mends it: with the edit in the text the finding is gone.
using Recon.Model;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class OfferedEditLaws
{
    public static TheoryData<string> Bad => [.. PackCase.Names("bad")];

    [Theory]
    [MemberData(nameof(Bad))]
    public void An_offered_edit_removes_its_finding(string name)
    {
        var before = PackCase.Load("bad", name);
        foreach (var found in before.Diagnostics.Where(found => found.Fix?.Place.File == name))
        {
            var after = PackCase.LoadText("bad", name, Applied(File.ReadAllText(PackCase.PathOf("bad", name)), found.Fix!));
            Assert.DoesNotContain(after.Diagnostics, left => left.Code == found.Code && left.Message == found.Message && left.Place.Line == found.Place.Line);
        }
    }

    static string Applied(string text, Edit edit)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var line = lines[edit.Place.Line - 1];
        lines[edit.Place.Line - 1] = line[..(edit.Place.Column - 1)] + edit.Text + line[(edit.Place.EndColumn - 1)..];
        return string.Join('\n', lines);
    }
}
