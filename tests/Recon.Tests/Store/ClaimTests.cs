// One process at a time runs a pack and date.
using Recon.Model;
using Xunit;

namespace Recon.Tests.Store;

public abstract class ClaimTests(TempStore temp) : StoreTests(temp)
{
    [Fact]
    public void A_claimed_pack_and_date_is_busy_for_others_until_it_is_released()
    {
        using var store = Temp.Open();
        using var other = Temp.Open();
        using (store.Claim("pay", Submissions.Day(2)))
        {
            var fault = Assert.Throws<ReconException>(() => other.Claim("pay", Submissions.Day(2)));
            Assert.Equal((FaultKind.Busy, true), (fault.Kind, fault.IsTransient));
            Assert.Throws<ReconException>(() => store.Claim("pay", Submissions.Day(2)));
            other.Claim("pay", Submissions.Day(3)).Dispose();
            other.Claim("other", Submissions.Day(2)).Dispose();
        }

        other.Claim("pay", Submissions.Day(2)).Dispose();
    }
}
