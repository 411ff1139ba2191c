// Ids of breaks come from what they are about.
using Recon.Judging;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class BreakIdTests
{
    /// <remarks>The digits were computed from the description of the id by another program.</remarks>
    [Fact]
    public void The_break_of_a_match_has_the_id_of_the_match()
    {
        var item = Assert.Single(Judge.Decide(JudgingCase.Read("""
            date 2026-02-27
            source ledger books
              id  amount:money
              L1  1.00 EUR
            source provider external
              id  gross:money
              P1  3.00 EUR
            pass near: ledger 1:1 provider
              ledger.amount ~ provider.gross
            match near: L1 ~ P1
            class rest suspicious: otherwise
            """), CancellationToken.None).Breaks);
        Assert.Equal("c8e4dacaf4d1198d", item.Id);
        Assert.Equal(item.Id, EventId.Of("test.pack", item.Leg, item.Records));
    }
}
