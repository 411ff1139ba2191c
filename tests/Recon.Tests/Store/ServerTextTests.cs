// Every text comes back from a server as it was written.
using CsCheck;
using Recon.Store.Servers;
using Xunit;

namespace Recon.Tests.Store;

public sealed class ServerTextTests
{
    [Fact]
    public void Every_text_comes_back_and_none_has_a_character_0() =>
        Gen.Char["a0\0\uFFFFé"].Array[0, 8].Select(letters => new string(letters)).Sample(text =>
        {
            Assert.DoesNotContain('\0', ServerText.Write(text));
            Assert.Equal(text, ServerText.Read(ServerText.Write(text)));
        });
}
