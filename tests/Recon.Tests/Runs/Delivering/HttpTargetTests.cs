// An endpoint that is slow, busy, broken or elsewhere, and gets each posting under its key.
using System.Net;
using System.Net.Sockets;
using System.Text;
using Recon.Delivery;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs.Delivering;

public sealed class HttpTargetTests
{
    static readonly OutboxPosting First = Posting("k1");

    [Fact]
    public void A_posting_is_sent_with_its_key_and_tried_again_while_the_target_asks_for_it()
    {
        using var server = new Endpoint("503 Busy", "429 Slower", "201 Created");
        using var target = Target(server);
        var answer = Assert.Single(target.Post([First], CancellationToken.None));
        Assert.Equal(new TargetAnswer(DeliveryState.Acknowledged, "503 ServiceUnavailable, then 429 TooManyRequests, then 201 Created"), answer);
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, request =>
        {
            Assert.Contains("Idempotency-Key: k1", request);
            Assert.Contains("Authorization: Bearer t0ken", request);
            Assert.Contains("\"amount\":\"1.00\",\"currency\":\"EUR\"", request);
        });
    }

    [Theory]
    [InlineData("422 No", DeliveryState.Failed, "422 UnprocessableEntity")]
    [InlineData("409 Conflict", DeliveryState.Failed, "409 Conflict")]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/", DeliveryState.Failed, "302 Found")]
    [InlineData("200 OK", DeliveryState.Acknowledged, "200 OK")]
    public void What_is_refused_is_not_tried_again(string status, DeliveryState state, string detail)
    {
        using var server = new Endpoint(status);
        using var target = Target(server);
        Assert.Equal(new TargetAnswer(state, detail), Assert.Single(target.Post([First], CancellationToken.None)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Where_nobody_answers_it_stays_sent_and_those_behind_it_are_not_asked_for_long()
    {
        using var server = new Endpoint([.. Enumerable.Repeat("500 No", 12)]);
        using var target = Target(server);
        var answers = target.Post([.. Enumerable.Range(1, 5).Select(i => Posting($"k{i}"))], CancellationToken.None);
        Assert.All(answers, answer => Assert.Equal(DeliveryState.Sent, answer.State));
        Assert.Equal("not sent: nobody answered 3 postings before it", answers[4].Detail);
        Assert.Equal(12, server.Requests.Count);
    }

    [Fact]
    public void A_conflict_that_names_a_time_is_another_try_of_ours_in_flight()
    {
        using var server = new Endpoint("409 In flight\r\nRetry-After: 1", "200 OK");
        using var target = Target(server);
        Assert.Equal(DeliveryState.Acknowledged, Assert.Single(target.Post([First], CancellationToken.None)).State);
    }

    [Fact]
    public void A_name_that_leads_into_the_house_is_not_connected_to()
    {
        using var server = new Endpoint("200 OK");
        using var target = new HttpTarget(
            new HttpAddress(new Uri($"http://localhost:{server.Port}/"), null, TimeSpan.FromSeconds(5), IsPrivate: false), TimeSpan.FromMilliseconds(1));
        var answer = Assert.Single(target.Post([First], CancellationToken.None));
        Assert.Equal(DeliveryState.Sent, answer.State);
        Assert.Contains("the host has no public address", answer.Detail);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Addresses_are_public_or_not(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    static HttpTarget Target(Endpoint server) => new(
        new HttpAddress(new Uri($"http://127.0.0.1:{server.Port}/postings"), "t0ken", TimeSpan.FromSeconds(5), IsPrivate: true), TimeSpan.FromMilliseconds(1));

    static OutboxPosting Posting(string key) => new(
        "pay.card", "run1", Submissions.Day(2), key, "effect", "fee", "ledger", "1200", "7990", Money.Of(1.00m, "EUR"), "break", PostingState.Queued,
        DeliveryState.Queued);

    /// <summary>Answers one request after the other with these status lines.</summary>
    sealed class Endpoint : IDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        readonly Task _answering;

        public Endpoint(params string[] statuses)
        {
            _listener.Start();
            _answering = Task.Run(() => AnswerAsync(statuses));
        }

        public List<string> Requests { get; } = [];

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose()
        {
            _listener.Stop();
            _answering.Wait();
        }

        async Task AnswerAsync(string[] statuses)
        {
            foreach (var status in statuses)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    Requests.Add(await ReadAsync(client.GetStream()));
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                }
                catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }
            }
        }

        static async Task<string> ReadAsync(NetworkStream stream)
        {
            var (text, buffer) = (new StringBuilder(), new byte[4096]);
            while (!text.ToString().Contains('}', StringComparison.Ordinal))
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer)));
            }

            return text.ToString();
        }
    }
}
