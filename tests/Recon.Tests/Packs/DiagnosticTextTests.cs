// How a diagnostic looks on a terminal.
using Recon.Model;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class DiagnosticTextTests
{
    [Fact]
    public void The_line_the_caret_and_the_hint_stand_below_the_message() => Assert.Equal(
        """
        pack.yaml:3:5: error RC2001: no
              rolle: books
              ^^^^^
          hint: role
        """.ReplaceLineEndings("\n"),
        Render("    rolle: books", 5, 10, "role"));

    [Fact]
    public void A_tab_is_one_blank_and_controls_are_dots() =>
        Assert.Contains(
            "\n  a b·c·d\n    ^", Render("a\tb\u001bc\u202Ed", 3, 4, null), StringComparison.Ordinal);

    [Fact]
    public void A_long_line_is_cut_around_the_caret()
    {
        var lines = Render(new string('x', 500) + "here" + new string('y', 500), 501, 505, null).Split('\n');
        Assert.InRange(lines[1].Length, 20, 120);
        Assert.Equal(
            lines[1].IndexOf("here", StringComparison.Ordinal),
            lines[2].IndexOf("^^^^", StringComparison.Ordinal));
    }

    [Fact]
    public void A_place_behind_the_line_has_one_caret() =>
        Assert.EndsWith("\n  ab\n    ^", Render("ab", 3, 3, null), StringComparison.Ordinal);

    [Fact]
    public void A_forged_line_end_in_a_message_stays_on_the_line()
    {
        var forged = new Diagnostic("RC2001", Severity.Error, new Place("a\nb", 1, 1, 1, ""), "x\r\ny");
        Assert.Single(DiagnosticText.Render(forged).Split('\n'));
    }

    static string Render(string line, int column, int end, string? hint) => DiagnosticText.Render(
        new Diagnostic("RC2001", Severity.Error, new Place("pack.yaml", 3, column, end, line), "no", hint));
}
