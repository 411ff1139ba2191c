// Which addresses are asked for, read from maps as the system writes them.
using Recon.Cli;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class LargePagesTests
{
    static readonly string[] Maps =
    [
        "1000-2000 r-xp 00000000 08:01 1234                       /usr/bin/recon",
        "2000-3000 rw-p 00000000 00:00 0 ",
        "5000-6000 rw-p 00000000 00:00 0 ",
        "6000-9000 ---p 00000000 00:00 0 ",
        "9000-a000 rw-p 00000000 00:00 0                          [heap]",
        "a000-c000 rw-p 00000000 00:00 0 ",
    ];

    [Theory]
    [InlineData(0x1800, 0, 0)]
    [InlineData(0x2800, 0x2000, 0x3000)]
    [InlineData(0x4000, 0, 0)]
    [InlineData(0x5800, 0x5000, 0x9000)]
    [InlineData(0x8fff, 0x5000, 0x9000)]
    [InlineData(0x9000, 0, 0)]
    [InlineData(0xbfff, 0xa000, 0xc000)]
    [InlineData(0xc000, 0, 0)]
    public void Mappings_of_no_file_side_by_side_are_one(ulong address, ulong start, ulong end) =>
        Assert.Equal((start, end), LargePages.Around(address, Maps));

    [Fact]
    public void Asking_harms_nothing() => LargePages.AskFor();
}
