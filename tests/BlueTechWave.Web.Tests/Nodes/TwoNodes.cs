using System.Diagnostics;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>The paper served by two nodes, each with a folder of its own, over one store.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    /// <summary>What the README promises.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private TwoNodes(NewsSite a, NewsSite b) => (A, B) = (a, b);

    public NewsSite A { get; }

    public NewsSite B { get; }

    public static async Task<TwoNodes> OpenAsync(params string[] settings)
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        var a = await NewsSite.OpenAsync(Store.Postgres, settings);
        try
        {
            return new(a, await a.OpenAgainAsync(TimeSpan.Zero, settings));
        }
        catch
        {
            await a.DisposeAsync();
            throw;
        }
    }

    /// <summary>It becomes so on the other node in the time that is promised.</summary>
    /// <param name="meanwhile">Done between two looks: lets the paper's clock go on.</param>
    public static async Task SoonAsync(string what, Func<Task<bool>> isSo, Action? meanwhile = null)
    {
        var since = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(since.Elapsed < Promised, $"Not so after {Promised.TotalSeconds:0} seconds: {what}");
            meanwhile?.Invoke();
            await Task.Delay(5);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {since.ElapsedMilliseconds} ms");
    }

    public async ValueTask DisposeAsync()
    {
        await B.DisposeAsync();
        await A.DisposeAsync();
    }
}
