// Books that take postings by HTTP, each under its Idempotency-Key.
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Recon.Runs.Ports;

namespace Recon.Delivery;

/// <summary>Where an HTTP target is.</summary>
/// <param name="Token">Sent as a bearer token; null for none.</param>
/// <param name="Timeout">Of one try.</param>
/// <param name="IsPrivate">Addresses of this machine and of private networks are allowed, and so is http.</param>
public sealed record HttpAddress(Uri Url, string? Token, TimeSpan Timeout, bool IsPrivate);

/// <summary>
/// Sends each posting as a POST with the header <c>Idempotency-Key</c>. 2xx is taken. 408, 425, 429, 5xx, a 409 that names a time to come back, and no answer
/// at all are tried again with growing pauses; any other answer is a refusal. Redirects are refusals: a posting goes where the workspace says.
/// </summary>
/// <param name="firstPause">Doubles from try to try, with jitter.</param>
public sealed class HttpTarget(HttpAddress address, TimeSpan firstPause) : IPostingTarget, IDisposable
{
    const int MostTries = 4;

    // Behind so many that nobody answered the others are not asked: the next delivery finds the server back, or not.
    const int MostUnanswered = 3;

    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = address.IsPrivate ? null : (context, cancellation) => PublicAddress.ConnectAsync(context.DnsEndPoint, cancellation),
    })
    {
        Timeout = address.Timeout,
    };

    /// <summary>Half a second: a server that restarts is back within four tries, or not for long.</summary>
    public static TimeSpan UsualPause { get; } = TimeSpan.FromSeconds(0.5);

    public string Name => $"http {address.Url.Host}";

    public IReadOnlyList<TargetAnswer> Post(IReadOnlyList<OutboxPosting> postings, CancellationToken cancellation)
    {
        var (answers, unanswered) = (new TargetAnswer[postings.Count], 0);
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = unanswered == MostUnanswered
                ? new TargetAnswer(DeliveryState.Sent, $"not sent: nobody answered {MostUnanswered} postings before it")
                : Send(postings[i], cancellation);
            unanswered = answers[i].State == DeliveryState.Sent ? Math.Min(unanswered + 1, MostUnanswered) : 0;
        }

        return answers;
    }

    public void Dispose() => _client.Dispose();

    TargetAnswer Send(OutboxPosting posting, CancellationToken cancellation)
    {
        var tries = new List<string>();
        var last = Retrying().Execute(
            token =>
            {
                var answer = TryOnce(posting, token);
                tries.Add(answer.Detail);
                return answer;
            },
            cancellation);
        return last with { Detail = string.Join(", then ", tries) };
    }

    ResiliencePipeline<TargetAnswer> Retrying() => new ResiliencePipelineBuilder<TargetAnswer>()
        .AddRetry(new RetryStrategyOptions<TargetAnswer>
        {
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is { State: DeliveryState.Sent }),
            MaxRetryAttempts = MostTries - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = firstPause,
            MaxDelay = LongestPause,
        })
        .Build();

    // What the target answers in its body is never read: it may say anything, and logs are read by many.
    TargetAnswer TryOnce(OutboxPosting posting, CancellationToken cancellation)
    {
        try
        {
            using var request = RequestOf(posting);
            using var response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return AnswerOf(response);
        }
        catch (HttpRequestException fault)
        {
            return new TargetAnswer(DeliveryState.Sent, $"no connection ({fault.Message})");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new TargetAnswer(DeliveryState.Sent, string.Create(CultureInfo.InvariantCulture, $"no answer within {address.Timeout.TotalSeconds} s"));
        }
    }

    HttpRequestMessage RequestOf(OutboxPosting posting)
    {
        using var body = new MemoryStream();
        PostingJson.Write(body, posting);
        var request = new HttpRequestMessage(HttpMethod.Post, address.Url) { Content = new ByteArrayContent(body.ToArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", posting.Key);
        if (address.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    static TargetAnswer AnswerOf(HttpResponseMessage response)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.StatusCode}");
        var isLater = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 or >= (HttpStatusCode)500
            || (response.StatusCode == HttpStatusCode.Conflict && response.Headers.RetryAfter is not null);
        return new TargetAnswer(
            response.IsSuccessStatusCode ? DeliveryState.Acknowledged : isLater ? DeliveryState.Sent : DeliveryState.Failed, status);
    }
}
