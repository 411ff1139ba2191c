// A connection is opened where its environment says, within the limits that the workspace sets.
using Recon.Cli.Workspaces;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Cli.Workspaces;

public sealed class ConnectionOfEnvironmentTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recon-environment-");

    public ConnectionOfEnvironmentTests() => File.WriteAllText(Path.Combine(_folder.FullName, "recon.yaml"), """
        recon: 1
        packs: [a]
        connections:
          LEDGER:
            postgresql: "Host=db;Database=books;Timeout=1"
            connect_timeout: 5s
            command_timeout: 90s
            in: { prod: { mysql: "Server=prod;Database=books", command_timeout: 2h } }
          ARCHIVE: { sqlite: archive.db, command_timeout: 1m }
        """);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Limits_go_to_the_driver_in_its_own_words()
    {
        var everywhere = In(null).ConnectionOf("LEDGER");
        Assert.Equal("host=db;database=books;timeout=5;command timeout=90", everywhere.Text, ignoreCase: true);
        Assert.Equal((DatabaseServer.PostgreSql, TimeSpan.FromSeconds(90)), (everywhere.Server, everywhere.CommandTimeout));
        var prod = In("prod").ConnectionOf("LEDGER");
        Assert.Equal("server=prod;database=books;connection timeout=5;default command timeout=7200", prod.Text, ignoreCase: true);
        Assert.Equal((DatabaseServer.MySql, TimeSpan.FromHours(2)), (prod.Server, prod.CommandTimeout));
    }

    [Fact]
    public void A_connection_without_a_word_of_the_environment_is_the_same_there() =>
        Assert.Equal(In(null).ConnectionOf("ARCHIVE"), In("prod").ConnectionOf("ARCHIVE"));

    [Fact]
    public void An_environment_that_no_connection_names_is_not_taken_for_none()
    {
        var fault = Assert.Throws<ReconException>(() => In("prd").ConnectionOf("ARCHIVE"));
        Assert.Contains("the environment 'prd'; did you mean 'prod'?", fault.Message, StringComparison.Ordinal);
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
    }

    OpenedWorkspace In(string? environment) => OpenedWorkspace.Open(_folder.FullName) with { Environment = environment };
}
