// Numbers by match say what a plain list of them says.
using CsCheck;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Model;

public sealed class MatchNumbersTests
{
    [Fact]
    public void Passes_are_those_of_a_list() => Gen.Int[0, 12].Array[0, 40].Sample(list =>
    {
        var passes = MatchPasses.Of(list);
        Assert.Equal(list, passes);
        Assert.Equal(list, Enumerable.Range(0, passes.Count).Select(match => passes[match]));
        Assert.Equal(list.Select(pass => 2 * pass), passes.Renumbered(pass => 2 * pass));
        for (var start = 0; start <= list.Length; start++)
        {
            var copied = new int[list.Length - start];
            passes.CopyTo(start, copied);
            Assert.Equal(list[start..], copied);
        }
    });

    [Fact]
    public void Ends_are_those_of_a_list() => Gen.Frequency((4, Gen.Const(1)), (1, Gen.Int[0, 3])).Array[0, 40].Sample(members =>
    {
        var end = 0;
        int[] list = [.. members.Select(count => end += count)];
        var ends = MatchEnds.Of(list);
        Assert.Equal(list, ends);
        Assert.Equal(end, ends.Members);
        var copied = new int[list.Length];
        ends.CopyTo(0, copied);
        Assert.Equal(list, copied);
        for (var match = 0; match < list.Length; match++)
        {
            Assert.Equal((match == 0 ? 0 : list[match - 1], list[match]), ends.Range(match));
            Assert.All(Enumerable.Range(ends.Range(match).Start, members[match]), member => Assert.Equal(match, ends.MatchOf(member)));
        }
    });
}
