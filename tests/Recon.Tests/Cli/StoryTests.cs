// The stories of the examples, played as they are told.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class StoryTests
{
    [Fact]
    public async Task A_week_goes_as_it_is_told()
    {
        using var folder = new TemporaryFolder();
        var story = RepositoryRoot.Of("examples", "five-days");
        await PlayedScript.PlayAsync(folder.Copy(story, "five-days"), Path.Combine(story, "week.txt"));
    }

    [Fact]
    public async Task Five_tasks_of_an_author_are_done_as_it_is_told()
    {
        using var folder = new TemporaryFolder();
        var story = RepositoryRoot.Of("examples", "authoring");
        await PlayedScript.PlayAsync(folder.Copy(story, "authoring"), Path.Combine(story, "tasks.txt"));
    }

    [Fact]
    public async Task Five_pull_requests_are_reviewed_as_it_is_told()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(RepositoryRoot.Of("rules", "card-payments"), "rules/card-payments");
        folder.Copy(RepositoryRoot.Of("examples", "card-payments"), "examples/card-payments");
        var story = RepositoryRoot.Of("examples", "pull-request");
        await PlayedScript.PlayAsync(folder.Copy(story, "examples/pull-request"), Path.Combine(story, "reviews.txt"));
    }
}
