using BlueTechWave.Core.Demo;

namespace BlueTechWave.Core.Tests.Demo;

/// <summary>The demo newsroom, loaded once for each provider, to be looked at only.</summary>
public sealed class DemoStores : IAsyncDisposable
{
    public static readonly DateTime Now = new(2025, 7, 31, 6, 30, 0, DateTimeKind.Utc);
    public static readonly TimeZoneInfo Helsinki = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    private readonly Dictionary<Provider, Lazy<Task<Store>>> _stores;

    public DemoStores() => _stores = Enum.GetValues<Provider>().ToDictionary(p => p, p => new Lazy<Task<Store>>(() => LoadAsync(p)));

    public Task<Store> ThisAsync(Provider provider) => _stores[provider].Value;

    private static async Task<Store> LoadAsync(Provider provider)
    {
        var store = await Store.CreateAsync(provider);
        await using var db = store.Open();
        await DemoNewsroom.LoadAsync(db, Now, Helsinki, new Listener(_ => { }));
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values.Where(s => s.IsValueCreated && s.Value.IsCompletedSuccessfully)) await (await store.Value).DisposeAsync();
    }
}

/// <summary>Hears of progress at once, where <see cref="Progress{T}"/> would hear of it some time.</summary>
internal sealed class Listener(Action<DemoProgress> hear) : IProgress<DemoProgress>
{
    public void Report(DemoProgress value) => hear(value);
}
