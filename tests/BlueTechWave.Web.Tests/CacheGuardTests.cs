using BlueTechWave.Web.Caching;
using Microsoft.AspNetCore.OutputCaching;

namespace BlueTechWave.Web.Tests;

public class CacheGuardTests
{
    private readonly Evictions _evictions = new();
    private readonly Shelf _shelf = new();

    private GuardedCacheStore Guard => new(_shelf, _evictions);

    [Fact]
    public async Task What_was_made_after_the_last_change_is_kept()
    {
        _evictions.Note(["article:1"]);

        await KeepAsync("page", _evictions.Now, "article:1");

        Assert.Equal(["article:1"], _shelf.Kept["page"]);
    }

    [Fact]
    public async Task What_was_begun_before_a_change_of_what_it_shows_is_not_kept()
    {
        var begun = _evictions.Now;
        _evictions.Note(["article:1"]);

        await KeepAsync("page", begun, "article:1", "frame:0");

        Assert.Empty(_shelf.Kept);
    }

    [Fact]
    public async Task A_change_of_something_else_does_not_matter()
    {
        var begun = _evictions.Now;
        _evictions.Note(["article:2"]);

        await KeepAsync("page", begun, "article:1");

        Assert.Single(_shelf.Kept);
    }

    [Fact]
    public async Task A_change_that_comes_while_the_page_is_put_away_takes_it_out_again()
    {
        _shelf.WhilePutting = () => _evictions.Note(["article:1"]);

        await KeepAsync("page", _evictions.Now, "article:1");

        Assert.Empty(_shelf.Kept);
    }

    [Fact]
    public async Task The_mark_of_when_it_was_begun_is_not_kept_itself()
    {
        await KeepAsync("page", 0, "frame:0");

        Assert.DoesNotContain(_shelf.Kept["page"], tag => tag.StartsWith("since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_too_much_has_changed_to_remember_nothing_old_is_kept()
    {
        var begun = _evictions.Now;
        for (var i = 0; i < 10_000; i++) _evictions.Note([$"article:{i}"]);

        await KeepAsync("page", begun, "article:77777");
        Assert.Empty(_shelf.Kept);

        await KeepAsync("page", _evictions.Now, "article:77777");
        Assert.Single(_shelf.Kept);
    }

    [Fact]
    public void One_great_change_is_remembered_whole()
    {
        var begun = _evictions.Now;
        _evictions.Note(Enumerable.Range(0, 10_000).Select(i => $"article:{i}"));

        Assert.Equal(["article:0"], _evictions.After(begun, ["article:0"]));
    }

    [Fact]
    public void Many_changes_at_once_lose_none()
    {
        var begun = _evictions.Now;
        Parallel.For(0, 1_000, i => _evictions.Note([$"article:{i}"]));

        Assert.Equal(1_000, _evictions.Now - begun);
        Assert.Equal(1_000, _evictions.After(begun, [.. Enumerable.Range(0, 1_000).Select(i => $"article:{i}")]).Count);
    }

    private async Task KeepAsync(string key, long begun, params string[] tags) =>
        await Guard.SetAsync(key, [1], [GuardedCacheStore.Since(begun), .. tags], TimeSpan.FromMinutes(1), CancellationToken.None);

    private sealed class Shelf : IOutputCacheStore
    {
        public Dictionary<string, string[]> Kept { get; } = [];

        public Action WhilePutting { get; set; } = () => { };

        public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken)
        {
            foreach (var (key, _) in Kept.Where(k => k.Value.Contains(tag)).ToList()) Kept.Remove(key);
            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => new(Kept.ContainsKey(key) ? [1] : null);

        public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
        {
            Kept[key] = tags ?? [];
            WhilePutting();
            return ValueTask.CompletedTask;
        }
    }
}
