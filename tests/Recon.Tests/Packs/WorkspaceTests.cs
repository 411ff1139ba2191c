// Workspace files: what they say, and what is wrong with them.
using System.Text;
using Recon.Model;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class WorkspaceTests
{
    [Fact]
    public void A_workspace_names_packs_date_calendars_and_accounts()
    {
        var workspace = Load("""
            recon: 1
            packs: [../../rules/card-payments]
            date: 2026-02-27
            calendars: { BANK-NL: calendars/nl.csv }
            accounts: { "1200": asset, "7990": other }
            labels: { payments.card: pairs.csv, library.records: { csv: gt.csv, columns: { dblp: D1 } } }
            """).Workspace!;
        Assert.Equal(["../../rules/card-payments"], workspace.Packs);
        Assert.Equal(new DateOnly(2026, 2, 27), workspace.Date);
        Assert.Equal(("in", ".recon/recon.db"), (workspace.Inputs, workspace.Store));
        Assert.Equal("calendars/nl.csv", workspace.Calendars["BANK-NL"]);
        Assert.Equal((true, false), (workspace.Accounts["1200"], workspace.Accounts["7990"]));
        Assert.Equal(("pairs.csv", 0), (workspace.Labels["payments.card"].Path, workspace.Labels["payments.card"].Columns.Count));
        Assert.Equal(("gt.csv", "D1"), (workspace.Labels["library.records"].Path, workspace.Labels["library.records"].Columns["dblp"]));
    }

    [Fact]
    public void A_workspace_names_databases_and_where_their_secrets_are()
    {
        var connections = Load("""
            recon: 1
            packs: [a]
            store: BOOKS
            connections:
              BOOKS: { postgresql: "Host=db;Database=recon;Username=recon_run", password: secret:BOOKS_PASSWORD }
              LEDGER: { sqlserver: secret:LEDGER }
              ARCHIVE: { sqlite: archive/ledger.db }
            """).Workspace!.Connections;
        Assert.Equal(
            new ConnectionSpec(DatabaseServer.PostgreSql, "Host=db;Database=recon;Username=recon_run", "BOOKS_PASSWORD"), connections["BOOKS"]);
        Assert.Equal(new ConnectionSpec(DatabaseServer.SqlServer, "secret:LEDGER", null), connections["LEDGER"]);
        Assert.Equal(new ConnectionSpec(DatabaseServer.Sqlite, "archive/ledger.db", null), connections["ARCHIVE"]);
    }

    [Fact]
    public void A_workspace_says_where_postings_go()
    {
        var targets = Load("""
            recon: 1
            packs: [a]
            targets:
              ledger: { file: out/ledger.jsonl }
              payments.card/ledger: { file: out/card.jsonl }
              erp: { http: "https://erp.example/postings", token: secret:ERP_TOKEN, timeout: 30s }
              desk: { http: "http://127.0.0.1:8080/p", private: true }
              table: { sql: BOOKS, table: books.recon_postings }
            """).Workspace!.Targets;
        Assert.Equal(("out/ledger.jsonl", "out/card.jsonl"), (targets["ledger"].File, targets["payments.card/ledger"].File));
        Assert.Equal(new TargetSpec(null, new Uri("https://erp.example/postings"), "ERP_TOKEN", TimeSpan.FromSeconds(30), false), targets["erp"]);
        Assert.Equal(("BOOKS", "books.recon_postings"), (targets["table"].Connection, targets["table"].Table));
        Assert.Equal(new TargetSpec(null, new Uri("http://127.0.0.1:8080/p"), null, TimeSpan.FromSeconds(5), true), targets["desk"]);
    }

    [Fact]
    public void A_connection_has_limits_and_another_place_in_another_environment()
    {
        var ledger = Load("""
            recon: 1
            packs: [a]
            connections:
              LEDGER:
                sqlserver: secret:LEDGER
                connect_timeout: 5s
                command_timeout: 2h
                isolation: serializable
                in:
                  prod: { sqlserver: "Server=prod;Database=books", password: secret:PROD, isolation: snapshot }
                  test: { command_timeout: 1m }
                  desk: { sqlite: desk.db }
            """).Workspace!.Connections["LEDGER"];
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromHours(2), true), (ledger.ConnectTimeout, ledger.CommandTimeout, ledger.IsSerializable));
        var (prod, test, desk) = (ledger.In["prod"], ledger.In["test"], ledger.In["desk"]);
        Assert.Equal(
            ("Server=prod;Database=books", "PROD", TimeSpan.FromHours(2), false), (prod.Text, prod.Password, prod.CommandTimeout, prod.IsSerializable));
        Assert.Equal(("secret:LEDGER", TimeSpan.FromMinutes(1), true), (test.Text, test.CommandTimeout, test.IsSerializable));
        Assert.Equal((DatabaseServer.Sqlite, "desk.db", false), (desk.Server, desk.Text, desk.IsSerializable));
    }

    [Fact]
    public void A_workspace_says_how_its_service_works_and_when_nothing_begins()
    {
        var serve = Load("""
            recon: 1
            packs: [a]
            serve: { parallel: 4, listen: "0.0.0.0:9000", lease: 30s, stop_within: 10m }
            maintenance:
              - { cron: "0 0 22 ? * SAT", zone: Europe/Berlin, for: 4h }
              - { from: 2026-12-24T18:00:00+01:00, until: 2026-12-27T06:00:00Z }
            """).Workspace!.Serve;
        Assert.Equal((4, "0.0.0.0:9000", TimeSpan.FromSeconds(30)), (serve.Parallel, serve.Listen, serve.Lease));
        Assert.Equal((TimeSpan.FromMinutes(10), ServeSpec.Default.Look), (serve.StopWithin, serve.Look));
        string[] closed = ["2026-07-04T20:00:00Z", "2026-07-04T23:59:59Z", "2026-12-24T17:00:00Z", "2026-12-27T05:59:59Z"];
        string[] open = ["2026-07-04T19:59:59Z", "2026-07-05T00:00:01Z", "2026-12-24T16:59:59Z", "2026-12-27T06:00:00Z"];
        Assert.All(closed, at => Assert.True(serve.IsClosed(At(at)), at));
        Assert.All(open, at => Assert.False(serve.IsClosed(At(at)), at));
    }

    static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("recon: 1", "RC2003")]
    [InlineData("recon: 1\npacks: [a]\nserve: { parallel: 0, listen: here, lease: 1s, stop: 1m }", "RC2106", "RC2115", "RC2115", "RC2001")]
    [InlineData("recon: 1\npacks: [a]\nmaintenance: { for: 4h }", "RC2007")]
    [InlineData("recon: 1\npacks: [a]\nmaintenance: { cron: daily, for: 9d, zone: Berlin }", "RC2121", "RC2115", "RC2113")]
    [InlineData("recon: 1\npacks: [a]\nmaintenance: [ { from: 2026-12-24, for: 1h } ]", "RC2109", "RC2006")]
    [InlineData("recon: 1\npacks: [a]\nevidence: { folder: '', from: 0, when: 3 }", "RC2005", "RC2106", "RC2001")]
    [InlineData("recon: 1\npacks: [a]\nretention: { a b: {}, c: { superseded: 30h } }", "RC2103", "RC2003", "RC2115")]
    [InlineData("recon: 1\npacks: [a]\nretention: { d: { evidence: never, for: x } }", "RC2115", "RC2001")]
    [InlineData("recon: 1\npacks: [a]\nretention: { d: { evidence: 4d, packs: [] } }", "RC2009")]
    [InlineData("recon: 1\npacks: [a]\ntargets: { a: { sql: B }, b: { sql: B, table: 'x; y', token: secret:T } }", "RC2003", "RC2115", "RC2006")]
    [InlineData(
        "recon: 1\npacks: [a]\ntargets: { a: out.jsonl, b: { http: x }, c: {}, d: { file: f, token: secret:T } }", "RC2004", "RC2115", "RC2007", "RC2006")]
    [InlineData("recon: 1\npacks: [a]\ntargets: { a: { http: 'http://a.b/c' }, b: { http: 'https://u:p@a.b/c', token: x } }", "RC2115", "RC2115", "RC2115")]
    [InlineData("recon: 1\npacks: [a]\ntargets: { a: { file: /mnt/a }, b: { file: ../b }, c: { file: x/../../c }, d: { file: '' } }",
        "RC2115", "RC2115", "RC2115", "RC2115")]
    [InlineData("recon: 1\npacks: []", "RC2009")]
    [InlineData("recon: 1\npacks: [a, a]", "RC2105")]
    [InlineData("recon: 1\npacks: [a]\ndate: 27.02.2026", "RC2109")]
    [InlineData("recon: 1\npacks: [a]\naccounts: { \"1\": bank }", "RC2102")]
    [InlineData("recon: 1\npacks: [a]\ncalendars: { TARGET2: x.csv }", "RC2104")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: x }", "RC2004")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { oracle: x } }", "RC2007", "RC2001")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { postgresql: x, sqlite: y } }", "RC2007")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { a b: { sqlite: y } }", "RC2103")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { postgresql: x, password: y } }", "RC2115")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { sqlserver: \"secret:no name\" } }", "RC2115")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { sqlite: y, password: secret:P } }", "RC2006")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { sqlite: y, connect_timeout: 5s, isolation: snapshot } }", "RC2006", "RC2006")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { mysql: y, connect_timeout: 1h, command_timeout: 5 } }", "RC2115", "RC2115")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { sqlserver: y, isolation: dirty } }", "RC2102")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { mysql: y, in: { prod: { password: secret:P } } } }", "RC2007")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { mysql: y, in: { prod: { in: { test: { mysql: x } } } } } }", "RC2001")]
    [InlineData("recon: 1\npacks: [a]\nconnections: { LEDGER: { mysql: y, in: { prod: x } } }", "RC2004")]
    [InlineData("recon: 1\npacks: [a]\nlabels: { b: { columns: { x: y } } }", "RC2003")]
    [InlineData("recon: 1\npacks: [a]\nlabels: { b: [x] }", "RC2004")]
    [InlineData("recon: 1\npacks: [a]\nstor: x", "RC2001")]
    [InlineData("recon: 2\npacks: [a]", "RC2101")]
    [InlineData("packs: [a", "RC1101")]
    [InlineData("", "RC1008")]
    public void A_wrong_workspace_says_so(string yaml, params string[] codes)
    {
        var load = Load(yaml);
        Assert.Null(load.Workspace);
        Assert.Equal(codes, load.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    static WorkspaceLoad Load(string yaml) =>
        WorkspaceLoader.Load(new PackText("recon.yaml", Encoding.UTF8.GetBytes(yaml)));
}
