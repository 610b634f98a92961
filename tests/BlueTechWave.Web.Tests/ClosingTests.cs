namespace BlueTechWave.Web.Tests;

public class ClosingTests
{
    [Fact]
    public async Task A_site_that_is_closed_is_forgotten()
    {
        // EF keeps the settings of the first site it sees, and with them that site.
        await OpenAndCloseAsync();
        var closed = await OpenAndCloseAsync();

        for (var i = 0; i < 50 && closed.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(100);
        }

        Assert.False(closed.IsAlive);
    }

    private static async Task<WeakReference> OpenAndCloseAsync()
    {
        await using var site = await NewsSite.OpenAsync();
        (await site.Reader.GetAsync("/")).Dispose();
        return new(site.Services);
    }
}
