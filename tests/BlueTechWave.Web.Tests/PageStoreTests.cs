using BlueTechWave.Web.Caching;
using Microsoft.Extensions.Time.Testing;

namespace BlueTechWave.Web.Tests;

public class PageStoreTests
{
    private const long Size = 100_000;

    private readonly FakeTimeProvider _clock = new();
    private readonly PageStore _store;

    public PageStoreTests() => _store = new(Size, _clock);

    [Fact]
    public async Task A_page_is_there_until_its_time_is_over()
    {
        await KeepAsync("home");

        Assert.NotNull(await AskAsync("home"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await AskAsync("home"));
        Assert.Equal(0, _store.Used);
    }

    [Fact]
    public async Task A_page_goes_with_any_of_its_tags_and_no_other_goes()
    {
        await KeepAsync("home", "frame", "site");
        await KeepAsync("about", "frame");

        await _store.EvictByTagAsync("site", CancellationToken.None);
        Assert.Null(await AskAsync("home"));
        Assert.NotNull(await AskAsync("about"));
        await _store.EvictByTagAsync("frame", CancellationToken.None);
        Assert.Null(await AskAsync("about"));
    }

    [Fact]
    public async Task However_many_odd_addresses_are_asked_for_once_the_page_people_read_stays()
    {
        await KeepAsync("home");
        for (var i = 0; i < 1000; i++)
        {
            await KeepAsync($"/search?q=odd+{i}", "search");
            Assert.NotNull(await AskAsync("home"));
            Assert.InRange(_store.Used, 1, Size);
        }

        Assert.Null(await AskAsync("/search?q=odd+0"));
        Assert.NotNull(await AskAsync("/search?q=odd+999"));
    }

    [Fact]
    public async Task A_page_kept_again_takes_the_place_of_the_one_before()
    {
        await KeepAsync("home", "yesterday");
        var used = _store.Used;
        await KeepAsync("home", "today");

        Assert.Equal(used, _store.Used);
        await _store.EvictByTagAsync("yesterday", CancellationToken.None);
        Assert.NotNull(await AskAsync("home"));
    }

    [Fact]
    public async Task What_is_larger_than_all_there_is_room_for_is_not_kept_and_sends_nothing_away()
    {
        await KeepAsync("home");
        await _store.SetAsync("huge", new byte[Size], [], TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Null(await AskAsync("huge"));
        Assert.NotNull(await AskAsync("home"));
    }

    [Fact]
    public async Task Many_at_once_leave_the_books_right()
    {
        await Parallel.ForAsync(0, 20_000, async (i, _) =>
        {
            if (i % 7 == 0) await _store.EvictByTagAsync($"tag {i % 13}", CancellationToken.None);
            else if (i % 3 == 0) await AskAsync($"page {i % 101}");
            else await KeepAsync($"page {i % 101}", $"tag {i % 13}", $"tag {i % 17}");
        });

        for (var tag = 0; tag < 17; tag++) await _store.EvictByTagAsync($"tag {tag}", CancellationToken.None);
        Assert.Equal(0, _store.Used);
    }

    private ValueTask KeepAsync(string key, params string[] tags) => _store.SetAsync(key, new byte[1000], tags, TimeSpan.FromMinutes(1), CancellationToken.None);

    private ValueTask<byte[]?> AskAsync(string key) => _store.GetAsync(key, CancellationToken.None);
}
